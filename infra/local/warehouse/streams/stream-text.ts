import { DIED, journalOf, TRACKING } from '../catalog/tracking.ts';
import type { TableDetails } from '../catalog/object.ts';
import type { Column } from '../contract.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import type { StreamDetails } from './stream-object.ts';

/** The columns that every stream adds to those of its table. */
export const STREAM_COLUMNS: readonly Column[] = [
  { name: 'METADATA$ACTION', type: 'text', length: 16_777_216 },
  { name: 'METADATA$ISUPDATE', type: 'boolean' },
  { name: 'METADATA$ROW_ID', type: 'text', length: 16_777_216 },
];

/** What transaction numbers the offset had seen, and what the reading transaction sees. NULL is from before any stream. */
const seenByOffset = (n: string): string => `(${n} IS NULL OR (${n} < o.next AND NOT list_contains(o.active, ${n})))`;
const seenNow = (n: string): string =>
  `(${n} IS NULL OR (${n} < getvariable('sf_next') AND NOT list_contains(getvariable('sf_active'), ${n})))`;

/** Every version of a table's rows `v` that some stream may ask for, as a DuckDB subquery: with row number, birth, beginning and end. */
export const versionsOf = ({ physical, columns }: Pick<TableDetails, 'physical' | 'columns'>): string => {
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const own = `${names}, ${TRACKING}."row" AS r, ${TRACKING}.born AS born, ${TRACKING}.version AS version`;
  return `(SELECT ${own}, NULL::BIGINT AS died FROM ${physical} UNION ALL SELECT ${own}, ${DIED} FROM ${journalOf(physical)})`;
};

/** Where a stream stands, as a DuckDB subquery `o`. */
export const offsetOf = (id: number): string =>
  `(SELECT next, active, initial FROM _catalog.stream_offsets WHERE stream = ${id})`;

const BEFORE = `(${seenByOffset('v.version')} AND (v.died IS NULL OR NOT ${seenByOffset('v.died')}))`;
const NOW = `(${seenNow('v.version')} AND (v.died IS NULL OR NOT ${seenNow('v.died')}))`;
const INSERTED = `(v.born IS NOT NULL AND NOT ${seenByOffset('v.born')} AND ${seenNow('v.born')})`;

/** The condition on a version `v` that it was there at the offset `o`, is there now, or is a row as it was inserted since. */
export const stateOf = (which: 'before' | 'now' | 'inserted'): string =>
  ({ before: BEFORE, now: NOW, inserted: INSERTED })[which];

/** A stream's rows as a DuckDB subquery; the offset is read in the same snapshot as the rows. */
export const streamText = (id: number, { mode, tableId }: StreamDetails, table: TableDetails): string => {
  const chosen = mode === 'APPEND_ONLY' ? INSERTED : `(${BEFORE} <> ${NOW})`;
  const action = mode === 'APPEND_ONLY' ? `'INSERT'` : `CASE WHEN o.initial OR ${NOW} THEN 'INSERT' ELSE 'DELETE' END`;
  const isUpdate = mode === 'APPEND_ONLY' ? 'FALSE' : '(NOT o.initial AND count(*) OVER (PARTITION BY v.r) > 1)';
  const rowId = `sha1('${tableId}:' || v.r)`;
  const extra = `${action} AS "METADATA$ACTION", ${isUpdate} AS "METADATA$ISUPDATE", ${rowId} AS "METADATA$ROW_ID"`;
  const rows = table.columns.map(({ name }) => `v.${quoteIdentifier(name)}`).join(', ');
  return `(SELECT ${rows}, ${extra} FROM ${versionsOf(table)} v, ${offsetOf(id)} o WHERE CASE WHEN o.initial THEN ${BEFORE} ELSE ${chosen} END)`;
};
