import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFauxqs } from 'fauxqs';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
let aws: Awaited<ReturnType<typeof startFauxqs>>;
let s3: S3Client;

const upload = async (key: string, body: string): Promise<void> => {
  await s3.send(new PutObjectCommand({ Bucket: 'landing', Key: key, Body: body }));
};
const notify = (): void => fixture.warehouse.notifyPipes();
const status = async (): Promise<Record<string, unknown>> => {
  const [row] = await client.run(`SELECT SYSTEM$PIPE_STATUS('test.public.loader') AS s`);
  return JSON.parse(String(row!['S'])) as Record<string, unknown>;
};
const settled = async (): Promise<void> => {
  for (let tries = 0; tries < 200 && (await status())['pendingFileCount'] !== 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
};
const numbers = async (): Promise<unknown[]> =>
  (await client.run('SELECT n FROM numbers ORDER BY n')).map(({ N }) => N);

beforeAll(async () => {
  aws = await startFauxqs({ port: 0, logger: false });
  const access = {
    endpoint: `http://127.0.0.1:${aws.port}`,
    region: 'eu-west-1',
    accessKeyId: 'x',
    secretAccessKey: 'x',
  };
  s3 = new S3Client({ endpoint: access.endpoint, region: access.region, credentials: access, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'landing' }));
  client = await fixture.start({ s3: access });
  await client.run('CREATE TABLE numbers (n INT)');
  await client.run(`CREATE STAGE files URL = 's3://landing/in/' FILE_FORMAT = (TYPE = CSV)`);
});
afterAll(async () => {
  await fixture.stop();
  s3.destroy();
  await aws.stop();
});

const CREATE = `CREATE OR REPLACE PIPE loader AUTO_INGEST = TRUE COMMENT = 'c' AS COPY INTO numbers FROM @files PATTERN = '.*[.]csv'`;

describe('a pipe with AUTO_INGEST', () => {
  it('loads what is uploaded after it was created, and leaves what was there', async () => {
    await upload('in/old/1.csv', '1\n');
    await client.run(CREATE);
    await upload('in/2.csv', '2\n');
    notify();
    await settled();
    expect(await numbers()).toEqual([2]);
  });

  it('loads a path once, also when its file has changed', async () => {
    await upload('in/2.csv', '20\n21\n');
    notify();
    await upload('in/3.csv', '3\n');
    notify();
    await settled();
    expect(await numbers()).toEqual([2, 3]);
  });

  it('skips a bad file by default, goes on with others, and does not try it again', async () => {
    await upload('in/bad.csv', '4\nfour\n');
    await upload('in/5.csv', '5\n');
    notify();
    await settled();
    notify();
    await settled();
    expect(await numbers()).toEqual([2, 3, 5]);
    expect(
      await client.run(
        `SELECT file_name, status, row_count, pipe_name, stage_location, pipe_received_time IS NOT NULL AS told
         FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 'numbers', START_TIME => DATEADD(hour, -1, CURRENT_TIMESTAMP()))) WHERE file_name IN ('bad.csv', '5.csv') ORDER BY file_name`,
      ),
    ).toEqual([
      {
        FILE_NAME: '5.csv',
        STATUS: 'Loaded',
        ROW_COUNT: 1,
        PIPE_NAME: 'LOADER',
        STAGE_LOCATION: 's3://landing/in/',
        TOLD: true,
      },
      {
        FILE_NAME: 'bad.csv',
        STATUS: 'Load failed',
        ROW_COUNT: 0,
        PIPE_NAME: 'LOADER',
        STAGE_LOCATION: 's3://landing/in/',
        TOLD: true,
      },
    ]);
  });

  it('waits while it is paused, and then loads what has come', async () => {
    await client.run('ALTER PIPE loader SET PIPE_EXECUTION_PAUSED = TRUE');
    await upload('in/6.csv', '6\n');
    notify();
    expect(await status()).toMatchObject({ executionState: 'PAUSED', pendingFileCount: 1 });
    expect(await numbers()).toEqual([2, 3, 5]);
    await client.run('ALTER PIPE loader SET PIPE_EXECUTION_PAUSED = FALSE');
    await settled();
    expect(await status()).toMatchObject({ executionState: 'RUNNING', lastIngestedFilePath: '6.csv' });
    expect(await numbers()).toEqual([2, 3, 5, 6]);
  });

  it('is told by REFRESH of what it has not loaded, below a prefix', async () => {
    expect(await client.run(`ALTER PIPE loader REFRESH PREFIX = 'old/'`)).toEqual([
      { File: 'old/1.csv', Status: 'SENT' },
    ]);
    await settled();
    expect(await numbers()).toEqual([1, 2, 3, 5, 6]);
    expect(await client.run(`ALTER PIPE loader REFRESH PREFIX = 'old/'`)).toEqual([]);
    expect(await client.run(`ALTER PIPE loader REFRESH MODIFIED_AFTER = '2999-01-01T00:00:00Z'`)).toEqual([]);
  });

  it('loads more than one COPY takes, whoever told it', async () => {
    await client.run('CREATE OR REPLACE TABLE long_lines (line VARCHAR)');
    const long = 'x'.repeat(700_000);
    for (const name of ['a', 'b', 'c']) await upload(`in/long/${name}.csv`, `${long}\n`);
    await client.run('CREATE PIPE long_loader AS COPY INTO long_lines FROM @files/long/');
    await client.run('ALTER PIPE long_loader REFRESH');
    const loaded = async () => (await client.run('SELECT COUNT(*) AS n FROM long_lines'))[0]!['N'];
    for (let tries = 0; tries < 200 && (await loaded()) !== 3; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await loaded()).toBe(3);
    await client.run('DROP PIPE long_loader');
  });

  it('remembers apart from COPY', async () => {
    expect(await client.run(`COPY INTO numbers FROM @files FILES = ('3.csv')`)).toMatchObject([{ rows_loaded: 1 }]);
    expect(await numbers()).toEqual([1, 2, 3, 3, 5, 6]);
  });

  it('forgets all when it is replaced: REFRESH loads twice', async () => {
    await client.run(CREATE);
    notify();
    await settled();
    expect(await numbers()).toEqual([1, 2, 3, 3, 5, 6]);
    await client.run(`ALTER PIPE loader REFRESH PREFIX = '6'`);
    await settled();
    expect(await numbers()).toEqual([1, 2, 3, 3, 5, 6, 6]);
  });

  it('is shown and described', async () => {
    const shown = { name: 'LOADER', pattern: '.*[.]csv', comment: 'c', kind: 'STAGE', owner_role_type: 'ROLE' };
    expect(await client.run('SHOW PIPES')).toMatchObject([shown]);
    expect(await client.run('DESC PIPE loader')).toMatchObject([shown]);
  });
});

it('refuses a pipe whose table, stage or options a pipe can not have', async () => {
  const refused = async (copy: string) => (await client.refusal(`CREATE PIPE p AS ${copy}`)).code;
  expect(await refused('COPY INTO nowhere FROM @files')).toBe('002003');
  expect(await refused('COPY INTO numbers FROM @nowhere')).toBe('002003');
  expect(await refused('COPY INTO numbers FROM @files PURGE = TRUE')).toBe('001008');
  expect(await refused('COPY INTO numbers FROM @files ON_ERROR = ABORT_STATEMENT')).toBe('001008');
});
