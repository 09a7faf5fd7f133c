import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let one: Client;
let two: Client;

const ids = async (client: Client, table = 't'): Promise<unknown[]> =>
  (await client.run(`SELECT id FROM ${table} ORDER BY id`)).map(({ ID }) => ID);

beforeAll(async () => {
  one = await fixture.start();
  two = await fixture.connect();
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  await one.run('ROLLBACK');
  await two.run('ROLLBACK');
  await one.run('CREATE OR REPLACE TABLE t (id INT, v INT)');
  await one.run('CREATE OR REPLACE TABLE u (id INT NOT NULL)');
  await one.run('INSERT INTO t VALUES (1, 0), (2, 0)');
});

describe('a transaction', () => {
  it('shows others nothing until it commits, and its own session everything', async () => {
    await one.run('BEGIN');
    await one.run('INSERT INTO t VALUES (3, 0)');
    expect(await ids(one)).toEqual([1, 2, 3]);
    expect(await ids(two)).toEqual([1, 2]);
    await one.run('COMMIT');
    expect(await ids(two)).toEqual([1, 2, 3]);
  });

  it('leaves nothing behind after ROLLBACK', async () => {
    await one.run('BEGIN TRANSACTION');
    await one.run('DELETE FROM t');
    await one.run('ROLLBACK');
    expect(await ids(one)).toEqual([1, 2]);
  });

  it('goes on after a failed statement with all that went before', async () => {
    await one.run('BEGIN');
    await one.run('INSERT INTO t VALUES (3, 0)');
    await one.run('UPDATE t SET v = 9 WHERE id = 1');
    await one.refusal("INSERT INTO t SELECT TO_NUMBER('x'), 1");
    await one.refusal('INSERT INTO u SELECT NULL');
    await one.run('INSERT INTO t VALUES (4, 0)');
    await one.run('COMMIT');
    expect(await ids(two)).toEqual([1, 2, 3, 4]);
    expect(await two.run('SELECT v FROM t WHERE id = 1')).toEqual([{ V: 9 }]);
  });

  it('ends with an error, not with wrong rows, if it cannot be restored after a failed statement', async () => {
    await one.run('BEGIN');
    await one.run('INSERT INTO u SELECT id FROM t');
    await two.run('INSERT INTO t VALUES (7, 7)');
    expect(await one.refusal("INSERT INTO t SELECT TO_NUMBER('x'), 1")).toMatchObject({
      message: expect.stringContaining('rolled back'),
    });
    expect(await one.refusal('INSERT INTO u VALUES (1)')).toMatchObject({ sqlState: '25P02' });
    await one.run('ROLLBACK');
    expect(await ids(one, 'u')).toEqual([]);
  });

  it('ends with an error, not with other random numbers, after a failed statement', async () => {
    await one.run('BEGIN');
    await one.run('INSERT INTO u SELECT RANDOM()');
    expect(await one.refusal("INSERT INTO t SELECT TO_NUMBER('x'), 1")).toMatchObject({
      message: expect.stringContaining('rolled back'),
    });
    await one.run('ROLLBACK');
    expect(await ids(one, 'u')).toEqual([]);
  });

  it('is rolled back by an error where TRANSACTION_ABORT_ON_ERROR says so', async () => {
    await one.run('ALTER SESSION SET TRANSACTION_ABORT_ON_ERROR = TRUE');
    await one.run('BEGIN');
    await one.run('INSERT INTO t VALUES (3, 0)');
    await one.refusal("INSERT INTO t SELECT TO_NUMBER('x'), 1");
    await one.refusal('INSERT INTO t VALUES (4, 0)');
    await one.run('COMMIT');
    await one.run('ALTER SESSION UNSET TRANSACTION_ABORT_ON_ERROR');
    expect(await ids(one)).toEqual([1, 2]);
  });

  it('sees in each statement what others have committed since the one before', async () => {
    await one.run('BEGIN');
    expect(await ids(one)).toEqual([1, 2]);
    await one.run('INSERT INTO u VALUES (1)');
    await two.run('INSERT INTO t VALUES (3, 0)');
    expect(await ids(one)).toEqual([1, 2, 3]);
    await one.run('COMMIT');
    expect(await ids(two, 'u')).toEqual([1]);
  });

  it('is committed by DDL', async () => {
    await one.run('BEGIN');
    await one.run('INSERT INTO t VALUES (3, 0)');
    await one.run('CREATE TABLE IF NOT EXISTS another (a INT)');
    await one.run('ROLLBACK');
    expect(await ids(two)).toEqual([1, 2, 3]);
  });

  it('begins by itself where AUTOCOMMIT is off', async () => {
    await one.run('ALTER SESSION SET AUTOCOMMIT = FALSE');
    await one.run('INSERT INTO t VALUES (3, 0)');
    expect(await ids(two)).toEqual([1, 2]);
    await one.run('COMMIT');
    await one.run('ALTER SESSION SET AUTOCOMMIT = TRUE');
    expect(await ids(two)).toEqual([1, 2, 3]);
  });
});

