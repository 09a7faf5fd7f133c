import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
let now = new Date('2026-03-01T10:00:00Z');
const later = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000);
};

beforeAll(async () => {
  client = await fixture.start({ clock: () => now });
});
afterAll(() => fixture.stop());

beforeEach(async () => {
  await client.run('CREATE OR REPLACE TABLE t (id INT, name VARCHAR) CHANGE_TRACKING = TRUE');
  await client.run(`INSERT INTO t VALUES (1, 'one'), (2, 'two')`);
  later(60);
});

const names = async (from: string): Promise<string> =>
  (await client.run(`SELECT LISTAGG(name, ' ') WITHIN GROUP (ORDER BY id) AS names FROM ${from}`))[0]![
    'NAMES'
  ] as string;

describe('a table of the past', () => {
  it('is read as it was so many seconds ago, at a time, and before a statement', async () => {
    await client.run('SET before_update = CURRENT_TIMESTAMP()');
    later(60);
    await client.run(`UPDATE t SET name = 'uno' WHERE id = 1`);
    const [id] = await client.run('SELECT LAST_QUERY_ID() AS id');
    await client.run('SET updated = LAST_QUERY_ID(-2)');
    later(60);
    await client.run('DELETE FROM t WHERE id = 2');
    later(60);
    expect(await names('t')).toBe('uno');
    expect(await names('t AT (OFFSET => -60 * 1.5)')).toBe('uno two');
    expect(await names('t AT (TIMESTAMP => $before_update) AS old')).toBe('one two');
    expect(await names(`t BEFORE (STATEMENT => '${String(id!['ID'])}')`)).toBe('one two');
    expect(await names('t AT (STATEMENT => $updated)')).toBe('uno two');
    expect(await client.run('SELECT t.name FROM t AT (OFFSET => ?) WHERE t.id = ?', [-3 * 60, 1])).toEqual([
      { NAME: 'one' },
    ]);
    expect(
      await client.run(
        `SELECT id FROM t AT (TIMESTAMP => TO_TIMESTAMP_TZ('2026-03-01T10:00:01Z') + INTERVAL '1 minute') MINUS SELECT id FROM t`,
      ),
    ).toEqual([{ ID: 2 }]);
  });

  it('has the columns that it had then', async () => {
    await client.run('ALTER TABLE t ADD COLUMN more INT');
    later(60);
    expect(Object.keys((await client.run('SELECT * FROM t AT (OFFSET => -70) LIMIT 1'))[0]!)).toEqual(['ID', 'NAME']);
    expect(Object.keys((await client.run('SELECT * FROM t LIMIT 1'))[0]!)).toEqual(['ID', 'NAME', 'MORE']);
  });

  it('restores what a mistake has done: by a clone, and into the table itself', async () => {
    await client.run('TRUNCATE TABLE t');
    await client.run('SET mistake = LAST_QUERY_ID()');
    await client.run('CREATE OR REPLACE TABLE restored CLONE t BEFORE (STATEMENT => $mistake)');
    expect(await names('restored')).toBe('one two');
    await client.run('INSERT INTO t SELECT * FROM t BEFORE (STATEMENT => $mistake)');
    expect(await names('t')).toBe('one two');
    await client.run('CREATE OR REPLACE TABLE restored AS SELECT id, name FROM t AT (OFFSET => -1)');
    expect(await names('restored')).toBe('one two');
  });

  it('holds what was committed: an open or undone transaction is no part of it', async () => {
    await client.run('BEGIN');
    await client.run('DELETE FROM t');
    await client.run('ROLLBACK');
    await client.run('BEGIN');
    await client.run(`INSERT INTO t VALUES (3, 'three')`);
    later(60);
    expect(await client.refusal('SELECT * FROM t AT (OFFSET => -1)')).toMatchObject({ code: '000002' });
    await client.run('COMMIT');
    later(60);
    expect(await names('t AT (OFFSET => -60)')).toBe('one two three');
    expect(await names('t BEFORE (OFFSET => -60)')).toBe('one two');
  });

  it('is not to be had from before it was made, from the future, or by an unknown statement', async () => {
    expect(await client.refusal('SELECT * FROM t AT (OFFSET => -3600)')).toEqual({
      code: '000707',
      sqlState: '02000',
      message:
        'Time travel data is not available for table T. The requested time is either beyond the allowed time travel period or before the object creation time.',
    });
    expect(await client.refusal('SELECT * FROM t AT (OFFSET => 3600)')).toMatchObject({
      message: expect.stringContaining('Future data'),
    });
    expect(
      await client.refusal(`SELECT * FROM t BEFORE (STATEMENT => '8e5d0ca9-005e-44e6-b858-a8f5b37c5726')`),
    ).toMatchObject({
      message: 'Statement 8e5d0ca9-005e-44e6-b858-a8f5b37c5726 not found',
    });
    await client.run('ALTER TABLE t SET DATA_RETENTION_TIME_IN_DAYS = 0');
    expect(await client.refusal('SELECT * FROM t AT (OFFSET => -1)')).toMatchObject({ code: '000707' });
  });

  it('is refused for tables that are too large to be kept', async () => {
    await client.run(`INSERT INTO t SELECT SEQ4(), 'x' FROM TABLE(GENERATOR(ROWCOUNT => 10001))`);
    later(1);
    await client.run('DELETE FROM t WHERE id > 5');
    later(1);
    expect(await client.refusal('SELECT * FROM t AT (OFFSET => -2)')).toMatchObject({
      code: '000002',
      message: expect.stringContaining('Time Travel'),
    });
    expect(await client.run('SELECT COUNT(*) AS n FROM t AT (OFFSET => -1)')).toEqual([{ N: 8 }]);
  });
});

