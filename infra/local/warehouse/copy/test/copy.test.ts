import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';
import { startFauxqs } from 'fauxqs';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
let aws: Awaited<ReturnType<typeof startFauxqs>>;
let s3: S3Client;

const put = async (key: string, body: string | Buffer): Promise<void> => {
  await s3.send(new PutObjectCommand({ Bucket: 'landing', Key: key, Body: body }));
};

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
  await client.run(
    String.raw`CREATE OR REPLACE FILE FORMAT lines TYPE = CSV FIELD_DELIMITER = NONE RECORD_DELIMITER = '\n' ESCAPE_UNENCLOSED_FIELD = NONE FIELD_OPTIONALLY_ENCLOSED_BY = NONE COMPRESSION = AUTO`,
  );
});
afterAll(async () => {
  await fixture.stop();
  s3.destroy();
  await aws.stop();
});

const stage = async (name: string, more = 'FILE_FORMAT = (FORMAT_NAME = lines)'): Promise<void> => {
  await client.run(`CREATE OR REPLACE STAGE ${name} URL = 's3://landing/${name}/' ${more}`);
};

describe('COPY with a transformation', () => {
  const copy = `COPY INTO raw (src, src_text, file_name, file_row_number, loaded_at) FROM (
    SELECT TRY_PARSE_JSON($1), IFF(TRY_PARSE_JSON($1) IS NULL, $1, NULL), METADATA$FILENAME, METADATA$FILE_ROW_NUMBER, METADATA$START_SCAN_TIME::TIMESTAMP_NTZ FROM @orders) ON_ERROR = CONTINUE`;

  it('loads documents and keeps the lines that are none, with their file and line', async () => {
    await stage('orders');
    await client.run(
      'CREATE OR REPLACE TABLE raw (src VARIANT, src_text VARCHAR, file_name VARCHAR, file_row_number NUMBER, loaded_at TIMESTAMP_NTZ)',
    );
    await put('orders/a.ndjson.gz', gzipSync('{"n":1}\nnot json\t"\\\n{"n":3}'));

    const [result] = await client.run(copy);

    expect(result).toMatchObject({
      file: 's3://landing/orders/a.ndjson.gz',
      status: 'LOADED',
      rows_parsed: 3,
      rows_loaded: 3,
      errors_seen: 0,
      first_error: null,
    });
    const rows = await client.run(
      'SELECT src:n::INT AS n, src_text, file_name, file_row_number AS line, loaded_at IS NOT NULL AS at FROM raw ORDER BY line',
    );
    expect(rows).toEqual([
      { N: 1, SRC_TEXT: null, FILE_NAME: 'orders/a.ndjson.gz', LINE: 1, AT: true },
      { N: null, SRC_TEXT: 'not json\t"\\', FILE_NAME: 'orders/a.ndjson.gz', LINE: 2, AT: true },
      { N: 3, SRC_TEXT: null, FILE_NAME: 'orders/a.ndjson.gz', LINE: 3, AT: true },
    ]);
  });

  it('loads a file once, a changed one again, and all with FORCE', async () => {
    expect(await client.run(copy)).toEqual([{ status: 'Copy executed with 0 files processed.' }]);
    await put('orders/a.ndjson.gz', gzipSync('{"n":4}'));
    expect((await client.run(copy))[0]).toMatchObject({ rows_loaded: 1 });
    expect((await client.run(`${copy} FORCE = TRUE`))[0]).toMatchObject({ rows_loaded: 1 });
    expect(await client.run('SELECT COUNT(*) AS n FROM raw')).toEqual([{ N: 5 }]);
  });

  it('can be rolled back, history and all', async () => {
    await put('orders/b.ndjson', '{"n":9}\n');
    await client.run('BEGIN');
    expect((await client.run(copy))[0]).toMatchObject({ rows_loaded: 1 });
    await client.run('ROLLBACK');
    expect(await client.run('SELECT COUNT(*) AS n FROM raw')).toEqual([{ N: 5 }]);
    expect((await client.run(copy))[0]).toMatchObject({ rows_loaded: 1 });
  });
});

