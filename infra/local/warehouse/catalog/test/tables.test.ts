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
    expect(await names('SHOW OBJECTS IN SCHEMA shown.s LIMIT 2')).toEqual(['APPLE', 'PLUM']);
    expect(await names('SHOW VIEWS IN DATABASE shown')).toEqual(['PEAR']);
    expect(await names('SHOW SCHEMAS IN DATABASE shown')).toEqual(['PUBLIC', 'S']);
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

describe('the digits of a number column', () => {
  it('become fewer if all values have no more', async () => {
    await client.run('CREATE OR REPLACE TABLE digits AS SELECT 123.45::NUMBER(10,2) AS a, 1 AS b');
    expect((await client.refusal('ALTER TABLE digits ALTER COLUMN a SET DATA TYPE NUMBER(4,2)')).code).not.toBe('');
    expect(await client.run('SELECT a FROM digits')).toEqual([{ A: 123.45 }]);
    await client.run('ALTER TABLE digits ALTER COLUMN a SET DATA TYPE NUMBER(5,2)');
    await client.refusal('INSERT INTO digits (a) VALUES (1000)');
    expect((await client.run('DESC TABLE digits'))[0]).toMatchObject({ type: 'NUMBER(5,2)' });
    expect((await client.refusal('ALTER TABLE digits ALTER COLUMN a SET DATA TYPE NUMBER(5,1)')).code).toBe('002108');
    await client.run('ALTER TABLE digits MODIFY a NUMBER(6,2), b NUMBER(3,0)');
    expect((await client.run('DESC TABLE digits')).map(({ type }) => type)).toEqual(['NUMBER(6,2)', 'NUMBER(3,0)']);
  });
});

describe('CREATE OR ALTER', () => {
  it('makes a schema, database, warehouse or role, or sets what is said of it and leaves what is in it', async () => {
    for (const kind of ['SCHEMA', 'DATABASE', 'WAREHOUSE', 'ROLE']) {
      const show = `SHOW ${kind}S LIKE 'altered'`;
      await client.run(`CREATE OR ALTER ${kind} altered COMMENT = 'first'`);
      if (kind === 'DATABASE') await client.run('CREATE TABLE altered.public.stays (a INT)');
      await client.run(`CREATE OR ALTER ${kind} altered COMMENT = 'second'`);
      expect(await client.run(show)).toEqual([expect.objectContaining({ comment: 'second' })]);
      await client.run(`CREATE OR ALTER ${kind} altered`);
      expect(await client.run(show)).toEqual([expect.objectContaining({ comment: '' })]);
    }
    expect(await client.run('SELECT * FROM altered.public.stays')).toEqual([]);
    await client.run('DROP DATABASE altered');
    await client.run('USE SCHEMA test.public');
  });
});

describe('properties of a table', () => {
  it('go back to their defaults one by one', async () => {
    await client.run("CREATE OR REPLACE TABLE kept_for (a INT) DATA_RETENTION_TIME_IN_DAYS = 5 COMMENT = 'said'");
    const shown = async (): Promise<unknown> =>
      (await client.run("SHOW TABLES LIKE 'kept_for'")).map(({ comment, retention_time }) => [comment, retention_time]);
    await client.run('ALTER TABLE kept_for UNSET DATA_RETENTION_TIME_IN_DAYS');
    expect(await shown()).toEqual([['said', '1']]);
    await client.run('ALTER TABLE kept_for UNSET COMMENT');
    expect(await shown()).toEqual([['', '1']]);
    const refused = await client.refusal('CREATE TABLE grows (a INT) ENABLE_SCHEMA_EVOLUTION = TRUE');
    expect(refused.message).toContain('ENABLE_SCHEMA_EVOLUTION');
  });
});

describe('a temporary view', () => {
  it('is there for its session only, and may read temporary tables', async () => {
    const other = await fixture.connect();
    await client.run('CREATE OR REPLACE VIEW passing AS SELECT 0 AS a');
    await client.run('CREATE TEMPORARY TABLE source AS SELECT 1 AS a');
    await client.run('CREATE TEMPORARY VIEW passing AS SELECT a FROM source');
    expect(await client.run('SELECT * FROM passing')).toEqual([{ A: 1 }]);
    expect(await other.run('SELECT * FROM passing')).toEqual([{ A: 0 }]);
    expect((await client.refusal('CREATE TEMPORARY VIEW passing AS SELECT 2 AS a')).code).toBe('002002');
    await client.run('CREATE OR REPLACE TEMPORARY VIEW passing AS SELECT 2 AS a');
    expect(await client.run('SELECT * FROM passing')).toEqual([{ A: 2 }]);
    expect((await client.run('DESC VIEW passing')).map(({ name }) => name)).toEqual(['A']);
    await client.run('DROP VIEW passing');
    expect(await client.run('SELECT * FROM passing')).toEqual([{ A: 0 }]);
    await client.run('DROP TABLE source');
  });
});

