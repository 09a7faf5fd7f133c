import type { Column } from '../contract.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import { duckType } from './column-types.ts';
import type { ViewCell } from '../metadata/virtual-view.ts';

/** DuckDB text of a subquery that has exactly these rows. */
export const valuesText = (columns: readonly Column[], rows: readonly (readonly ViewCell[])[]): string => {
  // A column that is NULL throughout need not be written once a row.
  const isEmpty = columns.map((_, i) => i > 0 && rows.every((row) => row[i] === null || row[i] === undefined));
  const list = columns
    .map(
      (column, i) => `CAST(${isEmpty[i] ? 'NULL' : `c${i}`} AS ${duckType(column)}) AS ${quoteIdentifier(column.name)}`,
    )
    .join(', ');
  const filled = columns.flatMap((_, i) => (isEmpty[i] ? [] : [i]));
  const places = filled.map((i) => `c${i}`).join(', ');
  const none = `(${filled.map(() => 'NULL').join(', ')})`;
  const lines = rows.map((row) => `(${filled.map((i) => cellText(row[i])).join(', ')})`);
  return `(SELECT ${list} FROM (VALUES ${[none, ...lines].join(', ')}) AS v(${places}) OFFSET 1)`;
};

const cellText = (cell: ViewCell): string => {
  if (cell === null || cell === undefined) return 'NULL';
  if (typeof cell === 'object' && 'sql' in cell) return cell.sql;
  if (cell instanceof Date) return `TIMESTAMPTZ '${cell.toISOString()}'`;
  return typeof cell === 'string' ? quoteString(cell) : String(cell);
};
