import type { Run } from '../../engine/duck.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import type { CatalogChange } from '../catalog.ts';
import { restoreGrants } from '../../roles/object-grants.ts';
import { grantsOn } from '../dropped-container.ts';
import { alreadyExists, purged } from '../errors.ts';
import { dropObject, lockKey, pathIn } from '../lifecycle.ts';
import type { CatalogObject, DroppedTable, TableObject } from '../object.ts';
import { dropPhysical } from '../physical.ts';

const DAY_MILLISECONDS = 86_400_000;

/** DROP TABLE keeps the rows for UNDROP, unless nothing of the table is to be retained. */
export const dropTable = (context: StatementContext, path: readonly string[], ifExists: boolean): Promise<Outcome> =>
  dropObject(context, 'TABLE', path, ifExists, async (run, object, change) => {
    const table = object as TableObject;
    await purge(context, path, run, change);
    if (table.details.retentionDays === 0 || countsElsewhere(table)) return dropPhysical(run, table);
    const id = await context.warehouse.space.numbers.take();
    const grants = grantsOn(context.warehouse.catalog, [table]);
    const details = { table, droppedOn: context.startedAt.toISOString(), grants };
    const dropped: DroppedTable = { ...table, id, kind: 'DROPPED TABLE', details };
    await change.put(dropped);
  });

/** A default that counts on a sequence would keep the sequence from being dropped. */
const countsElsewhere = ({ details }: TableObject): boolean =>
  details.columns.some(({ defaultSql, autoincrement }) => !autoincrement && /nextval/i.test(defaultSql ?? ''));

/** Gives up what a table of this name had before it was dropped. */
export const purge = async (
  { warehouse }: StatementContext,
  path: readonly string[],
  run: Run,
  change: CatalogChange,
): Promise<void> => {
  const dropped = warehouse.catalog.find('DROPPED TABLE', path);
  if (dropped === undefined) return;
  await dropPhysical(run, retained(dropped));
  await change.remove(dropped);
};

/** The table that stands behind a dropped one. */
export const retained = (dropped: CatalogObject): TableObject => (dropped as DroppedTable).details.table;

/** UNDROP TABLE: the table comes back with its rows, its streams, and what was granted on it. */
export const undropTable: Command = command('UNDROP TABLE', async (context) => {
  const cursor = context.cursor();
  cursor.expect('UNDROP', 'TABLE');
  const path = pathIn(context, cursor.name());
  cursor.finish();
  const { warehouse, session, startedAt } = context;
  return context.define([{ key: lockKey('TABLE', path), mode: 'define' }], async (_, change) => {
    const dropped = warehouse.catalog.find('DROPPED TABLE', path) as DroppedTable | undefined;
    const kept = dropped && dropped.details.table.details.retentionDays * DAY_MILLISECONDS;
    if (dropped === undefined || Date.parse(dropped.details.droppedOn) + kept! < startedAt.getTime())
      throw purged(path);
    session.access.require('OWNERSHIP', dropped);
    if (warehouse.catalog.relation(path) !== undefined) throw alreadyExists(path);
    await change.remove(dropped);
    await change.put({ ...retained(dropped), path, owner: dropped.owner });
    await restoreGrants(session, change, dropped.details.grants ?? []);
    return status(`Table ${path.at(-1)!} successfully restored.`);
  });
});
