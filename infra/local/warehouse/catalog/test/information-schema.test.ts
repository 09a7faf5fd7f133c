import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
  await client.run('CREATE TABLE docs (v VARIANT)');
  await client.run(`CREATE STAGE landing URL = 's3://landing/in/' COMMENT = 'raw files'`);
  await client.run('CREATE STAGE own');
  await client.run('CREATE FILE FORMAT lines TYPE = CSV SKIP_HEADER = 1 TRIM_SPACE = TRUE');
  await client.run('CREATE FILE FORMAT documents TYPE = JSON');
  await client.run(
    `CREATE PIPE loader AUTO_INGEST = TRUE AS COPY INTO docs FROM @landing PATTERN = '.*json' FILE_FORMAT = (TYPE = JSON)`,
  );
  await client.run(`CREATE PROCEDURE twice(n INT, s VARCHAR) RETURNS INT LANGUAGE SQL AS 'BEGIN RETURN n * 2; END'`);
});
afterAll(() => fixture.stop());

describe('INFORMATION_SCHEMA', () => {
  it('lists stages, internal and external ones', async () => {
    expect(
      await client.run('SELECT * EXCLUDE created FROM INFORMATION_SCHEMA.STAGES ORDER BY stage_name'),
    ).toMatchObject([
      { STAGE_NAME: 'LANDING', STAGE_URL: 's3://landing/in/', STAGE_TYPE: 'External Named', COMMENT: 'raw files' },
      { STAGE_NAME: 'OWN', STAGE_URL: null, STAGE_TYPE: 'Internal Named', STAGE_OWNER: 'ACCOUNTADMIN' },
    ]);
  });

  it('lists file formats with their options and defaults', async () => {
    expect(
      await client.run(
        'SELECT file_format_name AS n, file_format_type AS t, skip_header AS h, trim_space AS s FROM INFORMATION_SCHEMA.FILE_FORMATS ORDER BY n',
      ),
    ).toEqual([
      { N: 'DOCUMENTS', T: 'JSON', H: null, S: 'false' },
      { N: 'LINES', T: 'CSV', H: 1, S: 'true' },
    ]);
  });

  it('lists pipes and procedures', async () => {
    expect(await client.run('SELECT * FROM INFORMATION_SCHEMA.PIPES')).toMatchObject([
      { PIPE_SCHEMA: 'PUBLIC', PIPE_NAME: 'LOADER', IS_AUTOINGEST_ENABLED: 'YES', PATTERN: '.*json' },
    ]);
    expect(await client.run('SELECT * FROM INFORMATION_SCHEMA.PROCEDURES')).toMatchObject([
      {
        PROCEDURE_NAME: 'TWICE',
        ARGUMENT_SIGNATURE: '(N NUMBER, S VARCHAR)',
        DATA_TYPE: 'NUMBER',
        PROCEDURE_LANGUAGE: 'SQL',
      },
    ]);
  });

  it('knows the database that it belongs to', async () => {
    expect(await client.run('SELECT * FROM test.INFORMATION_SCHEMA.INFORMATION_SCHEMA_CATALOG_NAME')).toEqual([
      { CATALOG_NAME: 'TEST' },
    ]);
  });

  it('counts rows, and lists sequences, functions, keys and privileges', async () => {
    await client.run('CREATE SEQUENCE numbers START 5 INCREMENT 2');
    await client.run("CREATE FUNCTION tax(x NUMBER(10,2)) RETURNS NUMBER(10,2) AS 'x * 0.2'");
    await client.run('CREATE TABLE parents (id INT PRIMARY KEY, n INT)');
    await client.run('INSERT INTO parents VALUES (1, 2), (2, 3)');
    await client.run('CREATE TABLE children (id INT, CONSTRAINT of_parent FOREIGN KEY (id) REFERENCES parents (id))');
    expect(
      await client.run("SELECT row_count AS n FROM INFORMATION_SCHEMA.TABLES WHERE table_name = 'PARENTS'"),
    ).toEqual([{ N: 2 }]);
    expect(await client.run('SELECT sequence_name, start_value, increment FROM INFORMATION_SCHEMA.SEQUENCES')).toEqual([
      { SEQUENCE_NAME: 'NUMBERS', START_VALUE: '5', INCREMENT: '2' },
    ]);
    expect(await client.run('SELECT function_name, argument_signature AS a FROM INFORMATION_SCHEMA.FUNCTIONS')).toEqual(
      [{ FUNCTION_NAME: 'TAX', A: '(X NUMBER)' }],
    );
    expect(
      await client.run(
        'SELECT table_name AS t, constraint_type AS k FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS ORDER BY 1',
      ),
    ).toEqual([
      { T: 'CHILDREN', K: 'FOREIGN KEY' },
      { T: 'PARENTS', K: 'PRIMARY KEY' },
    ]);
    expect(
      await client.run('SELECT constraint_name AS c, update_rule FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS'),
    ).toEqual([{ C: 'OF_PARENT', UPDATE_RULE: 'NO ACTION' }]);
    expect(
      await client.run(
        "SELECT privilege_type AS p, grantee FROM INFORMATION_SCHEMA.TABLE_PRIVILEGES WHERE table_name = 'CHILDREN'",
      ),
    ).toEqual([{ P: 'OWNERSHIP', GRANTEE: 'ACCOUNTADMIN' }]);
    expect(await client.run('SELECT COUNT(*) AS n FROM INFORMATION_SCHEMA.LOAD_HISTORY')).toEqual([{ N: 0 }]);
    expect(await client.run("SELECT 1 AS n FROM INFORMATION_SCHEMA.ENABLED_ROLES WHERE role_name = 'PUBLIC'")).toEqual([
      { N: 1 },
    ]);
  });
});

