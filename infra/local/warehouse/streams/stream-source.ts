import { notFound, unsupported } from '../catalog/errors.ts';
import type { CatalogChange } from '../catalog/catalog.ts';
import type { TableObject, ViewObject } from '../catalog/object.ts';
import { track } from '../catalog/tracking.ts';
import type { Run } from '../engine/duck.ts';
import type { StatementContext } from '../session/command.ts';
import { scopeOf } from '../session/plan.ts';
import { tablesBehind } from './view-stream.ts';

/** What a new stream is to watch: a table, or a view with the tables behind it. */
export interface StreamSource {
  readonly object: TableObject | ViewObject;
  readonly tables: readonly TableObject[];
}

/** The table or view of this name, which the role may watch: what nothing watches yet, its owner alone. */
export const findSource = (
  context: StatementContext,
  kind: 'TABLE' | 'VIEW',
  path: readonly string[],
): StreamSource => {
  const { session, warehouse } = context;
  const key = path.join('\0');
  if (session.temporary.has(key) || session.temporaryViews.has(key))
    throw unsupported(`a stream on a temporary ${kind.toLowerCase()}`);
  const object = warehouse.catalog.find(kind, path) as TableObject | ViewObject | undefined;
  if (object === undefined || !session.access.visible(object)) throw notFound(kind, path);
  if (object.kind === 'VIEW' && object.details.materialized) throw unsupported('a stream on a materialized view');
  const tables = object.kind === 'VIEW' ? tablesBehind(object, scopeOf(session)) : [object];
  session.access.require('SELECT', object);
  for (const table of tables) if (!table.details.tracked) session.access.require('OWNERSHIP', table);
  return { object, tables };
};

/** Makes the tables of a source, which must be the same as before, such that streams can watch them. */
export const trackSource = async (run: Run, now: StreamSource, before: StreamSource): Promise<void> => {
  const same = now.object.id === before.object.id && now.tables.every(({ id }, i) => id === before.tables[i]?.id);
  if (!same) throw notFound(before.object.kind, before.object.path);
  for (const { details } of now.tables) if (!details.tracked) await track(run, details);
};

/** Remembers that they are watched. */
export const keepTracked = async (change: CatalogChange, { object, tables }: StreamSource): Promise<void> => {
  for (const table of tables)
    if (!table.details.tracked) await change.put({ ...table, details: { ...table.details, tracked: true } });
  if (object.kind === 'VIEW' && !object.details.changeTracking)
    await change.put({ ...object, details: { ...object.details, changeTracking: true } });
};