describe('writers', () => {
  it('wait for each other, and the one that waited sees what the other did', async () => {
    await one.run('BEGIN');
    await one.run('UPDATE t SET v = v + 1 WHERE id = 1');
    const waiting = two.run('UPDATE t SET v = v + 10 WHERE id = 1');
    await one.run('COMMIT');
    await waiting;
    expect(await one.run('SELECT v FROM t WHERE id = 1')).toEqual([{ V: 11 }]);
  });

  it('do not wait to insert', async () => {
    await one.run('BEGIN');
    await one.run('UPDATE t SET v = 5 WHERE id = 1');
    await two.run('INSERT INTO t VALUES (8, 0)');
    await one.run('COMMIT');
    expect(await ids(one)).toEqual([1, 2, 8]);
  });

  it('give up after LOCK_TIMEOUT', async () => {
    await one.run('BEGIN');
    await one.run('UPDATE t SET v = 5 WHERE id = 1');
    await two.run('ALTER SESSION SET LOCK_TIMEOUT = 0');
    expect(await two.refusal('DELETE FROM t')).toMatchObject({ code: '000625', sqlState: '57014' });
    await two.run('ALTER SESSION UNSET LOCK_TIMEOUT');
    await one.run('COMMIT');
  });

  it('modify in a transaction what others have modified since it began', async () => {
    await one.run('BEGIN');
    await one.run('INSERT INTO u VALUES (1)');
    await two.run('UPDATE t SET v = 100 WHERE id = 1');
    await one.run('UPDATE t SET v = v + 1 WHERE id = 1');
    await one.run('COMMIT');
    expect(await two.run('SELECT v FROM t WHERE id = 1')).toEqual([{ V: 101 }]);
  });
});

describe('a warehouse that lets commits be seen late', () => {
  let now = new Date('2026-03-01T10:00:00Z');
  const late = new Fixture();
  afterAll(() => late.stop());

  it('shows them to older sessions after a while, to the one that made them and to new ones at once', async () => {
    const writer = await late.start({ clock: () => now, lateCommitsMs: 500 });
    const reader = await late.connect();
    await writer.run('CREATE TABLE t (id INT)');
    expect(await ids(reader)).toEqual([]);
    await writer.run('INSERT INTO t VALUES (1)');
    expect(await ids(writer)).toEqual([1]);
    expect(await ids(reader)).toEqual([]);
    expect(await ids(await late.connect())).toEqual([1]);
    now = new Date(now.getTime() + 500);
    expect(await ids(reader)).toEqual([1]);
    await writer.run('CREATE TABLE made_since AS SELECT * FROM t');
    expect(await reader.run('SELECT * FROM made_since')).toEqual([{ ID: 1 }]);
    await reader.run('UPDATE t SET id = 2');
    expect(await ids(reader)).toEqual([2]);
  });
});
