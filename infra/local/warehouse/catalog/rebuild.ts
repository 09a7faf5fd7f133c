import type { Run } from '../engine/duck.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { duckColumn } from './column-definition.ts';
import { duckType } from './column-types.ts';
import type { DeclaredColumn, TableDetails } from './object.ts';
import { DIED, JOURNAL_COLUMNS, journalOf, TRACKING, TRACKING_COLUMN } from './tracking.ts';

/**
 * Gives a table other columns by writing it anew: DuckDB cannot alter a table twice in one transaction. `from` says of each new column
 * what fills it.
 */
export const rebuild = async (
  run: Run,
  details: TableDetails,
  columns: readonly DeclaredColumn[],
  from: (column: DeclaredColumn) => string,
): Promise<TableDetails> => {
  const { physical, tracked, sequences = [] } = details;
  const next = physical.replace(/(?:~(\d+))?"$/, (_, count?: string) => `~${Number(count ?? 0) + 1}"`);
  const texts = columns.map((column) =>
    duckColumn(
      column,
      sequences.find((name) => name.endsWith(`#${column.name.replaceAll('"', '""')}"`)),
    ),
  );
  if (tracked) texts.push(TRACKING_COLUMN);
  const names = columns.map(({ name }) => quoteIdentifier(name));
  const values = columns.map((column) => `CAST(${from(column)} AS ${duckType(column)})`);
  if (tracked) {
    names.push(TRACKING);
    values.push(TRACKING);
  }
  await run(`CREATE ${physical.startsWith('temp.') ? 'TEMP ' : ''}TABLE ${next} (${texts.join(', ')})`);
  await run(`INSERT INTO ${next} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${physical}`);
  await run(`DROP TABLE ${physical}`);
  if (tracked) await rebuildJournal(run, physical, next, columns, names, values);
  return { ...details, physical: next, columns };
};

const rebuildJournal = async (
  run: Run,
  physical: string,
  next: string,
  columns: readonly DeclaredColumn[],
  names: readonly string[],
  values: readonly string[],
): Promise<void> => {
  const texts = columns.map((column) => `${quoteIdentifier(column.name)} ${duckType(column)}`);
  await run(`CREATE TABLE ${journalOf(next)} (${texts.join(', ')}, ${JOURNAL_COLUMNS})`);
  await run(
    `INSERT INTO ${journalOf(next)} (${names.join(', ')}, ${DIED}) SELECT ${values.join(', ')}, ${DIED} FROM ${journalOf(physical)}`,
  );
  await run(`DROP TABLE ${journalOf(physical)}`);
};

/** Changes a column of a table in place, and of its journal if it has one. */
export const alterInPlace = async (run: Run, { physical, tracked }: TableDetails, action: string): Promise<void> => {
  await run(`ALTER TABLE ${physical} ${action}`);
  if (tracked) await run(`ALTER TABLE ${journalOf(physical)} ${action}`);
};
