import { readFile } from 'node:fs/promises';
import type { Outcome, WireRow } from '../session/outcome.ts';
import type { Result } from './host.ts';
import { cellValue, type TypedValue } from './value.ts';

/** An outcome as a block reads it: rows that were spooled to files are read back piece by piece. */
export const resultOf = (outcome: Outcome, queryId: string): Result => ({
  queryId,
  columns: outcome.columns,
  changed: outcome.changed,
  rows: () => typedRows(outcome),
  outcome,
});

async function* typedRows({ columns, rows, chunks }: Outcome): AsyncGenerator<TypedValue[]> {
  const typed = (row: WireRow): TypedValue[] => row.map((text, i) => cellValue(columns[i]!, text));
  for (const row of rows) yield typed(row);
  for (const { file } of chunks) {
    for (const row of JSON.parse(`[${await readFile(file, 'utf8')}]`) as WireRow[]) yield typed(row);
  }
}
