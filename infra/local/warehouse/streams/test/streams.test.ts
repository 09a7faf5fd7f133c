import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
let other: Client;

beforeAll(async () => {
  client = await fixture.start();
  other = await fixture.connect();
});
afterAll(() => fixture.stop());

beforeEach(async () => {
  await client.run('CREATE OR REPLACE TABLE t (id INT, name VARCHAR)');
  await client.run('CREATE OR REPLACE TABLE sink (id INT, name VARCHAR)');
  await client.run(`INSERT INTO t VALUES (1, 'old')`);
});

const ids = async (from: string, by = client): Promise<unknown[]> =>
  (await by.run(`SELECT id FROM ${from} ORDER BY id`)).map(({ ID }) => ID);
const consume = (stream: string, by = client) => by.run(`INSERT INTO sink SELECT id, name FROM ${stream}`);

describe('an append-only stream', () => {
  beforeEach(() => client.run('CREATE OR REPLACE STREAM s ON TABLE t APPEND_ONLY = TRUE'));

  it('shows what was inserted since it was made, again and again', async () => {
    expect(await ids('s')).toEqual([]);
    await client.run(`INSERT INTO t VALUES (2, 'a'), (3, 'b')`);
    expect(await ids('s')).toEqual([2, 3]);
    expect(await client.run('SELECT * EXCLUDE (METADATA$ROW_ID) FROM s WHERE id = 2')).toEqual([
      { ID: 2, NAME: 'a', METADATA$ACTION: 'INSERT', METADATA$ISUPDATE: false },
    ]);
    expect(await ids('t')).toEqual([1, 2, 3]);
  });

  it('is moved by DML that reads it, whatever rows that takes', async () => {
    await client.run(`INSERT INTO t VALUES (2, 'a'), (3, 'b')`);
    await client.run('INSERT INTO sink SELECT id, name FROM s WHERE id = 2');
    expect(await ids('s')).toEqual([]);
    await client.run(`INSERT INTO t VALUES (4, 'c')`);
    expect(await ids('s')).toEqual([4]);
    await client.run('CREATE OR REPLACE TEMPORARY TABLE skipped AS SELECT * FROM s WHERE 1 = 0');
    expect(await ids('s')).toEqual([]);
  });

  it('stays where it is when the transaction is rolled back', async () => {
    await client.run(`INSERT INTO t VALUES (2, 'a')`);
    await client.run('BEGIN');
    await consume('s');
    await client.run('ROLLBACK');
    expect(await ids('s')).toEqual([2]);
    await client.run('BEGIN');
    await consume('s');
    await client.run('COMMIT');
    expect(await ids('s')).toEqual([]);
  });

  it('is read repeatably: what others commit meanwhile comes next time', async () => {
    await client.run(`INSERT INTO t VALUES (2, 'a')`);
    await client.run('BEGIN');
    expect(await ids('s')).toEqual([2]);
    await other.run(`INSERT INTO t VALUES (3, 'b')`);
    expect(await ids('s')).toEqual([2]);
    expect(await ids('t')).toEqual([1, 2, 3]);
    await consume('s');
    await client.run('COMMIT');
    expect(await ids('s')).toEqual([3]);
    expect(await ids('sink')).toEqual([2]);
  });

  it('loses no row of a transaction that began before it was read and committed after', async () => {
    await other.run('BEGIN');
    await other.run(`INSERT INTO t VALUES (7, 'late')`);
    await client.run(`INSERT INTO t VALUES (8, 'early')`);
    await consume('s');
    expect(await ids('sink')).toEqual([8]);
    await other.run('COMMIT');
    expect(await ids('s')).toEqual([7]);
    await consume('s');
    expect(await ids('sink')).toEqual([7, 8]);
    expect(await ids('s')).toEqual([]);
  });

  it('lets one consumer wait for the other, and gives no row to both', async () => {
    await client.run(`INSERT INTO t VALUES (2, 'a')`);
    await other.run('BEGIN');
    expect(await ids('s', other)).toEqual([2]);
    await client.run('BEGIN');
    await consume('s');
    const second = consume('s', other);
    await client.run('COMMIT');
    await second;
    await other.run('COMMIT');
    expect(await ids('sink')).toEqual([2]);
    expect(await ids('s')).toEqual([]);
  });

  it('shows rows as they were inserted, though they were updated or deleted since', async () => {
    await client.run(`INSERT INTO t VALUES (2, 'a'), (3, 'b'), (4, 'c')`);
    await client.run(`UPDATE t SET name = 'changed' WHERE id IN (1, 2)`);
    await client.run('DELETE FROM t WHERE id = 3');
    expect(await client.run('SELECT id, name FROM s ORDER BY id')).toEqual([
      { ID: 2, NAME: 'a' },
      { ID: 3, NAME: 'b' },
      { ID: 4, NAME: 'c' },
    ]);
    await client.run('TRUNCATE TABLE t');
    expect(await ids('s')).toEqual([2, 3, 4]);
    await consume('s');
    expect(await ids('s')).toEqual([]);
  });

  it('follows columns that are added and renamed', async () => {
    await client.run(`INSERT INTO t VALUES (2, 'a'), (3, 'b')`);
    await client.run('DELETE FROM t WHERE id = 2');
    await client.run('ALTER TABLE t ADD COLUMN more INT DEFAULT 5');
    await client.run('ALTER TABLE t RENAME COLUMN name TO title');
    await client.run(`INSERT INTO t (id, title) VALUES (4, 'c')`);
    expect(await client.run('SELECT id, title FROM s ORDER BY id')).toEqual([
      { ID: 2, TITLE: 'a' },
      { ID: 3, TITLE: 'b' },
      { ID: 4, TITLE: 'c' },
    ]);
  });

  it('serves each of several streams on a table by itself', async () => {
    await client.run('CREATE OR REPLACE STREAM s2 ON TABLE t APPEND_ONLY = TRUE');
    await client.run(`INSERT INTO t VALUES (2, 'a')`);
    await consume('s');
    expect(await ids('s')).toEqual([]);
    expect(await ids('s2')).toEqual([2]);
    await client.run(`CREATE OR REPLACE STREAM s3 ON TABLE t AT (STREAM => 's2') APPEND_ONLY = TRUE`);
    expect(await ids('s3')).toEqual([2]);
  });

  it('moves with a MERGE that reads it', async () => {
    await client.run(`INSERT INTO t VALUES (2, 'a')`);
    await client.run(
      'MERGE INTO sink USING s ON sink.id = s.id WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)',
    );
    expect(await ids('sink')).toEqual([2]);
    expect(await ids('s')).toEqual([]);
  });
});

