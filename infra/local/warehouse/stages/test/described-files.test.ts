import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
let here: string;

beforeAll(async () => {
  here = await mkdtemp(join(tmpdir(), 'described-files-'));
  await writeFile(join(here, 'one.csv'), 'id,name\n1,Ann\n2,Ben\n');
  client = await fixture.start();
});
afterAll(async () => {
  await fixture.stop();
  await rm(here, { recursive: true });
});

describe('files that say what their columns are', () => {
  const match = 'MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE';

  beforeAll(async () => {
    await writeFile(
      join(here, 'h.csv'),
      'id,"full name",paid,day,ok\n1,"Ann, B",1.50,2024-01-02,true\n22,,12.25,2024-01-03,\n',
    );
    await writeFile(
      join(here, 'd.json'),
      '{"id":1,"x":1E2,"o":{"a":1},"l":[1],"at":"2024-01-01T00:00:00Z"}\n{"id":200,"x":null,"more":"q"}\n',
    );
    for (const sql of [
      'CREATE STAGE described',
      `CREATE FILE FORMAT headed TYPE = CSV PARSE_HEADER = TRUE FIELD_OPTIONALLY_ENCLOSED_BY = '"'`,
      'CREATE FILE FORMAT described_documents TYPE = JSON',
      `PUT file://${here}/h.csv @described/csv/`,
      `PUT file://${here}/d.json @described/json/ AUTO_COMPRESS = FALSE`,
    ])
      await client.run(sql);
  });

  it('are described by INFER_SCHEMA, and make tables by USING TEMPLATE', async () => {
    const columns = async (call: string): Promise<unknown[]> =>
      (await client.run(`SELECT * FROM TABLE(INFER_SCHEMA(${call})) ORDER BY order_id`)).map((row) => [
        row['COLUMN_NAME'],
        row['TYPE'],
        row['EXPRESSION'],
      ]);
    expect(await columns("LOCATION => '@described/csv', FILE_FORMAT => 'headed'")).toEqual([
      ['id', 'NUMBER(2, 0)', '$1:id::NUMBER(2, 0)'],
      ['full name', 'TEXT', '$1:full name::TEXT'],
      ['paid', 'NUMBER(4, 2)', '$1:paid::NUMBER(4, 2)'],
      ['day', 'DATE', '$1:day::DATE'],
      ['ok', 'BOOLEAN', '$1:ok::BOOLEAN'],
    ]);
    expect(
      (await columns("LOCATION => '@described/json/', FILE_FORMAT => 'described_documents', IGNORE_CASE => TRUE")).map(
        (row) => (row as string[])[1],
      ),
    ).toEqual(['NUMBER(3, 0)', 'REAL', 'OBJECT', 'ARRAY', 'TIMESTAMP_NTZ', 'TEXT']);
    expect(
      await client.run(
        "SELECT GENERATE_COLUMN_DESCRIPTION(ARRAY_AGG(OBJECT_CONSTRUCT(*)), 'table') AS c FROM TABLE(INFER_SCHEMA(LOCATION => '@described/json/', FILE_FORMAT => 'described_documents', MAX_RECORDS_PER_FILE => 1))",
      ),
    ).toEqual([{ C: '"id" NUMBER(1, 0),\n"x" REAL,\n"o" OBJECT,\n"l" ARRAY,\n"at" TIMESTAMP_NTZ' }]);
    await client.run(
      "CREATE TABLE made USING TEMPLATE (SELECT ARRAY_AGG(OBJECT_CONSTRUCT('COLUMN_NAME', UPPER(column_name), 'TYPE', type, 'NULLABLE', nullable)) FROM TABLE(INFER_SCHEMA(LOCATION => '@described/csv', FILE_FORMAT => 'headed')))",
    );
    await client.run(`COPY INTO made FROM @described/csv/ FILE_FORMAT = (FORMAT_NAME = headed) ${match}`);
    expect(await client.run('SELECT id, "FULL NAME" AS n, ok FROM made')).toEqual([
      { ID: 1, N: 'Ann, B', OK: true },
      { ID: 22, N: null, OK: null },
    ]);
    const refused = await client.refusal('COPY INTO made FROM @described/csv/ FILE_FORMAT = (FORMAT_NAME = headed)');
    expect(refused.message).toContain('PARSE_HEADER');
  });

  it('add columns to tables that allow it, and lift NOT NULL from those that they lack', async () => {
    await client.run('CREATE TABLE evolving (id INT NOT NULL, gone INT NOT NULL) ENABLE_SCHEMA_EVOLUTION = TRUE');
    await client.run(`COPY INTO evolving FROM @described/json/ FILE_FORMAT = (TYPE = JSON) ${match}`);
    expect(await client.run('SELECT id, gone, x, more FROM evolving')).toEqual([
      { ID: 1, GONE: null, X: 100, MORE: null },
      { ID: 200, GONE: null, X: null, MORE: 'q' },
    ]);
    const [record] = (await client.run("SHOW COLUMNS LIKE 'more' IN evolving")).map(
      (row) => row['schema_evolution_record'],
    );
    expect(JSON.parse(String(record))).toMatchObject({ evolutionType: 'ADD_COLUMN', fileName: 'json/d.json' });
  });
});

