import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { StillRunning, type Course } from '../../shared/snowflake/course.ts';
import { sql } from '../../shared/sql/statement.ts';
import { openWorld, type World } from './world.ts';

const tag = { pipeline: 'orders', batchId: 'LONG', attempt: 1 };
const PLACE = 'DEV_RAW_PROCESSED.FIRN';
// A second or more for DuckDB, whatever the machine.
const SLOW = `select count(*) as N from (select seq4() as A from table(generator(rowcount => 3000))) a
  join (select seq4() as B from table(generator(rowcount => 3000))) b on mod(A * B, 1000003) = 7`;

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.rows({ text: `create table ${PLACE}.COUNTED (N number)` });
});
afterAll(() => world.close());

const soon = (): Course => ({ submitted: new Map(), deadline: Date.now() + 300 });

it('a statement that outlives its function is taken up by the next one, and has run once', async () => {
  const slow = sql(
    'count-slowly',
  )`create or replace table DEV_RAW_PROCESSED.FIRN.SLOW as select 1 as N where 0 < (select N from (${{ text: SLOW, binds: [] }}))`;
  const first = soon();

  await expect(world.connect().follow(slow, tag, first)).rejects.toThrow(StillRunning);
  const second = { ...first, deadline: Infinity };
  const { queryId } = await world.connect().follow(slow, tag, second);

  expect([...second.submitted]).toEqual([['count-slowly', queryId]]);
  const runs = await world.rows({
    text: `select QUERY_ID from table(DEV_RAW_PROCESSED.INFORMATION_SCHEMA.QUERY_HISTORY()) where QUERY_TEXT ilike 'create or replace table DEV_RAW_PROCESSED.FIRN.SLOW%'`,
  });
  expect(runs).toEqual([{ QUERY_ID: queryId }]);
  expect(await world.size(`${PLACE}.SLOW`)).toBe(1);
});

it('a transaction that outlives its function leaves neither rows nor locks', async () => {
  const insert = sql('insert')`insert into DEV_RAW_PROCESSED.FIRN.COUNTED select 1`;
  const slowly = sql('insert-slowly')`insert into DEV_RAW_PROCESSED.FIRN.COUNTED ${{ text: SLOW, binds: [] }}`;

  await expect(world.connect().transaction([insert, slowly], tag, soon())).rejects.toMatchObject({
    kind: 'RetryLater',
  });
  expect(await world.size(`${PLACE}.COUNTED`)).toBe(0);

  await world.connect().transaction([insert], tag);
  expect(await world.size(`${PLACE}.COUNTED`)).toBe(1);
});