describe('SHOW_INITIAL_ROWS', () => {
  it('shows the rows that were there, once, then changes', async () => {
    await client.run('CREATE OR REPLACE STREAM s ON TABLE t APPEND_ONLY = TRUE SHOW_INITIAL_ROWS = TRUE');
    await client.run(`INSERT INTO t VALUES (2, 'a')`);
    await client.run('DELETE FROM t WHERE id = 1');
    expect(await ids('s')).toEqual([1]);
    await consume('s');
    expect(await ids('s')).toEqual([2]);
  });
});

describe('a standard stream', () => {
  beforeEach(async () => {
    await client.run(`INSERT INTO t VALUES (2, 'two'), (3, 'three')`);
    await client.run('CREATE OR REPLACE STREAM d ON TABLE t');
  });

  const delta = () =>
    client.run(
      'SELECT id, name, METADATA$ACTION AS action, METADATA$ISUPDATE AS is_update FROM d ORDER BY id, action, name',
    );

  it('shows net changes: updates as a pair, deletes, inserts', async () => {
    await client.run(`UPDATE t SET name = 'TWO' WHERE id = 2`);
    await client.run('DELETE FROM t WHERE id = 3');
    await client.run(`INSERT INTO t VALUES (4, 'four')`);
    expect(await delta()).toEqual([
      { ID: 2, NAME: 'two', ACTION: 'DELETE', IS_UPDATE: true },
      { ID: 2, NAME: 'TWO', ACTION: 'INSERT', IS_UPDATE: true },
      { ID: 3, NAME: 'three', ACTION: 'DELETE', IS_UPDATE: false },
      { ID: 4, NAME: 'four', ACTION: 'INSERT', IS_UPDATE: false },
    ]);
  });

  it('folds several changes of one row into one', async () => {
    await client.run(`INSERT INTO t VALUES (5, 'five'), (6, 'six')`);
    await client.run(`UPDATE t SET name = 'FIVE' WHERE id = 5`);
    await client.run('DELETE FROM t WHERE id = 6');
    await client.run(`UPDATE t SET name = 'x' WHERE id = 2`);
    await client.run('DELETE FROM t WHERE id = 2');
    expect(await delta()).toEqual([
      { ID: 2, NAME: 'two', ACTION: 'DELETE', IS_UPDATE: false },
      { ID: 5, NAME: 'FIVE', ACTION: 'INSERT', IS_UPDATE: false },
    ]);
  });

  it('is empty once it was read by DML, and gives a row the same id in both halves of an update', async () => {
    await client.run(`UPDATE t SET name = 'TWO' WHERE id = 2`);
    expect(await client.run('SELECT COUNT(DISTINCT METADATA$ROW_ID) AS n FROM d')).toEqual([{ N: 1 }]);
    await consume('d');
    expect(await delta()).toEqual([]);
  });

  it('shows a truncated table as deletes', async () => {
    await client.run('TRUNCATE TABLE t');
    expect((await delta()).map(({ ID, ACTION }) => [ID, ACTION])).toEqual([
      [1, 'DELETE'],
      [2, 'DELETE'],
      [3, 'DELETE'],
    ]);
  });
});

