import { quoteIdentifier } from '../../sql/identifier.ts';
import type { StatementContext } from '../../session/command.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import type { Cursor } from '../../sql/cursor.ts';
import type { CatalogChange } from '../catalog.ts';
import { alreadyExists, notFound, unsupported } from '../errors.ts';
import { lockKey, pathIn } from '../lifecycle.ts';
import type { CatalogObject, ObjectKind } from '../object.ts';

/** `ALTER <kind> a RENAME TO b`: the object goes on, with its grants and its streams, under another name. */
export const rename = async (
  context: StatementContext,
  cursor: Cursor,
  kind: ObjectKind,
  path: readonly string[],
): Promise<Outcome> => {
  const name = cursor.name();
  cursor.finish();
  const target =
    path.length === 3
      ? pathIn(context, name.length === 1 ? [path[0]!, path[1]!, name[0]!] : name)
      : path.length === 2 && name.length === 1
        ? [path[0]!, ...name]
        : name;
  const { catalog } = context.warehouse;
  if (context.session.temporary.has(path.join('\0'))) throw unsupported('renaming a temporary table');
  return context.define([lock(kind, path), lock(kind, target)], async (run, change) => {
    const object = catalog.find(kind, path);
    if (object === undefined || !context.session.access.visible(object)) throw notFound(kind, path);
    context.session.access.require('OWNERSHIP', object);
    if ((path.length === 3 ? catalog.relation(target) : undefined) ?? catalog.find(kind, target))
      throw alreadyExists(target);
    if (target.length === 3 && catalog.find('SCHEMA', target.slice(0, 2)) === undefined)
      throw notFound('SCHEMA', target.slice(0, 2));
    if (kind === 'SCHEMA') await run(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(target.join('.'))}`);
    for (const inside of path.length < 3 ? catalog.contents(path) : []) {
      const moved = [...target, ...inside.path.slice(path.length)];
      if (inside.kind === 'SCHEMA') await run(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(moved.join('.'))}`);
      await change.put({ ...inside, path: moved });
    }
    await change.put({ ...object, path: target });
    return status('Statement executed successfully.');
  });
};

/** `ALTER TABLE a SWAP WITH b`: each gets the other's name in one step; grants and streams stay with their table. */
export const swap = async (context: StatementContext, cursor: Cursor, path: readonly string[]): Promise<Outcome> => {
  const other = pathIn(context, cursor.name());
  cursor.finish();
  const { session, warehouse } = context;
  for (const name of [path, other])
    if (session.temporary.has(name.join('\0'))) throw unsupported('SWAP WITH of a temporary table');
  return context.define([lock('TABLE', path), lock('TABLE', other)], async (_, change) => {
    const [one, two] = [path, other].map((name) => {
      const table = warehouse.catalog.find('TABLE', name);
      if (table === undefined || !session.access.visible(table)) throw notFound('TABLE', name);
      session.access.require('OWNERSHIP', table);
      return table;
    }) as [CatalogObject, CatalogObject];
    if (one.id !== two.id) await exchange(change, one, two);
    return status('Statement executed successfully.');
  });
};

const exchange = async (change: CatalogChange, one: CatalogObject, two: CatalogObject): Promise<void> => {
  await change.put({ ...one, path: two.path });
  await change.put({ ...two, path: one.path });
};

const lock = (kind: ObjectKind, path: readonly string[]) => ({ key: lockKey(kind, path), mode: 'define' as const });
