import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connectClient } from './client.ts';

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

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'warehouse-test-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

it('finds everything that was committed after it was killed, and nothing else', async () => {
  const first = await start();
  const before = await connectClient(first);
  await before.run('CREATE DATABASE kept');
  await before.run("CREATE TABLE t (id INT AUTOINCREMENT, v VARCHAR DEFAULT 'x' COMMENT 'a column')");
  await before.run('CREATE ROLE analyst');
  await before.run('GRANT SELECT ON TABLE t TO ROLE analyst');
  await before.run("INSERT INTO t (v) VALUES ('committed')");
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
  await after.close();
  await second.kill();
});
