import { startWarehouse } from '../../infra/local/warehouse/server.ts';
import { openSession, type Session } from '../../infra/cli/session.ts';
import { TableRef } from '../../events/contract.ts';
import { judgeRows } from '../../services/validate/sql/judge-rows.ts';
import { sumVerdicts } from '../../services/validate/sql/sum-verdicts.ts';
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

/** The same aggregates as somebody writes them by hand: documents that break a rule, and all figures, in one query. */
const byHand = (): string => {
  const each = COLUMNS.map(
    (it) =>
      `count_if(${it} is null) as N_${it}, count_if(${it} < 0 or ${it} > 990) as O_${it}, sum(${it}) as S_${it}, count(${it}) as C_${it}, max(${it}) as M_${it}`,
  );
  const all = COLUMNS.map(
    (it) =>
      `sum(N_${it}) as N_${it}, sum(O_${it}) as O_${it}, sum(S_${it}) / sum(C_${it}) as MEAN_${it}, max(M_${it}) as M_${it}`,
  );
  const bad = COLUMNS.map((it) => `N_${it} > 0 or O_${it} > 0`).join(' or ');
  return `select count_if(${bad}) as BAD, ${all.join(', ')} from (select ROW_VERSION, ${each.join(', ')} from GOODS group by ROW_VERSION)`;
};

const best = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  let least = Infinity;
  for (let i = 0; i < count; i += 1) {
    const started = performance.now();
    await work();
    least = Math.min(least, (performance.now() - started) / 1000);
  }
  return least;
};

/** A suite of 40 expectations on 541,909 rows against a query by hand, and against one query an expectation; the best of three each. */
export const suiteSeconds = async (): Promise<Readonly<Record<'suite' | 'byHand' | 'oneByOne', number>>> => {
  const warehouse = await startWarehouse();
  try {
    const session = await openSession(warehouse.url);
    await fill(session);
    const [from, into] = [TableRef.parse('BENCH.PUBLIC.GOODS'), TableRef.parse('BENCH.PUBLIC.VERDICTS')];
    const judge = async (expectations: readonly object[]): Promise<void> => {
      const suite = compileSuite('bench', { meta: { key: 'A' }, expectations });
      await session.rows(judgeRows({ suite, stage: 'extracted', from, into }));
      await session.rows(sumVerdicts({ suite, from: into, rows: from }));
    };
    const suite = await best(3, () => judge(EXPECTATIONS));
    const hand = await best(3, () => session.rows({ text: byHand() }));
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