describe('a directory table', () => {
  it('lists a stage as of its last refresh, in views too', async () => {
    await client.run('CREATE STAGE listed DIRECTORY = (ENABLE = TRUE)');
    await client.run(`PUT file://${here}/*.csv @listed/in/ AUTO_COMPRESS = FALSE`);
    const paths = 'SELECT relative_path AS p, size FROM DIRECTORY(@listed) ORDER BY p';
    expect(await client.run(paths)).toEqual([]);
    expect(await client.run("ALTER STAGE listed REFRESH SUBPATH = 'in/one'")).toMatchObject([
      { file: 'in/one.csv', status: 'REGISTERED_NEW' },
    ]);
    await client.run(
      "CREATE VIEW csv_files AS SELECT file_url FROM DIRECTORY(@listed) WHERE relative_path LIKE '%.csv'",
    );
    expect(await client.run('SELECT * FROM csv_files')).toEqual([
      { FILE_URL: 'https://local.snowflakecomputing.com/api/files/TEST/PUBLIC/LISTED/in/one.csv' },
    ]);
    await client.run('REMOVE @listed/in/one.csv');
    await client.run('ALTER STAGE listed REFRESH');
    expect((await client.run(paths)).map(({ P }) => P)).not.toContain('in/one.csv');
    await client.run('CREATE STAGE landing');
    expect((await client.refusal('SELECT * FROM DIRECTORY(@landing)')).message).toContain('no directory table');
  });
});

describe('a temporary stage and file format', () => {
  it("are their session's alone, and hide others of their name", async () => {
    const other = await fixture.connect();
    await client.run('CREATE STAGE passing');
    await client.run('CREATE TEMPORARY STAGE passing FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1)');
    await client.run('CREATE TEMP FILE FORMAT passing_lines TYPE = CSV SKIP_HEADER = 2');
    await other.run('CREATE OR REPLACE TEMPORARY STAGE passing');
    await client.run(`PUT file://${here}/one.csv @passing`);
    expect(await client.run('SELECT $2 AS name FROM @passing')).toEqual([{ NAME: 'Ann' }, { NAME: 'Ben' }]);
    expect(await client.run('SELECT $2 AS name FROM @passing (FILE_FORMAT => passing_lines)')).toEqual([
      { NAME: 'Ben' },
    ]);
    expect(await other.run('LIST @passing')).toEqual([]);
    expect(await other.refusal('DESC FILE FORMAT passing_lines')).toMatchObject({ code: '002003' });
    expect((await client.run("SHOW STAGES LIKE 'passing'")).map(({ type }) => type)).toContain('INTERNAL TEMPORARY');
    await client.run('DROP STAGE passing');
    expect(await client.run('LIST @passing')).toEqual([]);
    await other.close();
  });
});