describe('the changes of a table', () => {
  const changes = (information: string, range = 'AT (OFFSET => -61)'): Promise<unknown[]> =>
    client.run(
      `SELECT id, name, METADATA$ACTION AS action, METADATA$ISUPDATE AS is_update FROM t CHANGES (INFORMATION => ${information}) ${range} ORDER BY id, action`,
    );

  it('are the rows that came and went between two moments, as a stream shows them', async () => {
    later(60);
    await client.run(`INSERT INTO t VALUES (3, 'three')`);
    await client.run(`UPDATE t SET name = 'uno' WHERE id = 1`);
    later(60);
    await client.run('DELETE FROM t WHERE id IN (2, 3)');
    expect(await changes('DEFAULT')).toEqual([
      { ID: 1, NAME: 'one', ACTION: 'DELETE', IS_UPDATE: true },
      { ID: 1, NAME: 'uno', ACTION: 'INSERT', IS_UPDATE: true },
      { ID: 2, NAME: 'two', ACTION: 'DELETE', IS_UPDATE: false },
    ]);
    expect(await changes('APPEND_ONLY')).toEqual([{ ID: 3, NAME: 'three', ACTION: 'INSERT', IS_UPDATE: false }]);
    expect(await changes('DEFAULT', 'AT (OFFSET => -61) END (OFFSET => -1)')).toMatchObject([
      { ID: 1, ACTION: 'DELETE' },
      { ID: 1, ACTION: 'INSERT' },
      { ID: 3, ACTION: 'INSERT' },
    ]);
  });

  it('need change tracking', async () => {
    await client.run('CREATE OR REPLACE TABLE untracked (id INT)');
    later(1);
    expect(
      await client.refusal('SELECT * FROM untracked CHANGES (INFORMATION => DEFAULT) AT (OFFSET => -1)'),
    ).toMatchObject({
      message: expect.stringContaining('Change tracking is not enabled'),
    });
    await client.run('ALTER TABLE untracked SET CHANGE_TRACKING = TRUE');
    await client.run('INSERT INTO untracked VALUES (1)');
    expect(
      await client.run(
        'SELECT id FROM untracked CHANGES (INFORMATION => APPEND_ONLY) BEFORE (STATEMENT => LAST_QUERY_ID())',
      ),
    ).toEqual([{ ID: 1 }]);
  });
});

it('keeps no more than so many rows of the past, the latest of them', async () => {
  await client.run('CREATE OR REPLACE TABLE wide (n INT)');
  await client.run('INSERT INTO wide SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT => 9000))');
  const started = now;
  for (let round = 0; round < 14; round += 1) {
    later(60);
    await client.run('UPDATE wide SET n = n + 1');
  }
  later(60);
  const past = (minutes: number): string =>
    `SELECT MIN(n) AS least FROM wide AT (TIMESTAMP => '${new Date(started.getTime() + minutes * 60_000).toISOString()}'::TIMESTAMP_TZ)`;
  expect(await client.run(past(14))).toEqual([{ LEAST: 14 }]);
  expect(await client.run(past(5))).toEqual([{ LEAST: 5 }]);
  for (const gone of [0, 1]) expect(await client.refusal(past(gone))).toMatchObject({ code: '000002' });
});
