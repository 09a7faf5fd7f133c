import type { Run } from '../engine/duck.ts';
import type { Lock } from '../engine/locks.ts';
import type { Transaction } from '../engine/transaction.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import type { StatementContext } from '../session/command.ts';
import { status, type Outcome } from '../session/outcome.ts';
import type { CatalogChange } from './catalog.ts';
import { alreadyExists, notFound } from './errors.ts';
import { qualify } from './names.ts';
import { keyOf, type CatalogObject, type ObjectKind } from './object.ts';

/** An object to be created in a schema, or in a database or the account if its path is shorter. */
export interface Creation<Details> {
  readonly kind: ObjectKind;
  readonly path: readonly string[];
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly copyGrants?: boolean;
  /** The object whose grants it gets too: the original of a clone. */
  readonly grantsOf?: CatalogObject;
  readonly comment?: string;
  /** What messages call it, where that is not the last part of its path. */
  readonly title?: string;
  /** By what CREATE privilege it comes into being, where that is not its kind's. */
  readonly createdAs?: string;
  /** Locks that making it takes, besides the one on its name. */
  readonly locks?: readonly Lock[];
  /** Makes what stands behind the object and returns its details; runs in the DDL's transaction. */
  readonly make: (
    run: Run,
    id: number,
    transaction: Transaction,
    replaced: CatalogObject | undefined,
  ) => Promise<Details>;
  /** Takes away what stood behind the object that OR REPLACE replaces. */
  readonly unmake?: (run: Run, object: CatalogObject, change: CatalogChange) => Promise<void>;
  /** More objects that come with it. */
  readonly more?: (change: CatalogChange, object: CatalogObject<Details>) => Promise<void>;
}

const title = (kind: string): string => kind.charAt(0) + kind.slice(1).toLowerCase();

/** The lock that DDL of this object takes; tables, views and streams are locked by their dotted name, as DML locks them. */
export const lockKey = (kind: ObjectKind, path: readonly string[]): string =>
  keyOf(kind, path).startsWith('TABLE\0') ? path.join('.') : `${kind} ${path.join('.')}`;

/** Creates an object: checks its container and name, gives it its owner and future grants. The session's transaction commits first. */
export const createObject = async <Details>(
  context: StatementContext,
  creation: Creation<Details>,
): Promise<Outcome> => {
  const { session, warehouse } = context;
  const { catalog } = warehouse;
  const { kind, path } = creation;
  const name = displayIdentifier(creation.title ?? path.at(-1)!);
  const existing = (): CatalogObject | undefined =>
    catalog.find(kind, path) ?? (keyOf(kind, path) === keyOf('TABLE', path) ? catalog.relation(path) : undefined);
  needContainer(context, path);
  session.access.requireCreate(creation.createdAs ?? kind, path, creation.orReplace ? existing() : undefined);
  return context.define(
    [{ key: lockKey(kind, path), mode: 'define' }, ...(creation.locks ?? [])],
    async (run, change, transaction) => {
      needContainer(context, path);
      const old = existing();
      if (old !== undefined && creation.ifNotExists) return status(`${name} already exists, statement succeeded.`);
      if (old !== undefined && (!creation.orReplace || old.kind !== kind)) throw alreadyExists(path);
      const id = await warehouse.space.numbers.take();
      const details = await creation.make(run, id, transaction, old);
      if (old !== undefined) {
        await creation.unmake?.(run, old, change);
        await change.remove(old);
      }
      const object: CatalogObject<Details> = {
        id,
        kind,
        path,
        owner: session.role,
        comment: creation.comment ?? '',
        createdOn: context.startedAt.toISOString(),
        details,
      };
      await change.put(object);
      await session.access.inherit(change, object, creation.grantsOf ?? (creation.copyGrants ? old : undefined));
      if (old !== undefined) await session.access.forget(change, old);
      await creation.more?.(change, object);
      return status(`${title(creation.createdAs ?? kind)} ${creation.title ?? path.at(-1)!} successfully created.`);
    },
  );
};

/** Drops an object of one of these kinds, after `unmake` took away what stood behind it. */
export const dropObject = async (
  context: StatementContext,
  kind: ObjectKind,
  path: readonly string[],
  ifExists: boolean,
  unmake?: (run: Run, object: CatalogObject, change: CatalogChange) => Promise<void>,
  called = path.at(-1)!,
): Promise<Outcome> => {
  const { session, warehouse } = context;
  const name = displayIdentifier(called);
  return context.define([{ key: lockKey(kind, path), mode: 'define' }], async (run, change) => {
    const object = warehouse.catalog.find(kind, path);
    if (object === undefined || !session.access.visible(object)) {
      if (ifExists) return status(`Drop statement executed successfully (${name} already dropped).`);
      throw notFound(kind, path);
    }
    session.access.require('OWNERSHIP', object);
    await unmake?.(run, object, change);
    await change.remove(object);
    await session.access.forget(change, object);
    return status(`${called} successfully dropped.`);
  });
};

/** Puts another version of an object, if the role owns it; `next` runs in the DDL's transaction. */
export const alterObject = async <Details>(
  context: StatementContext,
  kind: ObjectKind,
  path: readonly string[],
  next: (object: CatalogObject<Details>, run: Run, change: CatalogChange) => Promise<CatalogObject<Details>>,
): Promise<Outcome> =>
  context.define([{ key: lockKey(kind, path), mode: 'define' }], async (run, change, transaction) => {
    const own = context.session.own.get(keyOf(kind, path));
    if (own !== undefined) {
      const altered = await next(own as CatalogObject<Details>, run, change);
      transaction.afterCommit.push(() => context.session.own.set(keyOf(kind, path), altered));
      return status('Statement executed successfully.');
    }
    const object = context.warehouse.catalog.find(kind, path);
    if (object === undefined || !context.session.access.visible(object)) throw notFound(kind, path);
    context.session.access.require('OWNERSHIP', object);
    await change.put(await next(object as CatalogObject<Details>, run, change));
    return status('Statement executed successfully.');
  });

/** The full path of an object in a schema, named as the session may name it. */
export const pathIn = (context: StatementContext, name: readonly string[]): string[] => qualify(name, context.session);

const needContainer = ({ warehouse, session }: StatementContext, path: readonly string[]): void => {
  for (let depth = 1; depth < path.length; depth += 1) {
    const kind = depth === 1 ? 'DATABASE' : 'SCHEMA';
    const container = warehouse.catalog.find(kind, path.slice(0, depth));
    if (container === undefined || !session.access.visible(container)) throw notFound(kind, path.slice(0, depth));
  }
};
