import type { Run } from '../engine/duck.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import type { CatalogObject, DeclaredColumn, TableDetails } from './object.ts';
import { journalOf } from './tracking.ts';

/** Drops what holds a table's rows. */
export const dropPhysical = async (run: Run, table: CatalogObject): Promise<void> => {
  const { physical, tracked, sequences = [] } = table.details as TableDetails;
  await run(`DROP TABLE ${physical}`);
  if (tracked) await run(`DROP TABLE ${journalOf(physical)}`);
  for (const sequence of sequences) await run(`DROP SEQUENCE ${sequence}`);
};

/** The quoted DuckDB name of a new table's rows; the number keeps it apart from others that once had the name. */
export const physicalName = (path: readonly string[], id: number, temporary: boolean): string =>
  temporary
    ? `temp.main.${quoteIdentifier(`${path.join('.')}#${id}`)}`
    : `${quoteIdentifier(path.slice(0, 2).join('.'))}.${quoteIdentifier(`${path[2]!}#${id}`)}`;

/** Makes the sequences of AUTOINCREMENT columns, one a column; they count from their start, or from where another one got to. */
export const makeSequences = async (
  run: Run,
  physical: string,
  columns: readonly DeclaredColumn[],
  counted: readonly (number | undefined)[] = [],
): Promise<(string | undefined)[]> => {
  const names: (string | undefined)[] = [];
  for (const { name, autoincrement } of columns) {
    names.push(autoincrement && physical.replace(/"$/, `#${name.replaceAll('"', '""')}"`));
    if (autoincrement)
      await run(
        `CREATE ${physical.startsWith('temp.') ? 'TEMP ' : ''}SEQUENCE ${names.at(-1)} START ${counted[names.length - 1] ?? autoincrement.start} INCREMENT ${autoincrement.step} ${autoincrement.step < 0 ? 'MINVALUE -9223372036854775808' : 'MINVALUE -9223372036854775807'}`,
      );
  }
  return names;
};

/** What makes the sequence behind CREATE SEQUENCE. */
export const sequenceSql = (physical: string, start: number, step: number): string => {
  const least = step < 0 ? '-9223372036854775808' : String(Math.min(start, 1));
  return `CREATE SEQUENCE ${physical} INCREMENT ${step} MINVALUE ${least} ${step < 0 ? 'MAXVALUE 9223372036854775807' : ''} START ${start}`;
};
