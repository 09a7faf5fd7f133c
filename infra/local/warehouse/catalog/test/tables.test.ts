import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

const said = async (sql: string): Promise<unknown> => (await client.run(sql))[0]?.['status'];
const names = async (sql: string): Promise<unknown[]> => (await client.run(sql)).map(({ name }) => name);

beforeAll(async () => {
  client = await fixture.start();
});
afterAll(() => fixture.stop());

describe('a table', () => {
  it('is created once, replaced on demand, and dropped once', async () => {
    expect(await said('CREATE TABLE a (x INT)')).toBe('Table A successfully created.');
    expect(await said('CREATE TABLE IF NOT EXISTS a (y INT)')).toBe('A already exists, statement succeeded.');
    expect(await client.refusal('CREATE TABLE a (x INT)')).toMatchObject({ code: '002002', sqlState: '42710' });
    expect(await said('CREATE OR REPLACE TRANSIENT TABLE a (z INT)')).toBe('Table A successfully created.');
    expect(await client.run('SELECT * FROM a')).toEqual([]);
    expect(await said('DROP TABLE a')).toBe('A successfully dropped.');
    expect((await client.refusal('CREATE OR ALTER VIEW a AS SELECT 1')).message).toContain("'CREATE OR ALTER VIEW'");
    expect(await client.refusal('DROP TABLE a')).toMatchObject({ code: '002003', sqlState: '42S02' });
    expect(await said('DROP TABLE IF EXISTS a')).toBe('Drop statement executed successfully (A already dropped).');
  });

  it('keeps quoted names apart from folded ones', async () => {
    await client.run('CREATE TABLE "Mixed" ("a b" INT, c INT)');
    await client.run('INSERT INTO "Mixed" VALUES (1, 2)');
    expect(await client.run('SELECT "a b", C FROM test.public."Mixed"')).toEqual([{ 'a b': 1, C: 2 }]);
    expect(await client.refusal('SELECT * FROM mixed')).toMatchObject({ code: '002003' });
    expect(await client.refusal('CREATE TABLE b (x INT, "x" INT)')).toMatchObject({ code: '000002' });
  });

  it('has defaults, numbers by itself, and refuses NULL where it must', async () => {
    await client.run(
      "CREATE TABLE d (id INT AUTOINCREMENT START 10 INCREMENT 5, t VARCHAR DEFAULT 'none', n NUMBER(5,2) NOT NULL)",
    );
    await client.run('INSERT INTO d (n) VALUES (1.5), (2.25)');
    expect(await client.run('SELECT * FROM d ORDER BY id')).toEqual([
      { ID: 10, T: 'none', N: 1.5 },
      { ID: 15, T: 'none', N: 2.25 },
    ]);
    expect(await client.refusal('INSERT INTO d (n) VALUES (NULL)')).toMatchObject({
      code: '100072',
      sqlState: '22000',
    });
    expect(await client.refusal("CREATE TABLE no (d DATE DEFAULT '2024-01-01')")).toMatchObject({
      code: '002023',
      message: expect.stringContaining('expecting DATE but got VARCHAR(10) for column D'),
    });
  });

  it('remembers which sequence gives a column its numbers, and takes another one', async () => {
    await client.run('CREATE SEQUENCE one');
    await client.run('CREATE SEQUENCE "ten" START 10');
    expect(await client.run('CREATE TABLE "numbered" (n INT DEFAULT one.NEXTVAL, t VARCHAR)')).toEqual([
      { status: 'Table numbered successfully created.' },
    ]);
    await client.run(`INSERT INTO "numbered" (t) VALUES ('a')`);
    expect(await client.run('DESCRIBE TABLE "numbered"')).toMatchObject([{ default: 'TEST.PUBLIC.ONE.NEXTVAL' }, {}]);

    await client.run('ALTER TABLE "numbered" ALTER n SET DEFAULT "ten".NEXTVAL');

    await client.run(`INSERT INTO "numbered" (t) VALUES ('b')`);
    expect(await client.run('SELECT n FROM "numbered" ORDER BY n')).toEqual([{ N: 1 }, { N: 10 }]);
    expect(await client.run('DESCRIBE TABLE "numbered"')).toMatchObject([{ default: 'TEST.PUBLIC."ten".NEXTVAL' }, {}]);
    expect(await client.refusal('ALTER TABLE "numbered" ALTER n SET DEFAULT 5')).toMatchObject({ code: '000002' });
  });

  it('may be read by a recursive view with its query in parentheses, and FORCE forces nothing', async () => {
    await client.run('CREATE TABLE tree (id INT, up INT) AS SELECT * FROM VALUES (1, NULL), (2, 1), (3, 2)');
    const query =
      'SELECT id, 0 FROM tree WHERE up IS NULL UNION ALL SELECT t.id, d.depth + 1 FROM tree t JOIN deep d ON t.up = d.id';
    await client.run(`CREATE OR REPLACE FORCE RECURSIVE VIEW deep (id, depth) AS (${query})`);
    expect(await client.run('SELECT MAX(depth) AS d FROM deep')).toEqual([{ D: 2 }]);
    expect(await client.refusal('CREATE FORCE VIEW none AS SELECT * FROM not_there')).toMatchObject({ code: '002003' });
  });

  it('refuses NOT NULL for a column that has NULL', async () => {
    await client.run('CREATE TABLE n (a INT) CLUSTER BY (a) AS SELECT NULL');
    const full = {
      code: '001471',
      sqlState: '42601',
      message: expect.stringContaining("Column 'A' contains null values."),
    };
    expect(await client.refusal('ALTER TABLE n ALTER COLUMN a SET NOT NULL')).toMatchObject(full);
    expect(await client.refusal('CREATE OR ALTER TABLE n (a INT PRIMARY KEY)')).toMatchObject(full);
    expect(await client.run("SHOW TABLES LIKE 'n'")).toMatchObject([{ cluster_by: 'LINEAR(A)' }]);
  });

  it('changes its columns, several at a time, and keeps its rows', async () => {
    await client.run('CREATE TABLE c (a INT, b VARCHAR(5))');
    await client.run("INSERT INTO c VALUES (1, 'x')");
    await client.run('ALTER TABLE c ADD COLUMN d NUMBER(5,1) DEFAULT 2.5, e DATE');
    await client.run('ALTER TABLE c RENAME COLUMN b TO f');
    await client.run('ALTER TABLE c ALTER COLUMN f SET DATA TYPE VARCHAR(10)');
    await client.run('ALTER TABLE c ADD COLUMN IF NOT EXISTS e DATE');
    await client.run('ALTER TABLE c DROP COLUMN e');
    expect(await client.run('SELECT * FROM c')).toEqual([{ A: 1, F: 'x', D: 2.5 }]);
    expect((await client.run('DESCRIBE TABLE c')).map(({ name, type }) => [name, type])).toEqual([
      ['A', 'NUMBER(38,0)'],
      ['F', 'VARCHAR(10)'],
      ['D', 'NUMBER(5,1)'],
    ]);
    expect(await client.refusal('ALTER TABLE c DROP COLUMN nope')).toMatchObject({ code: '000904', sqlState: '42000' });
  });

  it('is cloned, copied in shape, renamed and swapped', async () => {
    await client.run('CREATE TABLE one (v INT)');
    await client.run('INSERT INTO one VALUES (1)');
    await client.run('CREATE TABLE two CLONE one');
    await client.run('CREATE TABLE three LIKE one');
    await client.run('INSERT INTO two VALUES (2)');
    await client.run('ALTER TABLE one SWAP WITH two');
    expect(await client.run('SELECT * FROM one ORDER BY v')).toEqual([{ V: 1 }, { V: 2 }]);
    expect(await client.run('SELECT * FROM two')).toEqual([{ V: 1 }]);
    expect(await client.run('SELECT * FROM three')).toEqual([]);
    await client.run('ALTER TABLE two RENAME TO four');
    expect(await client.run('SELECT * FROM four')).toEqual([{ V: 1 }]);
    expect(await client.refusal('SELECT * FROM two')).toMatchObject({ code: '002003' });
  });

  it('comes back after DROP TABLE, and a clone counts on', async () => {
    await client.run('CREATE TABLE kept (id INT AUTOINCREMENT, v INT)');
    await client.run('INSERT INTO kept (v) VALUES (1), (2)');
    await client.run('DROP TABLE kept');
    expect(await client.refusal('SELECT * FROM kept')).toMatchObject({ code: '002003' });
    await client.run('UNDROP TABLE kept');
    await client.run('CREATE TABLE counted CLONE kept');
    await client.run('INSERT INTO counted (v) VALUES (3)');
    expect(await client.run('SELECT * FROM counted ORDER BY v')).toEqual([
      { ID: 1, V: 1 },
      { ID: 2, V: 2 },
      { ID: 3, V: 3 },
    ]);
    expect(await client.refusal('UNDROP TABLE kept')).toMatchObject({ code: '002003' });
    await client.run('DROP TABLE kept');
    await client.run('CREATE TABLE kept (v INT)');
    expect(await client.refusal('UNDROP TABLE kept')).toMatchObject({ code: '002002' });
    // What OR REPLACE replaced is not retained: no older table may come in its place.
    await client.run('CREATE OR REPLACE TABLE kept (v INT)');
    await client.run('ALTER TABLE kept RENAME TO kept_new');
    expect(await client.refusal('UNDROP TABLE kept')).toMatchObject({ code: '002003' });
  });

  it('is cloned with all else of its schema', async () => {
    await client.run('CREATE SCHEMA origin');
    await client.run('CREATE SEQUENCE sq START 10');
    await client.run('CREATE TABLE t (a INT DEFAULT sq.NEXTVAL, b INT)');
    await client.run('INSERT INTO t (b) VALUES (1)');
    await client.run('CREATE VIEW w AS SELECT a, b FROM t');
    await client.run("CREATE TASK tk SCHEDULE = '60 MINUTE' AS SELECT 1");
    await client.run('ALTER TASK tk RESUME');
    await client.run('CREATE STAGE inside');
    await client.run('CREATE SCHEMA twin CLONE origin');
    await client.run('INSERT INTO t (b) VALUES (2)');
    expect(await client.run('SELECT * FROM w ORDER BY b')).toEqual([
      { A: 10, B: 1 },
      { A: 11, B: 2 },
    ]);
    expect(await client.run('SELECT * FROM origin.w')).toEqual([{ A: 10, B: 1 }]);
    expect((await client.run('SHOW TASKS IN SCHEMA twin')).map(({ state }) => state)).toEqual(['suspended']);
    expect(await client.run('SHOW STAGES IN SCHEMA twin')).toEqual([]);
    await client.run('DROP SCHEMA origin');
    await client.run('DROP SCHEMA twin');
    await client.run('USE SCHEMA public');
  });

  it('comes from a query with the types of its columns', async () => {
    await client.run(
      "CREATE TABLE made AS SELECT 1.25::NUMBER(10,2) AS n, 'x' AS t, PARSE_JSON('[1]') AS v, CURRENT_TIMESTAMP()::TIMESTAMP_NTZ AS ts",
    );
    expect(
      (await client.run('DESC TABLE made')).map(
        ({ name, type }) => `${String(name)} ${String(type).replace(/\(.*/, '')}`,
      ),
    ).toEqual(['N NUMBER', 'T VARCHAR', 'V VARIANT', 'TS TIMESTAMP_NTZ']);
    await client.run('CREATE TABLE named (a, b) AS SELECT 1, 2');
    expect(await client.run('SELECT * FROM named')).toEqual([{ A: 1, B: 2 }]);
  });

  it('that is temporary hides the other one of its name, for its session only', async () => {
    await client.run('CREATE TABLE shadow (a INT)');
    await client.run('INSERT INTO shadow VALUES (1)');
    await client.run('CREATE TEMPORARY TABLE shadow (b INT)');
    expect(await client.run('SELECT * FROM shadow')).toEqual([]);
    const other = await fixture.connect();
    expect(await other.run('SELECT * FROM shadow')).toEqual([{ A: 1 }]);
    await client.run('DROP TABLE shadow');
    expect(await client.run('SELECT * FROM shadow')).toEqual([{ A: 1 }]);
  });
});

