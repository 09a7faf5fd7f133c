import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWarehouse, type StartedWarehouse } from '../server.ts';
import { connectClient, type Client } from './client.ts';

let warehouse: StartedWarehouse;
let client: Client;
beforeAll(async () => {
  warehouse = await startWarehouse();
  client = await connectClient(warehouse);
});
afterAll(async () => {
  await client.close();
  await warehouse.close();
});

const NOTHING = '(SELECT 1 AS x, true AS b WHERE false)';

it.each<[string, unknown]>([
  ['COUNT(*)', 0],
  ['COUNT(x)', 0],
  ['COUNT(DISTINCT x)', 0],
  ['COUNT_IF(x > 0)', 0],
  ['APPROX_COUNT_DISTINCT(x)', 0],
  ['SUM(x)', null],
  ['AVG(x)', null],
  ['MIN(x)', null],
  ['MEDIAN(x)', null],
  ['ANY_VALUE(x)', null],
  ['LISTAGG(x::VARCHAR)', ''],
  ['ARRAY_AGG(x)', []],
  ['OBJECT_AGG(x::VARCHAR, x)', {}],
  ['BOOLAND_AGG(b)', null],
  ['BOOLOR_AGG(b)', null],
  ['BOOLXOR_AGG(b)', null],
  ['BITOR_AGG(x)', null],
  ['MAX_BY(x, x)', null],
  ['HASH_AGG(x)', 0],
])('%s of nothing is %j', async (aggregate, expected) => {
  expect(await client.run(`SELECT ${aggregate} AS v FROM ${NOTHING}`)).toEqual([{ V: expected }]);
});

it('counts what is not the case per group as none', async () => {
  expect(
    await client.run(
      "SELECT g, COUNT_IF(x > 1) AS n FROM (SELECT 'a' AS g, 1 AS x UNION ALL SELECT 'b', NULL) GROUP BY g ORDER BY g",
    ),
  ).toEqual([
    { G: 'a', N: 0 },
    { G: 'b', N: 0 },
  ]);
});
