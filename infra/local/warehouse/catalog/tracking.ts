import type { Run } from '../engine/duck.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import type { Warehouse } from '../warehouse.ts';
import { duckType } from './column-types.ts';
import type { TableDetails } from './object.ts';

/**
 * The hidden column of a table that streams watch: which row it is, which transaction inserted it (NULL once the journal holds the row
 * as it was inserted), and which one made this version of it; NULL is before any stream.
 */
export const TRACKING = '"METADATA$TXN"';

const TYPE = 'STRUCT("row" BIGINT, born BIGINT, version BIGINT)';

/** Its definition, as in CREATE TABLE. */
export const TRACKING_COLUMN = `${TRACKING} ${TYPE} DEFAULT {'row': nextval('_catalog.row_ids'), 'born': getvariable('txn'), 'version': getvariable('txn')}`;

/** The column of a journal that says which transaction ended the version. */
export const DIED = '"METADATA$DIED"';

/** Columns that a journal has besides those of its table. */
export const JOURNAL_COLUMNS = `${TRACKING} ${TYPE}, ${DIED} BIGINT`;

/** Where versions of rows go that an UPDATE or DELETE has ended, for as long as a stream may ask for them. */
export const journalOf = (physical: string): string =>
  `_catalog.${quoteIdentifier(`journal ${/#(\d+(?:~\d+)?)"$/.exec(physical)?.[1] ?? physical}`)}`;

/** Makes a table one that streams can watch: its rows get numbers, and a journal for versions that end. */
export const track = async (
  run: Run,
  { physical, columns }: Pick<TableDetails, 'physical' | 'columns'>,
): Promise<void> => {
  await run(`ALTER TABLE ${physical} ADD COLUMN ${TRACKING_COLUMN}`);
  await run(
    `UPDATE ${physical} SET ${TRACKING} = {'row': ${TRACKING}."row", 'born': NULL::BIGINT, 'version': NULL::BIGINT}`,
  );
  const texts = columns.map((column) => `${quoteIdentifier(column.name)} ${duckType(column)}`);
  await run(`CREATE TABLE ${journalOf(physical)} (${texts.join(', ')}, ${JOURNAL_COLUMNS})`);
};

/** Makes durable that tables are tracked: DuckDB can't replay a column's computed default from its log after a crash, so that the log must not keep it. */
export const keepTracking = async ({ database }: Warehouse): Promise<void> => {
  await database.own.run('CHECKPOINT').catch(() => undefined);
};
