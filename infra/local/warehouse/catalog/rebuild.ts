import type { Run } from '../engine/duck.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { duckColumn } from './column-definition.ts';
import { duckType } from './column-types.ts';
import type { DeclaredColumn, TableDetails } from './object.ts';

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
  if (tracked) texts.push(`"METADATA$TXN" BIGINT DEFAULT getvariable('txn')`);
  const names = columns.map(({ name }) => quoteIdentifier(name));
  const values = columns.map((column) => `CAST(${from(column)} AS ${duckType(column)})`);
  if (tracked) {
    names.push('"METADATA$TXN"');
    values.push('"METADATA$TXN"');
  }
  await run(`CREATE ${physical.startsWith('temp.') ? 'TEMP ' : ''}TABLE ${next} (${texts.join(', ')})`);
  await run(`INSERT INTO ${next} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${physical}`);
  await run(`DROP TABLE ${physical}`);
  return { ...details, physical: next, columns };
};