describe('COPY of delimited files', () => {
  const good = 'id,name,price\n1,"a, b",1.50\n2,,2\n';

  beforeAll(async () => {
    await stage('csv', `FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1 FIELD_OPTIONALLY_ENCLOSED_BY = '"')`);
    await put('csv/good.csv', good);
    await put('csv/bad.csv', 'id,name,price\n3,c,3\nx,d,4\n5,e\n6,f,6\n');
  });

  const into = async (options: string) => {
    await client.run('CREATE OR REPLACE TABLE items (id INT, name VARCHAR, price NUMBER(10,2))');
    return client.run(`COPY INTO items FROM @csv ${options}`);
  };

  it('converts fields to the types of the columns', async () => {
    expect(await into(`FILES = ('good.csv')`)).toMatchObject([{ status: 'LOADED', rows_loaded: 2 }]);
    expect(await client.run('SELECT * FROM items ORDER BY id')).toEqual([
      { ID: 1, NAME: 'a, b', PRICE: 1.5 },
      { ID: 2, NAME: null, PRICE: 2 },
    ]);
  });

  it('stops at the first bad record by default, and loads nothing', async () => {
    await expect(into('')).rejects.toThrow(
      /Numeric value 'x' is not recognized[\s\S]*File 's3:\/\/landing\/csv\/bad.csv', line 3/,
    );
    expect(await client.run('SELECT COUNT(*) AS n FROM items')).toEqual([{ N: 0 }]);
  });

  it('goes on with ON_ERROR = CONTINUE and tells of the first error', async () => {
    const results = await into('ON_ERROR = CONTINUE');
    expect(results.find(({ file }) => String(file).endsWith('bad.csv'))).toMatchObject({
      status: 'PARTIALLY_LOADED',
      rows_parsed: 4,
      rows_loaded: 2,
      errors_seen: 2,
      first_error: "Numeric value 'x' is not recognized",
      first_error_line: 3,
      first_error_column_name: '"ITEMS"["ID":1]',
    });
    expect(await client.run('SELECT id FROM items ORDER BY id')).toEqual([{ ID: 1 }, { ID: 2 }, { ID: 3 }, { ID: 6 }]);
  });

  it('skips a bad file with SKIP_FILE, or only from so many errors on', async () => {
    expect((await into('ON_ERROR = SKIP_FILE')).map(({ status }) => status)).toEqual(['LOAD_FAILED', 'LOADED']);
    expect((await into('ON_ERROR = SKIP_FILE_3')).map(({ status }) => status)).toEqual(['PARTIALLY_LOADED', 'LOADED']);
    expect((await into(`ON_ERROR = 'SKIP_FILE_50%'`)).map(({ status }) => status)).toEqual(['LOAD_FAILED', 'LOADED']);
  });

  it('refuses NULL where the table does not take it', async () => {
    await client.run('CREATE OR REPLACE TABLE strict (id INT, name VARCHAR NOT NULL, price NUMBER(10,2))');
    const [result] = await client.run(`COPY INTO strict FROM @csv FILES = ('good.csv') ON_ERROR = CONTINUE`);
    expect(result).toMatchObject({ rows_loaded: 1, errors_seen: 1 });
  });

  it('chooses files by PATTERN and removes them with PURGE', async () => {
    await put('csv/once.csv', good);
    expect(await into(`PATTERN = '.*once[.]csv' PURGE = TRUE`)).toMatchObject([
      { file: 's3://landing/csv/once.csv', rows_loaded: 2 },
    ]);
    expect((await client.run('LIST @csv')).map(({ name }) => name)).toEqual([
      's3://landing/csv/bad.csv',
      's3://landing/csv/good.csv',
    ]);
  });
});

