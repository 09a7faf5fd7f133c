import type { Column } from '../contract.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import { duckType } from './column-types.ts';
import type { ViewCell } from '../metadata/virtual-view.ts';

type Row = readonly ViewCell[];

/** DuckDB text of a subquery that has exactly these rows, in their order. */
export const valuesText = (columns: readonly Column[], rows: readonly Row[]): string => {
  const computed = columns.flatMap((_, i) => (rows.some((row) => isComputed(row[i])) ? [i] : []));
  const same = columns.map((_, i) => sameText(rows, i));
  const listed = columns.flatMap((_, i) => (same[i] === undefined && !computed.includes(i) ? [i] : []));
  const list = columns
    .map((column, i) => `CAST(${same[i] ?? `c${i}`} AS ${duckType(column)}) AS ${quoteIdentifier(column.name)}`)
    .join(', ');
  const none = `(${['NULL', ...listed.map(() => 'NULL')].join(', ')})`;
  const lines = rows.map((row, n) => `(${[n, ...listed.map((i) => cellText(row[i]))].join(', ')})`);
  const values = `(VALUES ${[none, ...lines].join(', ')}) AS v(${['n', ...listed.map((i) => `c${i}`)].join(', ')})`;
  const joined = computed.length === 0 ? '' : ` LEFT JOIN ${computedText(rows, computed)} USING (n)`;
  return `(SELECT ${list} FROM ${values}${joined} WHERE n IS NOT NULL ORDER BY n)`;
};

/** A column that is the same throughout need not be written once a row: its text; undefined for any other. */
const sameText = (rows: readonly Row[], i: number): string | undefined => {
  if (rows.some((row) => isComputed(row[i]))) return undefined;
  const first = cellText(rows[0]?.[i]);
  return rows.every((row) => cellText(row[i]) === first) ? first : undefined;
};

/** What is computed, row by row: as many subqueries in one list of values would be joined with one another. */
const computedText = (rows: readonly Row[], columns: readonly number[]): string => {
  const selects = rows.flatMap((row, n) =>
    columns.some((i) => isComputed(row[i]))
      ? [`SELECT ${[`${n} AS n`, ...columns.map((i) => `${cellText(row[i])} AS c${i}`)].join(', ')}`]
      : [],
  );
  return `(${selects.join(' UNION ALL ')}) AS computed`;
};

const isComputed = (cell: ViewCell): cell is { readonly sql: string } =>
  typeof cell === 'object' && cell !== null && 'sql' in cell;

const cellText = (cell: ViewCell): string => {
  if (cell === null || cell === undefined) return 'NULL';
  if (isComputed(cell)) return cell.sql;
  if (cell instanceof Date) return `TIMESTAMPTZ '${cell.toISOString()}'`;
  return typeof cell === 'string' ? quoteString(cell) : String(cell);
};
