import type { TableObject } from '../catalog/object.ts';
import { DIED, journalOf, TRACKING } from '../catalog/tracking.ts';
import type { Run } from '../engine/duck.ts';
import type { ModifyHook } from '../session/modifying.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import type { Warehouse } from '../warehouse.ts';
import type { StreamObject } from './stream-object.ts';

/** The streams that watch a table, by way of a view too. */
export const streamsOn = ({ catalog }: Warehouse, tableId: number): StreamObject[] =>
  catalog
    .list('STREAM')
    .filter(
      (stream): stream is StreamObject =>
        (stream as StreamObject).details.tableId === tableId ||
        (stream as StreamObject).details.tables?.includes(tableId) === true,
    );

/** Before rows of a watched table change, keeps them aside; afterwards, writes those that did change to the journal. */
export const journalChanges: ModifyHook = async (
  { database, schema, name },
  _,
  run,
  transaction,
  { warehouse, temporary },
) => {
  const path = [database, schema, name];
  const table = temporary.has(path.join('\0'))
    ? undefined
    : (warehouse.catalog.find('TABLE', path) as TableObject | undefined);
  if (!table?.details.tracked) return undefined;
  const streams = streamsOn(warehouse, table.id);
  if (streams.length === 0) return undefined;
  const { physical, columns } = table.details;
  const journal = journalOf(physical);
  const ids = streams.map(({ id }) => id).join(', ');
  await forget(run, journal, ids);
  const isSimple = streams.every(({ details }) => details.mode === 'APPEND_ONLY' && details.tables === undefined);
  const wanted = isSimple ? `WHERE ${pending(ids)}` : '';
  await run(`CREATE OR REPLACE TEMP TABLE "before" AS SELECT * FROM ${physical} ${wanted}`);
  return async () => {
    const changed = columns.map(
      (column) => `b.${quoteIdentifier(column.name)} IS DISTINCT FROM c.${quoteIdentifier(column.name)}`,
    );
    await run(
      `INSERT INTO ${journal} SELECT b.*, ${transaction.number} FROM "before" b LEFT JOIN ${physical} c ON c.${TRACKING}."row" = b.${TRACKING}."row"
       WHERE c.${TRACKING} IS NULL OR ${changed.join(' OR ')}`,
    );
    await run(
      `UPDATE ${physical} SET ${TRACKING} = {'row': ${TRACKING}."row", 'born': NULL::BIGINT, 'version': ${transaction.number}::BIGINT}
       WHERE ${TRACKING}."row" IN (SELECT ${TRACKING}."row" FROM ${journal} WHERE ${DIED} = ${transaction.number})`,
    );
    await run('DROP TABLE "before"');
  };
};

/** Rows whose insertion some stream has not been read past, or all rows while one shows those it began with. */
const pending = (ids: string): string =>
  `(EXISTS (FROM _catalog.stream_offsets o WHERE o.stream IN (${ids}) AND (o.initial OR ${TRACKING}.born >= o.next OR list_contains(o.active, ${TRACKING}.born))))`;

/** Versions that ended before every stream's offset are asked for no more. */
const forget = async (run: Run, journal: string, ids: string): Promise<void> => {
  await run(
    `DELETE FROM ${journal} WHERE ${DIED} < (SELECT min(least(next, coalesce(list_min(active), next))) FROM _catalog.stream_offsets WHERE stream IN (${ids}))`,
  );
};
