import type { Column } from '../contract.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import { duckType } from './column-types.ts';
import type { ViewCell } from './virtual-view.ts';

/** DuckDB text of a subquery that has exactly these rows. */
export const valuesText = (columns: readonly Column[], rows: readonly (readonly ViewCell[])[]): string => {
  const list = columns
    .map(({ name }, i) => `CAST(c${i} AS ${duckType(columns[i]!)}) AS ${quoteIdentifier(name)}`)
    .join(', ');
  const places = columns.map((_, i) => `c${i}`).join(', ');
  const none = `(${columns.map(() => 'NULL').join(', ')})`;
  const lines = rows.map((row) => `(${row.map(cellText).join(', ')})`);
  return `(SELECT ${list} FROM (VALUES ${[none, ...lines].join(', ')}) AS v(${places}) OFFSET 1)`;
};

const cellText = (cell: ViewCell): string => {
  if (cell === null || cell === undefined) return 'NULL';
  if (typeof cell === 'object' && 'sql' in cell) return cell.sql;
  if (cell instanceof Date) return `TIMESTAMPTZ '${cell.toISOString()}'`;
  return typeof cell === 'string' ? quoteString(cell) : String(cell);
};