describe('keys of tables', () => {
  it('are shown with the tables that they lead to, and can be dropped', async () => {
    await client.run('CREATE TABLE p (a INT, b INT UNIQUE, CONSTRAINT pk PRIMARY KEY (a))');
    await client.run('CREATE TABLE f (x INT REFERENCES p (a), y INT)');
    expect(await client.run('SHOW PRIMARY KEYS IN TABLE p')).toMatchObject([
      { column_name: 'A', constraint_name: 'PK' },
    ]);
    expect(await client.run('SHOW UNIQUE KEYS IN p')).toMatchObject([{ column_name: 'B', key_sequence: 1 }]);
    expect(await client.run('SHOW IMPORTED KEYS IN f')).toMatchObject([
      { pk_table_name: 'P', pk_column_name: 'A', fk_table_name: 'F', fk_column_name: 'X', pk_name: 'PK' },
    ]);
    expect(await client.run('SHOW EXPORTED KEYS IN p')).toMatchObject([{ fk_table_name: 'F' }]);
    await client.run('ALTER TABLE p DROP CONSTRAINT pk');
    await client.run('ALTER TABLE p ADD PRIMARY KEY (b)');
    expect(await client.run('SHOW PRIMARY KEYS IN p')).toMatchObject([{ column_name: 'B' }]);
    expect(await client.refusal('INSERT INTO p VALUES (1, NULL)')).toMatchObject({ code: '100072' });
  });
});

describe('GET_DDL', () => {
  const ddl = async (kind: string, name: string): Promise<unknown> =>
    (await client.run(`SELECT GET_DDL('${kind}', '${name}') AS d`))[0]?.['D'];

  it('writes what would create an object anew', async () => {
    await client.run(
      "CREATE TABLE orders (id INT AUTOINCREMENT, \"b c\" VARCHAR(10) DEFAULT 'x' COMMENT 'it''s', PRIMARY KEY (id)) COMMENT = 'all'",
    );
    const table = await ddl('table', 'orders');
    expect(table).toBe(
      "create or replace TABLE ORDERS (\n\tID NUMBER(38,0) NOT NULL autoincrement start 1 increment 1 noorder,\n\t\"b c\" VARCHAR(10) DEFAULT 'x' COMMENT 'it''s',\n\tprimary key (ID)\n)COMMENT='all';",
    );
    await client.run(String(table));
    expect(await ddl('TABLE', 'orders')).toBe(table);
    await client.run('CREATE VIEW recent AS SELECT id FROM orders');
    expect(await ddl('view', 'recent')).toBe('create or replace view RECENT(\n\tID\n) as\nSELECT id FROM orders;');
    await client.run("CREATE TASK nightly SCHEDULE = '5 MINUTE' AS SELECT 1");
    expect(await ddl('task', 'nightly')).toBe("create or replace task NIGHTLY\n\tschedule='5 MINUTE'\n\tas SELECT 1;");
    await client.run(String(await ddl('procedure', 'twice(NUMBER, VARCHAR)')));
    expect(await client.run("CALL twice(4, 'x')")).toEqual([{ TWICE: 8 }]);
    expect(await client.refusal("SELECT GET_DDL('table', 'nowhere')")).toMatchObject({ code: '002003' });
  });
});

