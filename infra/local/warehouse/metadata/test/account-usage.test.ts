import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
  await client.run("CREATE TABLE t (id INT AUTOINCREMENT, v VARCHAR(10) COMMENT 'c') CLUSTER BY (id, to_date(v))");
  await client.run("INSERT INTO t (v) SELECT 'x' FROM TABLE(GENERATOR(ROWCOUNT => 100))");
  await client.run('CREATE TABLE gone (a INT PRIMARY KEY)');
  await client.run('CREATE VIEW v AS SELECT id FROM t');
});
afterAll(() => fixture.stop());

describe('TABLES and COLUMNS', () => {
  it('have the documented columns in their order, and say what changed last', async () => {
    const [table] = await client.run("SELECT * FROM INFORMATION_SCHEMA.TABLES WHERE table_name = 'T'");
    expect(Object.keys(table!)).toHaveLength(29);
    expect(table).toMatchObject({
      CLUSTERING_KEY: 'LINEAR(ID, CAST(V AS DATE))',
      ROW_COUNT: 100,
      BYTES: 2048,
      LAST_DDL_BY: 'TESTER',
      IS_DYNAMIC: 'NO',
    });
    const moments =
      "SELECT last_ddl > created AS ddl, last_altered > last_ddl AS dml FROM INFORMATION_SCHEMA.TABLES WHERE table_name = 'T'";
    expect(await client.run(moments)).toEqual([{ DDL: false, DML: true }]);
    await client.run("COMMENT ON TABLE t IS 'changed'");
    expect(await client.run(moments)).toMatchObject([{ DDL: true }]);
    const columns = await client.run("SELECT * FROM INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'T'");
    expect(Object.keys(columns[0]!)).toHaveLength(47);
    expect(columns).toMatchObject([
      { COLUMN_NAME: 'ID', IDENTITY_GENERATION: 'BY DEFAULT', IDENTITY_START: '1', NUMERIC_PRECISION: 38 },
      { COLUMN_NAME: 'V', CHARACTER_OCTET_LENGTH: 40, IDENTITY_START: null, KIND: 'COLUMN' },
    ]);
  });

  it('list what a session has for itself, dynamic tables, and the views of INFORMATION_SCHEMA', async () => {
    await client.run('CREATE WAREHOUSE w');
    await client.run('CREATE TEMPORARY TABLE own (a INT)');
    await client.run("CREATE DYNAMIC TABLE d TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT id FROM t");
    expect(
      await client.run(
        "SELECT table_name AS n, table_type AS t, is_dynamic AS d FROM INFORMATION_SCHEMA.TABLES WHERE n IN ('OWN', 'D', 'COLUMNS') ORDER BY n",
      ),
    ).toEqual([
      { N: 'COLUMNS', T: 'VIEW', D: 'NO' },
      { N: 'D', T: 'BASE TABLE', D: 'YES' },
      { N: 'OWN', T: 'TEMPORARY TABLE', D: 'NO' },
    ]);
    expect((await client.run("SHOW OBJECTS LIKE 'd'"))[0]).toMatchObject({ kind: 'TABLE', is_dynamic: 'Y', rows: 100 });
    await client.run("ALTER DYNAMIC TABLE d ALTER COLUMN id COMMENT 'the key'");
    await client.run('ALTER DYNAMIC TABLE d CLUSTER BY (id)');
    expect((await client.run('DESC TABLE d'))[0]).toMatchObject({ comment: 'the key' });
    expect((await client.run('SHOW DYNAMIC TABLES'))[0]).toMatchObject({ cluster_by: 'LINEAR(ID)' });
    await client.run('ALTER WAREHOUSE w SET WAREHOUSE_SIZE = XXLARGE AUTO_SUSPEND = 0');
    expect((await client.run('SHOW WAREHOUSES'))[0]).toMatchObject({
      size: '2X-Large',
      auto_suspend: null,
      uuid: expect.any(String),
    });
    await client.run('CREATE STREAM s ON TABLE t');
    expect(Object.keys((await client.run('SHOW TERSE STREAMS'))[0]!)).toContain('tableOn');
    expect((await client.run('SHOW TERSE VIEWS'))[0]).toMatchObject({ name: 'V', kind: 'VIEW' });
    expect(JSON.parse(String((await client.run("SHOW COLUMNS LIKE 'v' IN t"))[0]!['data_type']))).toEqual({
      type: 'TEXT',
      length: 10,
      byteLength: 40,
      nullable: true,
      fixed: false,
    });
  });
});