describe('a view', () => {
  it('follows its tables, and resolves names where it was made', async () => {
    await client.run('CREATE TABLE base (a INT, b INT)');
    await client.run('CREATE VIEW seen (x, y) AS SELECT a, a + b FROM base WHERE a > 0');
    await client.run('INSERT INTO base VALUES (1, 2), (-1, 5)');
    await client.run('CREATE SCHEMA other');
    expect(await client.run('SELECT * FROM test.public.seen')).toEqual([{ X: 1, Y: 3 }]);
    await client.run('USE SCHEMA test.public');
    await client.run('CREATE OR REPLACE TABLE base (a INT, b INT, c INT)');
    expect(await client.run('SELECT * FROM seen')).toEqual([]);
  });
});

describe('a catalog', () => {
  it('shows what there is, by pattern and place', async () => {
    await client.run('CREATE DATABASE shown');
    await client.run('CREATE SCHEMA shown.s');
    await client.run('CREATE TABLE shown.s.apple (a INT)');
    await client.run('CREATE TABLE shown.s.plum (a INT)');
    await client.run('CREATE VIEW shown.s.pear AS SELECT 1 AS a');
    expect(await names("SHOW TABLES LIKE '%PL%' IN SCHEMA shown.s")).toEqual(['APPLE', 'PLUM']);
    expect(await names("SHOW TABLES IN DATABASE shown STARTS WITH 'P'")).toEqual(['PLUM']);
    expect(await names('SHOW OBJECTS IN SCHEMA shown.s LIMIT 2')).toEqual(['APPLE', 'PEAR']);
    expect(await names('SHOW VIEWS IN DATABASE shown')).toEqual(['PEAR']);
    expect(await names('SHOW SCHEMAS IN DATABASE shown')).toEqual(['INFORMATION_SCHEMA', 'PUBLIC', 'S']);
    expect(await names("SHOW TERSE DATABASES LIKE 'shown'")).toEqual(['SHOWN']);
    expect(
      await client.run(
        "SELECT table_name FROM shown.information_schema.tables WHERE table_schema = 'S' AND table_type = 'BASE TABLE' ORDER BY 1",
      ),
    ).toEqual([{ TABLE_NAME: 'APPLE' }, { TABLE_NAME: 'PLUM' }]);
    expect(
      await client.run(
        "SELECT column_name, data_type FROM shown.information_schema.columns WHERE table_name = 'APPLE'",
      ),
    ).toEqual([{ COLUMN_NAME: 'A', DATA_TYPE: 'NUMBER' }]);
  });

  it('lets go of all that is inside of what is dropped', async () => {
    await client.run('CREATE DATABASE gone');
    await client.run('CREATE TABLE gone.public.t (a INT)');
    await client.run('DROP DATABASE gone');
    expect(await client.refusal('SELECT * FROM gone.public.t')).toMatchObject({ code: '002003' });
    await client.run('CREATE DATABASE gone');
    expect(await names('SHOW TABLES IN DATABASE gone')).toEqual([]);
    await client.run('USE SCHEMA test.public');
  });

  it('says what is missing when no place was chosen', async () => {
    const nowhere = await fixture.connect({ database: 'NO_SUCH' });
    expect(await nowhere.refusal('SELECT * FROM t')).toMatchObject({ code: '090105', sqlState: '22000' });
    expect(await nowhere.refusal('USE DATABASE no_such')).toMatchObject({ code: '002043', sqlState: '02000' });
  });
});
