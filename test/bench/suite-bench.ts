import { startWarehouse } from '../../infra/local/warehouse/server.ts';
import { openSession, type Session } from '../../infra/cli/session.ts';
import { TableRef } from '../../events/contract.ts';
import { judgeRows } from '../../services/validate/sql/judge-rows.ts';
import { compileSuite } from '../../services/validate/suites/compile-suite.ts';

const ROWS = 541_909;
const COLUMNS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'];

/** Forty expectations: on each of ten columns that it is there, in a range, and the mean and the maximum of all. */
const EXPECTATIONS = COLUMNS.flatMap((column) => [
  { type: 'expect_column_values_to_not_be_null', kwargs: { column } },
  { type: 'expect_column_values_to_be_between', kwargs: { column, min_value: 0, max_value: 990 } },
  { type: 'expect_column_mean_to_be_between', kwargs: { column, min_value: 0 } },
  { type: 'expect_column_max_to_be_between', kwargs: { column, max_value: 1000 } },
]);

/** The same aggregates as somebody writes them by hand, in one query and one scan. */
const byHand = (): string => {
  const figures = COLUMNS.map(
    (it) =>
      `count_if(${it} is null) as N_${it}, count_if(${it} < 0 or ${it} > 990) as O_${it}, avg(${it}) as MEAN_${it}, max(${it}) as M_${it}`,
  );
  return `select ${figures.join(', ')} from GOODS`;
};

/** The least that it took of this process's time, the warehouse's part included: others on the machine don't count. */
const best = async (times: number, work: () => Promise<unknown>): Promise<number> => {
  let least = Infinity;
  for (let i = 0; i < times; i += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000_000);
  }
  return least;
};

/** A suite of 40 expectations on 541,909 rows against a query by hand, and against one query an expectation; the best of five each. */
export const suiteSeconds = async (): Promise<Readonly<Record<'suite' | 'byHand' | 'oneByOne', number>>> => {
  const warehouse = await startWarehouse();
  try {
    const session = await openSession(warehouse.url);
    await fill(session);
    const from = TableRef.parse('BENCH.PUBLIC.GOODS');
    const judge = async (expectations: readonly object[]): Promise<void> => {
      const suite = compileSuite('bench', { meta: { key: 'A' }, expectations });
      await session.rows(judgeRows({ suite, stage: 'transformed', from }));
    };
    const suite = await best(5, () => judge(EXPECTATIONS));
    const hand = await best(5, () => session.rows({ text: byHand() }));
    const oneByOne = await best(1, async () => {
      for (const it of EXPECTATIONS) await judge([it]);
    });
    await session.close();
    return { suite, byHand: hand, oneByOne };
  } finally {
    await warehouse.close();
  }
};

const fill = async (session: Session): Promise<void> => {
  await session.rows({ text: 'create database BENCH' });
  await session.rows({ text: 'use schema BENCH.PUBLIC' });
  const values = COLUMNS.map((it, index) => `mod(N * ${7 + index * 6}, 1000)::number(10,0) as ${it}`);
  await session.rows({
    text: `create table GOODS as select 'v' || mod(N, 25900) as ROW_VERSION, 'f' as FILE_NAME, mod(N, 25900) as FILE_ROW_NUMBER,
      null::varchar as DEFECTS, ${values.join(', ')} from (select seq4() as N from table(generator(rowcount => ${ROWS})))`,
  });
};
