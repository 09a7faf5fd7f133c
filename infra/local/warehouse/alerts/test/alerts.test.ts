import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
let now = new Date('2026-03-01T10:00:00Z');

beforeAll(async () => {
  client = await fixture.start({ clock: () => now, timeZone: 'UTC' });
  for (const sql of [
    'USE SCHEMA test.public',
    'CREATE WAREHOUSE wh',
    'CREATE TABLE gauge (v INT)',
    'CREATE TABLE told (what VARCHAR, since TIMESTAMP_LTZ, at TIMESTAMP_LTZ)',
    `CREATE ALERT high WAREHOUSE = wh SCHEDULE = '5 MINUTE' COMMENT = 'too much'
       IF (EXISTS (SELECT v FROM gauge WHERE v > (10)))
       THEN INSERT INTO told SELECT v::VARCHAR, SNOWFLAKE.ALERT.LAST_SUCCESSFUL_SCHEDULED_TIME(), SNOWFLAKE.ALERT.SCHEDULED_TIME()
         FROM TABLE(RESULT_SCAN(SNOWFLAKE.ALERT.GET_CONDITION_QUERY_UUID()));`,
  ])
    await client.run(sql);
});
afterAll(() => fixture.stop());

const after = async (minutes: number): Promise<void> => {
  now = new Date(now.getTime() + minutes * 60_000);
  await fixture.warehouse.runDueTasks();
};

const told = async (): Promise<unknown[]> =>
  client.run(`SELECT what, TO_CHAR(since, 'HH24:MI') AS since, TO_CHAR(at, 'HH24:MI') AS at FROM told ORDER BY at`);

const states = async (name: string): Promise<unknown[]> =>
  (
    await client.run(
      `SELECT state FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY(ALERT_NAME => '${name}')) WHERE state <> 'SCHEDULED' ORDER BY scheduled_time`,
    )
  ).map(({ STATE }) => STATE);

describe('an alert', () => {
  it('is suspended at first, and shown', async () => {
    await after(6);
    expect(await states('high')).toEqual([]);
    const shown = {
      name: 'HIGH',
      comment: 'too much',
      warehouse: 'WH',
      schedule: '5 MINUTE',
      state: 'suspended',
      condition: 'SELECT v FROM gauge WHERE v > (10)',
      action: expect.stringMatching(/^INSERT INTO told .*UUID\(\)\)\)$/s),
    };
    expect(await client.run('SHOW ALERTS')).toMatchObject([shown]);
    expect(await client.run('DESC ALERT high')).toMatchObject([shown]);
  });

  it('does what it is for when its condition has a row, by its schedule', async () => {
    await client.run('ALTER ALERT high RESUME');
    await after(5);
    expect(await told()).toEqual([]);
    await client.run('INSERT INTO gauge VALUES (5), (12)');
    await after(4);
    expect(await told()).toEqual([]);
    await after(1);

    expect(await told()).toEqual([{ WHAT: '12', SINCE: '10:11', AT: '10:16' }]);
    expect(await states('high')).toEqual(['CONDITION_FALSE', 'TRIGGERED']);
    const [coming] = await client.run(
      `SELECT TO_CHAR(scheduled_time, 'HH24:MI') AS at FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY()) WHERE state = 'SCHEDULED'`,
    );
    expect(coming).toEqual({ AT: '10:21' });
  });

  it('is executed at once, changed, suspended and dropped', async () => {
    await client.run('ALTER ALERT high SUSPEND');
    await client.run(`ALTER ALERT high MODIFY ACTION INSERT INTO told (what) VALUES ('again')`);
    await client.run("ALTER ALERT high MODIFY CONDITION EXISTS (SHOW TABLES LIKE 'gauge')");
    expect(await client.run('EXECUTE ALERT high')).toEqual([{ status: 'Alert HIGH is scheduled to run immediately.' }]);
    await after(0);

    expect(await client.run(`SELECT COUNT(*) AS n FROM told WHERE what = 'again'`)).toEqual([{ N: 1 }]);
    await after(20);
    expect(await states('high')).toHaveLength(3);
    await client.run('DROP ALERT high');
    expect(await client.run('SHOW ALERTS')).toEqual([]);
  });

  it('tells whether its condition or its action failed', async () => {
    await client.run(`CREATE ALERT bad SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT * FROM nothing)) THEN SELECT 1`);
    await client.run(`CREATE ALERT worse SCHEDULE = 'USING CRON * * * * * UTC' IF (EXISTS (SELECT 1)) THEN SELECT 1/0`);
    await client.run('EXECUTE ALERT bad');
    await client.run('EXECUTE ALERT worse');
    await after(0);

    expect(await states('bad')).toEqual(['CONDITION_FAILED']);
    expect(await states('worse')).toEqual(['ACTION_FAILED']);
    expect(
      await client.run(
        `SELECT sql_error_code AS code, scheduled_from AS f FROM TABLE(INFORMATION_SCHEMA.ALERT_HISTORY(ALERT_NAME => 'bad'))`,
      ),
    ).toEqual([{ CODE: 2003, F: 'EXECUTE ALERT' }]);
  });

  it.each([
    [`CREATE ALERT never IF (EXISTS (SELECT 1)) THEN SELECT 1`, '000002'],
    [`CREATE ALERT never SCHEDULE = '1 MINUTE' CONFIG = '{}' IF (EXISTS (SELECT 1)) THEN SELECT 1`, '000002'],
    [`CREATE ALERT never SCHEDULE = 'now and then' IF (EXISTS (SELECT 1)) THEN SELECT 1`, '001008'],
    ['ALTER ALERT nothing RESUME', '002003'],
  ])('stops %s', async (sql, code) => {
    expect(await client.refusal(sql)).toMatchObject({ code });
  });
});