describe('CREATE OR ALTER TABLE', () => {
  it('brings a table to the columns that are declared, and keeps its rows', async () => {
    await client.run('CREATE OR ALTER TABLE evolving (id INT, name VARCHAR(10))');
    await client.run("INSERT INTO evolving VALUES (1, 'a')");
    await client.run('CREATE OR ALTER TABLE evolving (id INT NOT NULL, name VARCHAR(20), n INT DEFAULT 7)');
    expect(await client.run('SELECT * FROM evolving')).toEqual([{ ID: 1, NAME: 'a', N: 7 }]);
    await client.run('CREATE OR ALTER TABLE evolving (n INT, id INT)');
    expect(await client.run('SELECT * FROM evolving')).toEqual([{ N: 7, ID: 1 }]);
    expect(await client.refusal('CREATE OR ALTER TABLE evolving (n VARCHAR, id INT)')).toMatchObject({
      code: '002108',
    });
  });
});

describe('what Snowflake has and this warehouse has not', () => {
  it('is refused by name', async () => {
    for (const [sql, name] of [
      ['SELECT * FROM INFORMATION_SCHEMA.PACKAGES', 'INFORMATION_SCHEMA.PACKAGES'],
      [
        'SELECT * FROM TABLE(INFORMATION_SCHEMA.LISTING_REFRESH_HISTORY())',
        'INFORMATION_SCHEMA.LISTING_REFRESH_HISTORY',
      ],
      ['SELECT * FROM SNOWFLAKE.ACCOUNT_USAGE.STORAGE_USAGE', 'SNOWFLAKE.ACCOUNT_USAGE.STORAGE_USAGE'],
    ])
      expect(await client.refusal(sql!)).toMatchObject({ code: '000002', message: expect.stringContaining(name!) });
  });

  it('knows who may use what', async () => {
    await client.run('CREATE OR REPLACE ROLE visitor');
    await client.run('GRANT USAGE ON SCHEMA public TO ROLE visitor');
    expect(
      await client.run(
        "SELECT object_name, object_type, privilege_type FROM INFORMATION_SCHEMA.USAGE_PRIVILEGES WHERE grantee = 'VISITOR'",
      ),
    ).toEqual([{ OBJECT_NAME: 'PUBLIC', OBJECT_TYPE: 'SCHEMA', PRIVILEGE_TYPE: 'USAGE' }]);
  });
});

describe('SHOW and DESCRIBE', () => {
  it('list what was dropped and can come back, and what is in a database or schema', async () => {
    await client.run('CREATE OR REPLACE SCHEMA shown');
    await client.run('CREATE TABLE here (a INT)');
    await client.run('CREATE TABLE past (a INT)');
    await client.run('CREATE SEQUENCE counts INCREMENT 3');
    await client.run('DROP TABLE past');
    const listed = async (sql: string): Promise<unknown[]> => (await client.run(sql)).map(({ name }) => name);
    expect(await listed('SHOW TABLES')).toEqual(['HERE']);
    expect(
      (await client.run('SHOW TABLES HISTORY')).map(({ name, dropped_on }) => [name, dropped_on === null]),
    ).toEqual([
      ['HERE', true],
      ['PAST', false],
    ]);
    expect((await client.run('DESC SCHEMA shown')).map(({ name, kind }) => [name, kind])).toEqual([
      ['COUNTS', 'SEQUENCE'],
      ['HERE', 'TABLE'],
    ]);
    expect(await listed('DESCRIBE DATABASE test')).toContain('SHOWN');
    expect(await client.run('DESC SEQUENCE counts')).toEqual([
      expect.objectContaining({ name: 'COUNTS', interval: 3 }),
    ]);
    await client.run('DROP SCHEMA shown');
    await client.run('USE SCHEMA public');
    const [gone] = await client.run("SHOW SCHEMAS HISTORY LIKE 'shown'");
    expect(gone).toMatchObject({ name: 'SHOWN', dropped_on: expect.anything() });
  });

  it('refuse other kinds of objects by their whole name, and clauses that none has', async () => {
    for (const [sql, feature] of [
      ['SHOW AGGREGATION POLICIES', 'SHOW AGGREGATION POLICIES'],
      ['CREATE DATA METRIC FUNCTION f() RETURNS INT AS $$1$$', 'CREATE DATA METRIC FUNCTION'],
      ['SHOW TERSE NOTEBOOKS', 'SHOW NOTEBOOKS'],
      ['ALTER FUNCTION f() SET TAG a = $$b$$', 'tags'],
      ['CREATE SCHEMA s WITH MANAGED ACCESS', 'MANAGED ACCESS'],
      ['CREATE TABLE t (a INT WITH PROJECTION POLICY p)', 'PROJECTION POLICY'],
    ])
      expect((await client.refusal(sql!)).message).toBe(`Unsupported feature '${feature}'.`);
  });
});
