import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
let here: string;

beforeAll(async () => {
  here = await mkdtemp(join(tmpdir(), 'internal-stages-'));
  await writeFile(join(here, 'one.csv'), 'id,name\n1,Ann\n2,Ben\n');
  await writeFile(join(here, 'two.csv'), 'id,name\n3,Cy\n');
  client = await fixture.start();
  for (const sql of [
    'CREATE TABLE people (id NUMBER, name VARCHAR)',
    'CREATE STAGE landing FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1)',
  ])
    await client.run(sql);
});
afterAll(async () => {
  await fixture.stop();
  await rm(here, { recursive: true });
});

const ids = async (): Promise<unknown[]> =>
  (await client.run('SELECT id FROM people ORDER BY id')).map((row) => row['ID']);
const names = async (stage: string): Promise<unknown[]> =>
  (await client.run(`LIST ${stage}`)).map((row) => row['name']);

describe('an internal stage', () => {
  it('takes files by PUT, compressed, lists them, loads them once, and gives them back by GET', async () => {
    const put = await client.run(`PUT file://${here}/*.csv @landing/2026/`);
    expect(put).toHaveLength(2);
    expect(put[0]).toMatchObject({
      source: 'one.csv',
      target: 'one.csv.gz',
      targetCompression: 'GZIP',
      status: 'UPLOADED',
    });
    expect(await names('@landing')).toEqual(['landing/2026/one.csv.gz', 'landing/2026/two.csv.gz']);

    await client.run('COPY INTO people FROM @landing/2026');
    await client.run('COPY INTO people FROM @landing');
    expect(await ids()).toEqual([1, 2, 3]);

    await client.run(`GET @landing/2026/one.csv.gz file://${here}/`);
    expect(gunzipSync(await readFile(join(here, 'one.csv.gz'))).toString()).toContain('2,Ben');
    expect((await client.run("SELECT COUNT(*) AS n FROM @landing (PATTERN => '.*two.*')"))[0]!['N']).toBe(1);
    expect(await client.run("REMOVE @landing PATTERN = '.*two.*'")).toHaveLength(1);
    expect(await names('@landing')).toEqual(['landing/2026/one.csv.gz']);
  });

  it('belongs to a table, or to a user', async () => {
    await client.run('TRUNCATE TABLE people');
    await client.run(`PUT file://${here}/two.csv @%people AUTO_COMPRESS = FALSE`);
    await client.run(`PUT 'file://${here}/one.csv' @~/mine AUTO_COMPRESS = FALSE`);
    expect(await names('@%people')).toEqual(['two.csv']);
    expect(await names('@~')).toEqual(['mine/one.csv']);

    await client.run('COPY INTO people FROM @%people FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1) PURGE = TRUE');
    await client.run('COPY INTO people FROM @~/mine FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1)');

    expect(await ids()).toEqual([1, 2, 3]);
    expect(await names('@test.public.%people')).toEqual([]);
    await client.run('CREATE TABLE others LIKE people');
    expect(await names('@%others')).toEqual([]);
  });

  it('takes what COPY INTO it writes, and gives the same rows back', async () => {
    await client.run('CREATE TABLE notes (id NUMBER, note VARCHAR, day DATE, doc VARIANT)');
    await client.run(
      `INSERT INTO notes SELECT 1, 'a, "b"', '2026-01-02'::DATE, PARSE_JSON('{"k":[1]}') UNION ALL SELECT 2, NULL, NULL, NULL`,
    );
    const [unloaded] = await client.run('COPY INTO @landing/out/ FROM notes HEADER = TRUE');
    expect(unloaded).toMatchObject({ rows_unloaded: 2 });
    expect(await names('@landing/out')).toEqual(['landing/out/data_0_0_0.csv.gz']);
    expect(await client.refusal('COPY INTO @landing/out/ FROM notes')).toMatchObject({ code: '001030' });
    await client.run(
      `COPY INTO @landing/out/quoted.csv FROM (SELECT note, id, day FROM notes WHERE id = 1) SINGLE = TRUE
       FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE FIELD_OPTIONALLY_ENCLOSED_BY = '"')`,
    );
    await client.run(`GET @landing/out/quoted.csv file://${here}`);
    expect(await readFile(join(here, 'quoted.csv'), 'utf8')).toBe('"a, ""b""",1,"2026-01-02"\n');

    await client.run('CREATE TABLE again LIKE notes');
    await client.run('COPY INTO again FROM (SELECT $1, $2, $3, PARSE_JSON($4) FROM @landing/out/data_0_0_0.csv.gz)');
    expect(await client.run('SELECT * FROM again MINUS SELECT * FROM notes')).toEqual([]);
    expect((await client.run('SELECT COUNT(*) AS n FROM again'))[0]!['N']).toBe(2);
    await client.run('COPY INTO @~/docs/ FROM (SELECT doc FROM notes WHERE id = 1) FILE_FORMAT = (TYPE = JSON)');
    await client.run('CREATE FILE FORMAT documents TYPE = JSON');
    const [read] = await client.run("SELECT $1:k[0]::NUMBER AS k FROM @~/docs (FILE_FORMAT => 'documents')");
    expect(read!['K']).toBe(1);
    const refusal = await client.refusal('COPY INTO @~/docs/ FROM notes FILE_FORMAT = (TYPE = JSON)');
    expect(refusal.message).toContain('one and only one column');
    await client.run('REMOVE @landing/out');
  });

  it('is read and written by those who may, and nothing lies outside of it', async () => {
    expect((await client.refusal(`PUT file://${here}/one.csv @landing/../x`)).code).toBe('000002');
    expect((await client.refusal(`PUT file://${here}/one.csv @nowhere`)).code).toBe('002003');
    await client.run('CREATE ROLE reader');
    for (const grant of ['USAGE ON DATABASE test', 'USAGE ON SCHEMA test.public', 'READ ON STAGE test.public.landing'])
      await client.run(`GRANT ${grant} TO ROLE reader`);
    await client.run('USE ROLE reader');
    expect(await client.run('LIST @landing')).toHaveLength(1);
    expect((await client.refusal(`PUT file://${here}/one.csv @landing`)).code).toBe('003001');
    expect((await client.refusal('LIST @%people')).sqlState).toBe('42S02');
    await client.run('USE ROLE accountadmin');
  });
});