describe('COPY of JSON files', () => {
  it('puts each document into a VARIANT, or its members into columns of their name', async () => {
    await stage('json', 'FILE_FORMAT = (TYPE = JSON STRIP_OUTER_ARRAY = TRUE)');
    await put('json/a.json', '[{"id": 1, "Name": "a"}, {"id": 2}]');
    await client.run('CREATE OR REPLACE TABLE docs (v VARIANT)');
    await client.run('COPY INTO docs FROM @json');
    expect(await client.run('SELECT v:id::INT AS id FROM docs ORDER BY id')).toEqual([{ ID: 1 }, { ID: 2 }]);
    await client.run('CREATE OR REPLACE TABLE named (id INT, name VARCHAR)');
    await client.run('COPY INTO named FROM @json MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE');
    expect(await client.run('SELECT * FROM named ORDER BY id')).toEqual([
      { ID: 1, NAME: 'a' },
      { ID: 2, NAME: null },
    ]);
  });
});

describe('a stage', () => {
  it('can be queried where its files lie', async () => {
    await stage('queried', 'FILE_FORMAT = (TYPE = CSV)');
    await put('queried/x.csv', '1,a\n2,b\n');
    expect(
      await client.run('SELECT t.$2 AS c, METADATA$FILE_ROW_NUMBER AS n FROM @queried t WHERE $1 > ? ORDER BY n', [1]),
    ).toEqual([{ C: 'b', N: 2 }]);
    expect(
      await client.run(`SELECT $1 AS line FROM @queried/x (FILE_FORMAT => lines, PATTERN => '.*[.]csv') ORDER BY 1`),
    ).toEqual([{ LINE: '1,a' }, { LINE: '2,b' }]);
  });

  it('is listed and described', async () => {
    expect(await client.run('LIST @queried')).toMatchObject([{ name: 's3://landing/queried/x.csv', size: 8 }]);
    expect(await client.run(`SHOW STAGES LIKE 'queried'`)).toMatchObject([
      { name: 'QUERIED', url: 's3://landing/queried/', type: 'EXTERNAL' },
    ]);
    expect(await client.run('SHOW FILE FORMATS')).toMatchObject([{ name: 'LINES', type: 'CSV' }]);
    const described = await client.run('DESC FILE FORMAT lines');
    expect(described.find(({ property }) => property === 'FIELD_DELIMITER')).toMatchObject({
      property_value: 'NONE',
      property_default: ',',
    });
  });

  it('must exist', async () => {
    await expect(client.run('LIST @nope')).rejects.toMatchObject({ code: '002003' });
  });
});

describe('strings of JSON that stand for NULL', () => {
  it('become NULL in columns of their name', async () => {
    await stage('nulls', "FILE_FORMAT = (TYPE = JSON NULL_IF = ('NULL', ''))");
    await put('nulls/a.json', '{"v":"NULL"} {"v":"kept"} {"v":""}');
    await client.run('CREATE OR REPLACE TABLE named (v VARCHAR)');
    await client.run('COPY INTO named FROM @nulls MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE');
    expect(await client.run('SELECT v FROM named ORDER BY v')).toEqual([{ V: 'kept' }, { V: null }, { V: null }]);
    const transformed = await client.refusal('COPY INTO named FROM (SELECT $1:v FROM @nulls) FORCE = TRUE');
    expect(transformed.message).toContain('NULL_IF');
  });
});

