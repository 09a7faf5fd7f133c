import type { Client } from '../../infra/local/warehouse/test/client.ts';
import { TableRef } from '../../events/contract.ts';
import { findResults, type Finding } from '../../services/validate/results/find-results.ts';
import { judgeRows } from '../../services/validate/sql/judge-rows.ts';
import { listColumns, toJudgedColumn } from '../../services/validate/sql/list-columns.ts';
import { compileSuite } from '../../services/validate/suites/compile-suite.ts';
import type { Result } from '../../shared/snowflake/warehouse.ts';
import type { Statement } from '../../shared/sql/statement.ts';

/** What a suite came to on a table, and which statements it took. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly sums: Result['rows'][number];
  readonly statements: readonly string[];
}

/** Judges a table by expectations, as validate does. */
export const judge = async (
  client: Client,
  table: string,
  expectations: readonly unknown[],
  meta = {},
): Promise<Judged> => {
  const suite = compileSuite('x', { meta: { key: 'ID', ...meta }, expectations });
  const from = TableRef.parse(`TEST.PUBLIC.${table}`);
  const statements: string[] = [];
  const run = async (statement: Statement) => {
    statements.push(statement.name);
    return (await client.run(statement.text, statement.binds)) as Result['rows'];
  };
  const [sums] = await run(judgeRows({ suite, stage: 'extracted', from }));
  const needsColumns = suite.expectations.some((it) => it.judges.judges === 'columns');
  const listed = needsColumns ? await run(listColumns({ table: from })) : [];
  return { findings: findResults(suite, sums!, listed.map(toJudgedColumn)), sums: sums!, statements };
};

/** Ten rows, each a document of its own, with a column for each matter; and the same columns without rows. */
export const createTables = async (client: Client): Promise<void> => {
  await client.run(`
    create or replace table GOODS as
    select
      column1::varchar as ID, 'file.ndjson' as FILE_NAME, column1::number(38,0) as FILE_ROW_NUMBER, lpad(column1, 4, '0') as ROW_VERSION,
      'B' as BATCH_ID, null::varchar as DEFECTS,
      column2::number(10,0) as N, column3::number(10,2) as PRICE, column4::varchar as SKU, column5::varchar as COUNTRY, column6::date as DAY,
      column7::number(10,0) as RISES, column8::varchar as TEXT, column9::number(10,0) as A, column10::number(10,0) as B,
      null::varchar as NOTHING, column11::float as F, column1::number(10,0) as U
    from values
      (1, 1, 1.50, '001', 'NO', '2026-01-01', 1, '{"a": 1}', 1, 1, 1),
      (2, 2, 2.50, '002', 'NO', '2026-01-02', 2, '[]', 2, 1, 1),
      (3, 3, 3.50, '003', 'NO', '2026-01-03', 2, 'null', 3, 3, 1),
      (4, 4, 4.50, '004', 'SE', '2026-01-04', 3, '1', 4, 5, 1),
      (5, 5, 5.50, '005', 'SE', '2026-01-05', 4, '"x"', 5, 5, 1),
      (6, 6, 6.50, '006', 'DK', '2026-01-06', 5, '2026-01-01', 6, null, 1),
      (7, 7, 7.50, '007', 'DK', '2026-01-07', 6, 'not json', null, 7, 1),
      (8, 8, 8.50, 'A''1', 'FI', '2026-01-08', 5, '', null, null, 1),
      (9, 9, 9.50, '%_x', null, '2026-01-09', 7, null, 9, 8, 1),
      (10, null, null, null, null, null, null, null, 10, 10, 11)
  `);
  await client.run('create or replace table EMPTY as select * from GOODS where false');
};
