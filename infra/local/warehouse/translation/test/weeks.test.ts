import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Fixture } from '../../test/client.ts';
import type { Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
beforeAll(async () => {
  client = await fixture.start();
});
afterAll(() => fixture.stop());

/** Of Sunday, 1 January 2017 and Monday, 2 January 2017: day, week, year of the week, first and last day of the week; weeks between the two. */
const QUERY = `SELECT LISTAGG(DAYOFWEEK(d) || ' ' || WEEK(d) || ' ' || YEAROFWEEK(d) || ' ' || DATE_TRUNC('week', d)::VARCHAR || ' ' || LAST_DAY(d, 'week')::VARCHAR, '; ')
    WITHIN GROUP (ORDER BY d) || '; ' || MAX(DATEDIFF(week, '2017-01-01'::DATE, '2017-01-02'::DATE)) AS R
  FROM (SELECT column1::DATE AS d FROM VALUES ('2017-01-01'), ('2017-01-02'))`;

it.each([
  [0, 0, '0 52 2016 2016-12-26 2017-01-01; 1 1 2017 2017-01-02 2017-01-08; 1'],
  [1, 0, '7 52 2016 2016-12-26 2017-01-01; 1 1 2017 2017-01-02 2017-01-08; 1'],
  [7, 0, '1 1 2017 2017-01-01 2017-01-07; 2 1 2017 2017-01-01 2017-01-07; 0'],
  [3, 0, '5 53 2016 2016-12-28 2017-01-03; 6 53 2016 2016-12-28 2017-01-03; 0'],
  [1, 1, '7 1 2017 2016-12-26 2017-01-01; 1 2 2017 2017-01-02 2017-01-08; 1'],
  [3, 1, '5 1 2017 2016-12-28 2017-01-03; 6 1 2017 2016-12-28 2017-01-03; 0'],
])('counts weeks that start on day %d by policy %d', async (start, policy, expected) => {
  await client.run(`ALTER SESSION SET WEEK_START = ${start}, WEEK_OF_YEAR_POLICY = ${policy}`);

  expect(await client.run(QUERY)).toEqual([{ R: expected }]);
});

it('leaves ISO weeks as they are', async () => {
  await client.run('ALTER SESSION SET WEEK_START = 7, WEEK_OF_YEAR_POLICY = 1');

  expect(await client.run(`SELECT WEEKISO('2017-01-01'::DATE) AS W, DAYOFWEEKISO('2017-01-01'::DATE) AS D`)).toEqual([
    { W: 52, D: 7 },
  ]);
});

it('refuses a day that no week has', async () => {
  expect(await client.refusal('ALTER SESSION SET WEEK_START = 8')).toMatchObject({
    message: expect.stringContaining('WEEK_START'),
  });
});