describe('COPY of Parquet files', () => {
  const parquet = async (query: string): Promise<Buffer> => {
    const path = join(tmpdir(), `copy-test-${process.pid}.parquet`);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${query}) TO '${path}' (FORMAT PARQUET)`);
    connection.closeSync();
    instance.closeSync();
    const content = await readFile(path);
    await rm(path);
    return content;
  };

  it('gives each row as a document, or its members to columns of their name', async () => {
    await stage('pq', 'FILE_FORMAT = (TYPE = PARQUET)');
    await put(
      'pq/a.parquet',
      await parquet(
        `SELECT 1 AS id, 'x' AS name, DATE '2024-02-29' AS day, 12.50::DECIMAL(10,2) AS amount, [1, 2] AS list, {'k': 'v'} AS nested, 9007199254740993 AS big, 'text'::BLOB AS bytes
         UNION ALL SELECT 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL`,
      ),
    );
    expect(
      await client.run(
        'SELECT $1:id::INT AS id, $1:day::DATE::VARCHAR AS day, $1:nested.k::VARCHAR AS k, $1:list[1]::INT AS two, $1:big::NUMBER::VARCHAR AS big, $1:bytes::VARCHAR AS bytes FROM @pq ORDER BY 1',
      ),
    ).toEqual([
      { ID: 1, DAY: '2024-02-29', K: 'v', TWO: 2, BIG: '9007199254740993', BYTES: 'text' },
      { ID: 2, DAY: null, K: null, TWO: null, BIG: null, BYTES: null },
    ]);
    await client.run(
      'CREATE OR REPLACE TABLE columnar (id INT, name VARCHAR, day DATE, amount NUMBER(10,2), nested VARIANT)',
    );
    await client.run('COPY INTO columnar FROM @pq MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE');
    expect(await client.run('SELECT id, name, amount, nested:k::VARCHAR AS k FROM columnar ORDER BY id')).toEqual([
      { ID: 1, NAME: 'x', AMOUNT: 12.5, K: 'v' },
      { ID: 2, NAME: null, AMOUNT: null, K: null },
    ]);
  });

  it('reads timestamps where their logical type is wanted', async () => {
    await stage('pqt', 'FILE_FORMAT = (TYPE = PARQUET)');
    await put('pqt/a.parquet', await parquet(`SELECT TIMESTAMP '2024-02-29 10:00:00.5' AS at`));
    await client.run('CREATE OR REPLACE TABLE moments (at TIMESTAMP_NTZ)');
    const copy = 'COPY INTO moments FROM @pqt MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE';
    expect((await client.refusal(copy)).message).toContain('USE_LOGICAL_TYPE');
    await client.run(`${copy} FILE_FORMAT = (TYPE = PARQUET USE_LOGICAL_TYPE = TRUE)`);
    expect(await client.run('SELECT at::VARCHAR AS at FROM moments')).toEqual([{ AT: '2024-02-29 10:00:00.500' }]);
  });

  it('writes such files, and gives the same rows back', async () => {
    await stage('pqo', 'FILE_FORMAT = (TYPE = PARQUET USE_LOGICAL_TYPE = TRUE)');
    await client.run(
      'CREATE OR REPLACE TABLE kinds (n NUMBER, d NUMBER(9,2), r FLOAT, s VARCHAR, b BOOLEAN, dt DATE, tm TIME, ts TIMESTAMP_NTZ)',
    );
    await client.run(
      `INSERT INTO kinds SELECT 12345678901234567890123456789012345678, 1.25, 0.1::FLOAT + 0.2::FLOAT, 'a"b', TRUE, '2024-02-29', '03:04:05.678', '2024-02-29 10:00:00.5'`,
    );
    await client.run('INSERT INTO kinds (n) VALUES (NULL)');
    const unloaded = await client.run('COPY INTO @pqo/out/ FROM kinds HEADER = TRUE DETAILED_OUTPUT = TRUE');
    await client.run('CREATE OR REPLACE TABLE again LIKE kinds');
    await client.run('COPY INTO again FROM @pqo/out MATCH_BY_COLUMN_NAME = CASE_SENSITIVE');

    expect(unloaded).toMatchObject([{ FILE_NAME: 'out/data_0_0_0.snappy.parquet', ROW_COUNT: 2 }]);
    expect(await client.run('SELECT COUNT(*) AS n FROM again')).toEqual([{ N: 2 }]);
    expect(await client.run('SELECT * FROM again MINUS SELECT * FROM kinds')).toEqual([]);
    await client.run(`COPY INTO @pqo/bare FROM (SELECT PARSE_JSON('{"a": 1}') AS v)`);
    expect(await client.run('SELECT $1 AS d FROM @pqo/bare')).toEqual([{ D: { _COL_0: '{"a":1}' } }]);
    expect((await client.refusal('COPY INTO @pqo/tz FROM (SELECT CURRENT_TIMESTAMP())')).message).toContain('PARQUET');
    expect(await client.refusal('COPY INTO @pqo/a FROM (SELECT ARRAY_CONSTRUCT())')).toMatchObject({ code: '000002' });
  });
});
