import type { TableRef } from '../../../events/contract.ts';
import type { QueryTag, Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { listColumns, toJudgedColumn } from '../sql/list-columns.ts';
import type { Suite } from '../suites/compile-suite.ts';
import type { JudgedColumn } from '../suites/expectation.ts';

/** The table's columns, asked for only where an expectation is about them. */
export const columnsOf = async (
  warehouse: Warehouse,
  { expectations }: Pick<Suite, 'expectations'>,
  table: TableRef,
  tag: QueryTag,
): Promise<readonly JudgedColumn[]> => {
  if (!expectations.some((it) => it.judges.judges === 'columns')) return [];
  return (await warehouse.run(listColumns({ table }), tag)).rows.map(toJudgedColumn);
};
