import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
});
afterAll(() => fixture.stop());

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
    expect(await client.run("SHOW PARAMETERS LIKE 'DATA_RET%' IN TABLE kept_for")).toMatchObject([
      { value: '5', default: '1', level: 'TABLE', type: 'NUMBER' },
    ]);
    await client.run('ALTER TABLE kept_for UNSET DATA_RETENTION_TIME_IN_DAYS');
    expect(await shown()).toEqual([['said', '1']]);
    await client.run('ALTER TABLE kept_for UNSET COMMENT');
    expect(await shown()).toEqual([['', '1']]);
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
