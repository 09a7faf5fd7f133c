import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startWarehouse } from '../server.ts';
import { connectClient, type Client } from './client.ts';

const PROGRAM = `
  const { startWarehouse } = await import(process.argv[1]);
  const { url } = await startWarehouse({ dataDir: process.argv[2] });
  console.log(url);
`;

let directory: string;
const children: ChildProcess[] = [];

const start = async (): Promise<{ url: string; kill(): Promise<void> }> => {
  const server = new URL('../server.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, server, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: line.toString().trim(),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'warehouse-test-'));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

/** Asks again and again until the answer is as wanted. */
const until = async (client: Client, sql: string, wanted: (row: Record<string, unknown>) => boolean): Promise<void> => {
  for (;;) {
    const [row] = await client.run(sql);
    if (row !== undefined && wanted(row)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

it('finds everything that was committed after it was killed, and nothing else', async () => {
  const first = await start();
  const before = await connectClient(first);
  await before.run('CREATE DATABASE kept');
  await before.run("CREATE TABLE t (id INT AUTOINCREMENT, v VARCHAR DEFAULT 'x' COMMENT 'a column')");
  await before.run('CREATE ROLE analyst');
  await before.run('GRANT SELECT ON TABLE t TO ROLE analyst');
  await before.run("INSERT INTO t (v) VALUES ('committed')");
  await before.run('CREATE STAGE files');
  await before.run(
    `COPY INTO @files/a.csv FROM (SELECT 'a') FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) SINGLE = TRUE`,
  );
  await before.run('CREATE TABLE loaded (v VARCHAR)');
  await before.run('COPY INTO loaded FROM @files');
  await before.run('CREATE TABLE piped (v VARCHAR)');
  await before.run('CREATE PIPE p AS COPY INTO piped FROM @files');
  await before.run('ALTER PIPE p REFRESH');
  await until(before, 'SELECT COUNT(*) AS n FROM piped', ({ N }) => N === 1);
  await before.run('CREATE TABLE runs (at TIMESTAMP_LTZ)');
  await before.run(`CREATE TASK ticking SCHEDULE = '1 SECONDS' AS INSERT INTO runs SELECT CURRENT_TIMESTAMP()`);
  await before.run(`CREATE TASK resting SCHEDULE = '1 HOURS' AS SELECT 1`);
  await before.run('ALTER TASK ticking RESUME');
  await before.run('ALTER TASK resting RESUME');
  const planned = `SELECT scheduled_time FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'RESTING')) WHERE state = 'SCHEDULED'`;
  await until(before, planned, () => true);
  const [plan] = await before.run(planned);
  await until(before, 'SELECT COUNT(*) AS n FROM runs', ({ N }) => Number(N) > 0);
  await before.run('BEGIN');
  await before.run("INSERT INTO t (v) VALUES ('open')");
  await first.kill();

  const second = await start();
  const after = await connectClient(second, { database: 'KEPT' });
  expect(await after.run('SELECT v FROM t')).toEqual([{ V: 'committed' }]);
  await after.run('INSERT INTO t (v) VALUES (DEFAULT)');
  expect(await after.run("SELECT COUNT(DISTINCT id) AS ids, COUNT(*) AS n, COUNT_IF(v = 'x') AS x FROM t")).toEqual([
    { IDS: 2, N: 2, X: 1 },
  ]);
  expect(await after.run('SHOW GRANTS TO ROLE analyst')).toEqual([
    expect.objectContaining({ privilege: 'SELECT', name: 'KEPT.PUBLIC.T' }),
  ]);

  await after.run('COPY INTO loaded FROM @files');
  await after.run('ALTER PIPE p REFRESH');
  const ran = Number((await after.run('SELECT COUNT(*) AS n FROM runs'))[0]!['N']);
  await until(after, 'SELECT COUNT(*) AS n FROM runs', ({ N }) => Number(N) > ran);
  expect(
    await after.run('SELECT (SELECT COUNT(*) FROM loaded) AS loaded, (SELECT COUNT(*) FROM piped) AS piped'),
  ).toEqual([{ LOADED: 1, PIPED: 1 }]);
  expect(await after.run(planned)).toEqual([plan]);
  const succeeded = `SELECT COUNT(*) AS n FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'TICKING')) WHERE state = 'SUCCEEDED'`;
  await until(after, succeeded, ({ N }) => Number(N) > ran);
  await after.close();
  await second.kill();
});

it('lets go of its file when it closes, with everything in it, so that the next in the same process has it alone', async () => {
  const first = await startWarehouse({ dataDir: directory });
  const client = await connectClient(first);
  await client.run('CREATE DATABASE kept');
  await client.run('CREATE TABLE t AS SELECT 1 AS v');
  await client.run('INSERT INTO t VALUES (2)');
  await client.close();

  await first.close();

  // DuckDB empties its log into the file, and takes it away, once the last connection is closed.
  expect(await readdir(directory)).not.toContain('warehouse.duckdb.wal');
});
