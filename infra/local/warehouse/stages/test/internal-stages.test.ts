import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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

    await client.run('COPY INTO people FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1) PURGE = TRUE');
    await client.run('COPY INTO people FROM @~/mine FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1)');

    expect(await ids()).toEqual([1, 2, 3]);
    expect(await names('@test.public.%people')).toEqual([]);
    await client.run('CREATE TABLE others LIKE people');
    expect(await names('@%others')).toEqual([]);
  });

  it('gives rows the numbers of a sequence, as often as a query asks for one', async () => {
    await client.run('CREATE SEQUENCE numbers');
    await client.run(`PUT file://${here}/one.csv @~/numbered/`);
    await client.run('CREATE TABLE numbered (a NUMBER, b NUMBER, name VARCHAR)');
    const copy =
      'COPY INTO numbered FROM (SELECT numbers.NEXTVAL, numbers.NEXTVAL, $2 FROM @~/numbered) FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1)';
    await client.run(copy);

    const [row] = await client.run(
      'SELECT COUNT(DISTINCT a) + COUNT(DISTINCT b) AS n, COUNT_IF(a = b) AS same FROM numbered',
    );
    expect(row).toEqual({ N: 4, SAME: 0 });
    expect(await client.refusal(`${copy} MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE`)).toMatchObject({
      message: expect.stringContaining('match_by_column_name is not supported with copy transform'),
    });
  });

  it('gets a folder for each partition that COPY INTO writes, and files that tell which statement wrote them', async () => {
    await client.run('CREATE STAGE parts');
    const { statement, rows } = await new Promise<{ statement: string; rows: Record<string, unknown>[] }>(
      (resolve, reject) => {
        client.connection.execute({
          sqlText: `COPY INTO @parts/out FROM (SELECT column1 AS d, column2 AS n FROM VALUES ('a', 1), ('b', 2), ('a', 3), (NULL, 4))
            PARTITION BY ('d=' || d) FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) HEADER = TRUE DETAILED_OUTPUT = TRUE`,
          complete: (error, done, found) =>
            error
              ? reject(error)
              : resolve({ statement: done.getQueryId(), rows: (found ?? []) as Record<string, unknown>[] }),
        });
      },
    );

    const files = ['d=a', 'd=b', '__NULL__'].map((folder) => `out/${folder}/data_${statement}_0_0_0.csv`);
    expect(rows).toEqual([
      { FILE_NAME: files[0], FILE_SIZE: expect.any(Number), ROW_COUNT: 2 },
      { FILE_NAME: files[1], FILE_SIZE: expect.any(Number), ROW_COUNT: 1 },
      { FILE_NAME: files[2], FILE_SIZE: expect.any(Number), ROW_COUNT: 1 },
    ]);
    expect(await names('@parts')).toEqual(files.map((file) => `parts/${file}`).toSorted());
    expect(await client.run('SELECT $1 AS d, $2 AS n FROM @parts/out/d=a')).toEqual([
      { D: 'D', N: 'N' },
      { D: 'a', N: '1' },
      { D: 'a', N: '3' },
    ]);
    expect(await client.run(`COPY INTO @parts FROM (SELECT 7 AS n) VALIDATION_MODE = 'RETURN_ROWS'`)).toEqual([
      { N: 7 },
    ]);
    await client.run('COPY INTO @parts/more/x FROM (SELECT 1) INCLUDE_QUERY_ID = TRUE');
    expect(await names('@parts/more')).toEqual([
      expect.stringMatching(/^parts\/more\/x_[0-9a-f-]{36}_0_0_0\.csv\.gz$/),
    ]);
    expect(await client.refusal(`COPY INTO @parts FROM (SELECT 1 AS a) PARTITION BY (a) SINGLE = TRUE`)).toMatchObject({
      code: '001008',
    });
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

describe('what COPY is told to look at', () => {
  const errors = [
    expect.objectContaining({
      ERROR: "Numeric value 'x' is not recognized",
      LINE: 2,
      CATEGORY: 'conversion',
      CODE: 100_038,
      COLUMN_NAME: '"CHECKED"["ID":1]',
      REJECTED_RECORD: 'x,b',
    }),
  ];

  beforeEach(async () => {
    await client.run('CREATE OR REPLACE STAGE checks');
    await client.run('CREATE OR REPLACE TABLE checked (id INT, v VARCHAR)');
    await client.run(`COPY INTO @checks/a.csv FROM (SELECT column1, column2 FROM VALUES ('1', 'a'), ('x', 'b'), ('3', 'c'))
      FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) SINGLE = TRUE`);
  });

  it('is validated without being loaded', async () => {
    expect(await client.run('COPY INTO checked FROM @checks VALIDATION_MODE = RETURN_ERRORS')).toEqual(errors);
    expect(await client.run('SELECT * FROM checked')).toEqual([]);
    await client.run('COPY INTO checked FROM @checks ON_ERROR = CONTINUE');
    expect(await client.run('COPY INTO checked FROM @checks VALIDATION_MODE = RETURN_ERRORS')).toEqual([]);
    expect(await client.run('COPY INTO checked FROM @checks VALIDATION_MODE = RETURN_ALL_ERRORS')).toEqual(errors);
    const refused = await client.refusal('COPY INTO checked FROM @checks VALIDATION_MODE = RETURN_5_ROWS');
    expect(refused.message).toContain('RETURN_5_ROWS');
  });

  it('can be asked afterwards for what was not loaded', async () => {
    const statement = await client.statement('COPY INTO checked FROM @checks ON_ERROR = CONTINUE');
    expect(await client.run(`SELECT * FROM TABLE(VALIDATE(checked, JOB_ID => '_last'))`)).toEqual(errors);
    const id = statement.getQueryId();
    expect(await client.run(`SELECT * FROM TABLE(VALIDATE(public.checked, JOB_ID => '${id}'))`)).toEqual(errors);
    expect((await client.refusal(`SELECT * FROM TABLE(VALIDATE(checked, JOB_ID => 'nothing'))`)).code).toBe('000709');
  });

  it('ends with the file that reaches the limit of bytes', async () => {
    for (const name of ['b', 'c', 'd'])
      await client.run(
        `COPY INTO @checks/${name}.csv FROM (SELECT 7, '${name}') FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) SINGLE = TRUE`,
      );
    await client.run(`REMOVE @checks/a.csv`);
    await client.run('COPY INTO checked FROM @checks SIZE_LIMIT = 5');
    expect(await client.run('SELECT v FROM checked ORDER BY v')).toEqual([{ V: 'b' }, { V: 'c' }]);
  });

  it('adds what is known of a file to the columns that want it', async () => {
    await client.run(
      `COPY INTO @checks/j.json FROM (SELECT OBJECT_CONSTRUCT('id', 1, 'v', 'x')) FILE_FORMAT = (TYPE = JSON COMPRESSION = NONE) SINGLE = TRUE`,
    );
    await client.run('ALTER TABLE checked ADD COLUMN at_row INT, name VARCHAR');
    await client.run(`COPY INTO checked FROM @checks FILES = ('j.json') FILE_FORMAT = (TYPE = JSON) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE
      INCLUDE_METADATA = (at_row = METADATA$FILE_ROW_NUMBER, name = METADATA$FILENAME)`);
    expect(await client.run('SELECT * FROM checked')).toEqual([
      { ID: 1, V: 'x', AT_ROW: 1, NAME: expect.stringContaining('j.json') },
    ]);
  });
});

describe('files in the place of a table', () => {
  it('are read by INSERT, CREATE TABLE AS, MERGE and UPDATE, several stages in one query, each time anew', async () => {
    await client.run('CREATE OR REPLACE STAGE files FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1)');
    await client.run(`PUT file://${here}/one.csv @files/a`);
    await client.run(`PUT file://${here}/two.csv @files/b`);
    await client.run('TRUNCATE TABLE people');
    await client.run('INSERT INTO people SELECT $1, $2 FROM @files/a');
    await client.run(
      `MERGE INTO people p USING (SELECT $1::INT AS id, $2 AS name FROM @files) f ON p.id = f.id
       WHEN MATCHED THEN UPDATE SET name = f.name || '!' WHEN NOT MATCHED THEN INSERT VALUES (f.id, f.name)`,
    );
    expect(await client.run('SELECT * FROM people ORDER BY id')).toEqual([
      { ID: 1, NAME: 'Ann!' },
      { ID: 2, NAME: 'Ben!' },
      { ID: 3, NAME: 'Cy' },
    ]);
    await client.run(`UPDATE people SET name = f.$2 FROM @files/a f WHERE f.$1 = people.id`);
    await client.run(
      'CREATE OR REPLACE TABLE pairs AS SELECT a.$2 AS a, b.$2 AS b FROM @files/a a JOIN @files/b b ON TRUE',
    );
    expect(await client.run('SELECT * FROM pairs JOIN people ON name = a ORDER BY a')).toMatchObject([
      { A: 'Ann', B: 'Cy' },
      { A: 'Ben', B: 'Cy' },
    ]);
    await client.run('REMOVE @files/a');
    expect(await client.run('SELECT f.$2 FROM (SELECT * FROM people) p JOIN @files f ON f.$1 = p.id')).toEqual([
      { $2: 'Cy' },
    ]);
  });

  it('are no columns for a star', async () => {
    expect(await client.refusal('INSERT INTO people SELECT * FROM @files')).toMatchObject({ code: '000002' });
    expect(await client.refusal('CREATE VIEW v AS SELECT $1 AS a FROM @files')).toMatchObject({ code: '000002' });
  });
});