describe('sequences', () => {
  it('count by another step behind the value that comes next', async () => {
    const next = async (): Promise<unknown> => (await client.run('SELECT counter.NEXTVAL AS n'))[0]!['N'];
    await client.run("CREATE OR REPLACE SEQUENCE counter COMMENT = 'kept'");
    expect([await next(), await next()]).toEqual([1, 2]);
    await client.run('ALTER SEQUENCE counter SET INCREMENT BY 10');
    await client.run('ALTER SEQUENCE counter SET NOORDER');
    expect([await next(), await next()]).toEqual([3, 13]);
    expect(await client.run("SHOW SEQUENCES LIKE 'counter'")).toEqual([
      expect.objectContaining({ next_value: 23, interval: 10, comment: 'kept' }),
    ]);
  });
});

describe('the clone of a schema', () => {
  it('has streams on the clones of their tables, which begin anew, and no pipe on an internal stage', async () => {
    await client.run('CREATE OR REPLACE SCHEMA origin');
    await client.run('CREATE TABLE watched (id INT)');
    await client.run('CREATE STREAM changes ON TABLE watched');
    await client.run('CREATE STAGE files');
    await client.run('CREATE PIPE p AS COPY INTO watched FROM @files');
    await client.run('INSERT INTO watched VALUES (1)');
    await client.run('CREATE OR REPLACE TABLE public.elsewhere (id INT)');
    await client.run('CREATE STREAM others ON TABLE public.elsewhere');
    await client.run('INSERT INTO public.elsewhere VALUES (7)');

    await client.run('CREATE OR REPLACE SCHEMA copied CLONE origin');

    expect(await client.run('SELECT id FROM copied.changes')).toEqual([]);
    expect(await client.run('SELECT id FROM copied.others')).toEqual([{ ID: 7 }]);
    await client.run('INSERT INTO copied.watched VALUES (2)');
    expect(await client.run('SELECT id FROM copied.changes')).toEqual([{ ID: 2 }]);
    expect(await client.run('SELECT id FROM origin.changes')).toEqual([{ ID: 1 }]);
    expect(await client.run('SHOW PIPES IN SCHEMA copied')).toEqual([]);
    await client.run('USE SCHEMA test.public');
  });
});

describe('what was dropped', () => {
  it('comes back with all that was in it, and with what was granted', async () => {
    await client.run('CREATE OR REPLACE ROLE reader');
    await client.run('CREATE OR REPLACE SCHEMA gone');
    await client.run('CREATE TABLE kept (id INT)');
    await client.run('INSERT INTO kept VALUES (1)');
    await client.run('CREATE STREAM s ON TABLE kept');
    await client.run('INSERT INTO kept VALUES (2)');
    await client.run('GRANT SELECT ON TABLE kept TO ROLE reader');
    await client.run('GRANT USAGE ON SCHEMA gone TO ROLE reader');
    const granted = async (): Promise<unknown[]> =>
      (await client.run('SHOW GRANTS TO ROLE reader')).map(
        ({ privilege, name }) => `${String(privilege)} ${String(name)}`,
      );
    const before = await granted();
    expect(before).toHaveLength(2);

    await client.run('DROP TABLE kept');
    expect(await granted()).toHaveLength(1);
    await client.run('UNDROP TABLE kept');
    expect(await granted()).toEqual(before);

    await client.run('DROP SCHEMA gone');
    expect(await granted()).toEqual([]);
    expect(await client.run('UNDROP SCHEMA gone')).toEqual([{ status: 'Schema GONE successfully restored.' }]);
    expect(await granted()).toEqual(before);
    expect(await client.run('SELECT id FROM gone.kept ORDER BY id')).toEqual([{ ID: 1 }, { ID: 2 }]);
    expect(await client.run('SELECT id FROM gone.s')).toEqual([{ ID: 2 }]);

    await client.run('CREATE OR REPLACE DATABASE lost');
    await client.run('CREATE TABLE t AS SELECT 7 AS a');
    await client.run('DROP DATABASE lost');
    await client.run('UNDROP DATABASE lost');
    expect(await client.run('SELECT a FROM lost.public.t')).toEqual([{ A: 7 }]);
    expect(await client.refusal('UNDROP DATABASE lost')).toMatchObject({ code: '002003' });
    await client.run('DROP DATABASE lost');
    await client.run('CREATE DATABASE lost');
    expect(await client.refusal('UNDROP DATABASE lost')).toMatchObject({ code: '002002' });
    await client.run('DROP DATABASE lost');
    await client.run('USE SCHEMA test.public');
  });
});