describe('a stream as an object', () => {
  it('is listed and described', async () => {
    await client.run(`CREATE OR REPLACE STREAM s ON TABLE t APPEND_ONLY = TRUE COMMENT = 'c'`);
    const [row] = await client.run(`SHOW STREAMS LIKE 's'`);
    expect(row).toMatchObject({
      name: 'S',
      table_name: 'TEST.PUBLIC.T',
      source_type: 'Table',
      type: 'DELTA',
      stale: 'false',
      mode: 'APPEND_ONLY',
      comment: 'c',
    });
    expect(row!['stale_after']).toBeInstanceOf(Date);
    expect((await client.run('DESCRIBE STREAM s'))[0]).toMatchObject({ name: 'S' });
    expect((await client.run("SHOW TABLES LIKE 't'"))[0]).toMatchObject({ change_tracking: 'ON' });
  });

  it('is stale once its table was replaced, though not when it was renamed', async () => {
    await client.run('CREATE OR REPLACE STREAM s ON TABLE t APPEND_ONLY = TRUE');
    await client.run(`INSERT INTO t VALUES (2, 'a')`);
    await client.run('ALTER TABLE t RENAME TO t2');
    expect(await ids('s')).toEqual([2]);
    await client.run('ALTER TABLE t2 RENAME TO t');
    await client.run('CREATE OR REPLACE TABLE t (id INT)');
    expect((await client.run(`SHOW STREAMS LIKE 's'`))[0]).toMatchObject({ stale: 'true' });
    await expect(client.run('SELECT * FROM s')).rejects.toThrow(/Base table .*T.* dropped, cannot read from stream/);
  });

  it('can be dropped, and its table goes on', async () => {
    await client.run('CREATE OR REPLACE STREAM s ON TABLE t');
    await client.run('DROP STREAM s');
    await client.run('DELETE FROM t');
    await expect(client.run('SELECT * FROM s')).rejects.toMatchObject({ code: '002003' });
  });

  it('is refused on what it cannot watch', async () => {
    await expect(client.run('CREATE STREAM v ON STAGE x')).rejects.toThrow('CREATE STREAM ON STAGE');
    await expect(client.run(`CREATE STREAM v ON TABLE t AT (OFFSET => -60)`)).rejects.toThrow('Time Travel');
    await expect(client.run('CREATE STREAM v ON TABLE nope')).rejects.toMatchObject({ code: '002003' });
  });
});

describe('DDL of streams', () => {
  it('clones a stream, which goes its own way from then on', async () => {
    await client.run('CREATE OR REPLACE STREAM s ON TABLE t');
    await client.run(`INSERT INTO t VALUES (2, 'a')`);
    await client.run('CREATE OR REPLACE STREAM s2 CLONE s');
    await consume('s');
    expect(await ids('s')).toEqual([]);
    expect(await ids('s2')).toEqual([2]);
  });

  it('changes the comment of a stream, and nothing else', async () => {
    const comments = async (): Promise<unknown[]> =>
      (await client.run(`SHOW STREAMS LIKE 's'`)).map(({ comment }) => comment);
    await client.run(`CREATE OR REPLACE STREAM s ON TABLE t`);
    await client.run(`INSERT INTO t VALUES (2, 'a')`);
    await client.run(`CREATE OR ALTER STREAM s ON TABLE t COMMENT = 'said'`);
    expect(await comments()).toEqual(['said']);
    expect(await ids('s')).toEqual([2]);
    await client.run('ALTER STREAM s UNSET COMMENT');
    expect(await comments()).toEqual(['']);
    expect((await client.refusal('CREATE OR ALTER STREAM s ON TABLE t APPEND_ONLY = TRUE')).code).toBe('000002');
  });
});
