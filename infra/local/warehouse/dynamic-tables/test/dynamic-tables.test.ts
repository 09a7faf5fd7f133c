import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
let now = new Date('2026-03-01T10:00:00Z');

beforeAll(async () => {
  client = await fixture.start({ clock: () => now });
  await client.run('CREATE WAREHOUSE wh');
});
afterAll(() => fixture.stop());

const pass = async (seconds: number): Promise<void> => {
  now = new Date(now.getTime() + seconds * 1000);
  await fixture.warehouse.runDueTasks();
};
const totals = (): Promise<unknown[]> => client.run('SELECT * FROM total ORDER BY country');
const history = (more = ''): Promise<unknown[]> =>
  client.run(
    `SELECT refresh_trigger AS trigger, refresh_action AS action, state FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => 'total'${more}))`,
  );

describe('a dynamic table', () => {
  beforeEach(async () => {
    await client.run('CREATE OR REPLACE SCHEMA s');
    await client.run('CREATE TABLE sale (country VARCHAR, amount NUMBER(9, 2))');
    await client.run(`INSERT INTO sale VALUES ('NO', 1.5), ('DE', 2)`);
    await client.run(
      `CREATE DYNAMIC TABLE total TARGET_LAG = '1 minute' WAREHOUSE = wh AS SELECT country, SUM(amount) AS amount FROM sale GROUP BY country`,
    );
  });

  it('is filled when it is made, and again when its lag is over', async () => {
    expect(await totals()).toEqual([
      { COUNTRY: 'DE', AMOUNT: 2 },
      { COUNTRY: 'NO', AMOUNT: 1.5 },
    ]);
    await client.run(`INSERT INTO sale VALUES ('NO', 8.5)`);
    await pass(30);
    expect(await totals()).toMatchObject([{}, { AMOUNT: 1.5 }]);
    await pass(30);
    expect(await totals()).toMatchObject([{}, { AMOUNT: 10 }]);
    await pass(60);
    expect(await history()).toEqual([
      { TRIGGER: 'SCHEDULED', ACTION: 'NO_DATA', STATE: 'SUCCEEDED' },
      { TRIGGER: 'SCHEDULED', ACTION: 'INCREMENTAL', STATE: 'SUCCEEDED' },
      { TRIGGER: 'CREATION', ACTION: 'INCREMENTAL', STATE: 'SUCCEEDED' },
    ]);
  });

  it('is refreshed on demand, after the tables that it reads', async () => {
    await client.run(
      `CREATE DYNAMIC TABLE grand (amount) TARGET_LAG = DOWNSTREAM WAREHOUSE = wh REFRESH_MODE = FULL AS SELECT SUM(amount) FROM total`,
    );
    await client.run(`INSERT INTO sale VALUES ('FR', 3)`);
    expect(await client.run('ALTER DYNAMIC TABLE grand REFRESH')).toEqual([
      { statistics: '{"insertedRows":1,"deletedRows":1}', data_timestamp: expect.anything() },
    ]);
    expect(await client.run('SELECT * FROM grand')).toEqual([{ AMOUNT: 6.5 }]);
    expect(await totals()).toHaveLength(3);
    expect(await client.run('ALTER DYNAMIC TABLE grand REFRESH')).toMatchObject([{ statistics: 'No new data' }]);
  });

  it('stands still while it is suspended, with those that read it', async () => {
    await client.run(
      `CREATE DYNAMIC TABLE grand TARGET_LAG = '2 minutes' WAREHOUSE = wh AS SELECT SUM(amount) AS amount FROM total`,
    );
    await client.run('ALTER DYNAMIC TABLE total SUSPEND');
    await client.run('DELETE FROM sale');
    await pass(300);
    expect(await totals()).toHaveLength(2);
    expect(await client.run('SHOW DYNAMIC TABLES')).toMatchObject([
      { name: 'GRAND', scheduling_state: 'SUSPENDED' },
      { name: 'TOTAL', scheduling_state: 'SUSPENDED', target_lag: '1 minute', warehouse: 'WH', rows: 2 },
    ]);
    await client.run('ALTER DYNAMIC TABLE total RESUME');
    await pass(0);
    expect(await totals()).toEqual([]);
  });

  it('is suspended in a clone of its schema, and comes back with a dropped one', async () => {
    await client.run('CREATE OR REPLACE SCHEMA copy CLONE s');
    expect(await client.run('SHOW DYNAMIC TABLES IN SCHEMA copy')).toMatchObject([
      { scheduling_state: 'SUSPENDED', rows: 2 },
    ]);
    await client.run('DROP SCHEMA s');
    await client.run('UNDROP SCHEMA s');
    expect(await client.run('SELECT COUNT(*) AS n FROM s.total')).toEqual([{ N: 2 }]);
    await client.run('USE SCHEMA s');
  });

  it('keeps its rows when its query fails, and says why', async () => {
    await client.run('ALTER TABLE sale RENAME TO sold');
    await pass(60);
    expect(await totals()).toHaveLength(2);
    expect(await history(', ERROR_ONLY => TRUE')).toEqual([{ TRIGGER: 'SCHEDULED', ACTION: null, STATE: 'FAILED' }]);
    expect(await client.refusal('ALTER DYNAMIC TABLE total REFRESH')).toMatchObject({
      code: '002003',
      sqlState: '42S02',
    });
  });

  it('may be empty at first, renamed, altered, described and dropped, but not written', async () => {
    await client.run(
      `CREATE OR REPLACE DYNAMIC TABLE total TARGET_LAG = '1 hour' WAREHOUSE = wh INITIALIZE = ON_SCHEDULE AS SELECT country FROM sale`,
    );
    expect(await totals()).toEqual([]);
    await pass(1);
    expect(await totals()).toHaveLength(2);
    expect(await client.refusal('DELETE FROM total')).toMatchObject({
      code: '002043',
      message: expect.stringContaining('DYNAMIC TABLE'),
    });
    await client.run(`ALTER DYNAMIC TABLE total SET TARGET_LAG = DOWNSTREAM, COMMENT = 'by country'`);
    await client.run('ALTER DYNAMIC TABLE total RENAME TO sums');
    expect(await client.run('DESCRIBE DYNAMIC TABLE sums')).toMatchObject([
      { name: 'COUNTRY', type: 'VARCHAR(16777216)' },
    ]);
    expect(await client.run('SHOW DYNAMIC TABLES')).toMatchObject([
      { name: 'SUMS', target_lag: 'DOWNSTREAM', comment: 'by country' },
    ]);
    expect(await client.run(`SELECT table_type FROM INFORMATION_SCHEMA.TABLES WHERE table_name = 'SUMS'`)).toEqual([
      { TABLE_TYPE: 'BASE TABLE' },
    ]);
    await client.run('DROP DYNAMIC TABLE sums');
    expect(await client.run('SHOW DYNAMIC TABLES')).toEqual([]);
  });

  it('needs a lag of a minute at least, a warehouse, and a query that reads no stream', async () => {
    const made = (lag: string, query = 'SELECT 1 AS one', warehouse = 'wh'): Promise<unknown> =>
      client.refusal(`CREATE DYNAMIC TABLE d TARGET_LAG = '${lag}' WAREHOUSE = ${warehouse} AS ${query}`);
    expect(await made('30 seconds')).toMatchObject({ code: '001008' });
    expect(await made('1 minute', 'SELECT 1 AS one', 'other')).toMatchObject({ code: '002003' });
    await client.run('CREATE STREAM news ON TABLE sale');
    expect(await made('1 minute', 'SELECT * FROM news')).toMatchObject({ code: '000002' });
  });
});