describe('ACCOUNT_USAGE', () => {
  it('lists objects of all databases, also those that were dropped', async () => {
    await client.run('DROP TABLE gone');
    expect(
      await client.run(
        "SELECT table_name, deleted IS NULL AS there FROM SNOWFLAKE.ACCOUNT_USAGE.TABLES WHERE table_name IN ('T', 'GONE') ORDER BY 1",
      ),
    ).toEqual([
      { TABLE_NAME: 'GONE', THERE: false },
      { TABLE_NAME: 'T', THERE: true },
    ]);
    expect((await client.run('DESC VIEW INFORMATION_SCHEMA.TABLES'))[8]).toMatchObject({ name: 'BYTES', 'null?': 'Y' });
    await client.run('USE SCHEMA SNOWFLAKE.ACCOUNT_USAGE');
    for (const view of [
      'COLUMNS',
      'VIEWS',
      'SCHEMATA',
      'DATABASES',
      'STAGES',
      'PIPES',
      'USERS',
      'ROLES',
      'GRANTS_TO_ROLES',
      'GRANTS_TO_USERS',
      'COPY_HISTORY',
      'LOAD_HISTORY',
      'TASK_HISTORY',
      'TABLE_STORAGE_METRICS',
      'WAREHOUSE_METERING_HISTORY',
      'TABLE_CONSTRAINTS',
      'SESSIONS',
      'LOGIN_HISTORY',
    ])
      await client.run(`SELECT * FROM ${view}`);
    await client.run('USE SCHEMA test.public');
  });

  it('tells of statements with what they did, and of logins', async () => {
    expect(
      await client.run(
        "SELECT rows_inserted AS n, execution_status AS s, error_code AS e FROM SNOWFLAKE.ACCOUNT_USAGE.QUERY_HISTORY WHERE query_type = 'INSERT'",
      ),
    ).toEqual([{ N: 100, S: 'SUCCESS', E: null }]);
    await client.refusal('SELECT * FROM nowhere_at_all');
    expect(
      await client.run(
        "SELECT execution_status AS s, error_code AS e FROM SNOWFLAKE.ACCOUNT_USAGE.QUERY_HISTORY WHERE query_text ILIKE '%nowhere_at_all'",
      ),
    ).toEqual([{ S: 'FAIL', E: 2003 }]);
    expect(
      await client.run('SELECT user_name, is_success FROM TABLE(INFORMATION_SCHEMA.LOGIN_HISTORY_BY_USER())'),
    ).toEqual([{ USER_NAME: 'TESTER', IS_SUCCESS: 'YES' }]);
    expect(await client.run('SELECT is_open FROM SNOWFLAKE.ACCOUNT_USAGE.SESSIONS')).toEqual([{ IS_OPEN: true }]);
  });

  it('is read by roles to which it was granted, and changed by none', async () => {
    await client.run('CREATE ROLE auditor');
    await client.run('USE ROLE auditor');
    const read = 'SELECT COUNT(*) AS n FROM SNOWFLAKE.ACCOUNT_USAGE.TABLES';
    expect(await client.refusal(read)).toMatchObject({ code: '002003' });
    await client.run('USE ROLE ACCOUNTADMIN');
    await client.run('GRANT IMPORTED PRIVILEGES ON DATABASE SNOWFLAKE TO ROLE auditor');
    await client.run('USE ROLE auditor');
    expect(await client.run(read)).toHaveLength(1);
    await client.run('USE ROLE ACCOUNTADMIN');
    for (const sql of ['DROP DATABASE SNOWFLAKE', 'CREATE TABLE SNOWFLAKE.ACCOUNT_USAGE.x (a INT)'])
      expect(await client.refusal(sql)).toMatchObject({ code: '003001' });
  });
});
