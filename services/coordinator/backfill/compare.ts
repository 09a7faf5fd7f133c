import type { TableShape } from '../../../events/contract.ts';
import type { QueryTag, Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { isIdentical, tableReport, type TableReport } from './report.ts';
import { countDifferences, measureTables, sampleDifferences, type Comparison } from './sql/compare-tables.ts';
import { findTable } from './sql/keep-comparison.ts';

/** Compares one live table with its shadow: counts and one hash first, rows and columns only where these differ. */
export const compareTable = async (
  warehouse: Warehouse,
  shape: TableShape,
  of: Omit<Comparison, 'shape' | 'isLive'>,
  tag: QueryTag,
): Promise<TableReport> => {
  const isLive = (await warehouse.run(findTable(shape.live), tag)).rows.length > 0;
  const comparison: Comparison = { ...of, shape, isLive };
  const measured = (await warehouse.run(measureTables(comparison), tag)).rows;
  if (isIdentical(measured)) return tableReport(shape, measured);
  const counts = (await warehouse.run(countDifferences(comparison), tag)).rows[0] ?? {};
  const samples = (await warehouse.run(sampleDifferences(comparison), tag)).rows;
  return tableReport(shape, measured, { counts, samples });
};
