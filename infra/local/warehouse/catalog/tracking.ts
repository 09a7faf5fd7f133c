import { quoteIdentifier } from '../sql/identifier.ts';

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
