import type { StatementContext } from '../session/command.ts';
import { status, type Outcome } from '../session/outcome.ts';
import type { Session } from '../session/session.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import { alreadyExists, notFound } from './errors.ts';
import type { Creation } from './lifecycle.ts';
import { keyOf, type CatalogObject, type ObjectKind } from './object.ts';

/** An object as a session sees it: its own temporary one before that of the account. */
export const findObject = (session: Session, kind: ObjectKind, path: readonly string[]): CatalogObject | undefined =>
  session.own.get(keyOf(kind, path)) ?? session.warehouse.catalog.find(kind, path);

/** Creates a stage or file format that only its session sees, and that goes with it. */
export const createOwn = async <Details>(
  context: StatementContext,
  { kind, path, orReplace, ifNotExists, comment = '' }: Omit<Creation<Details>, 'make'>,
  details: Details,
): Promise<Outcome> => {
  const { session, warehouse } = context;
  const name = displayIdentifier(path.at(-1)!);
  if (warehouse.catalog.find('SCHEMA', path.slice(0, 2)) === undefined) throw notFound('SCHEMA', path.slice(0, 2));
  return context.define([], async (_, __, transaction) => {
    const old = session.own.get(keyOf(kind, path));
    if (old !== undefined && ifNotExists) return status(`${name} already exists, statement succeeded.`);
    if (old !== undefined && !orReplace) throw alreadyExists(path);
    const id = await warehouse.space.numbers.take();
    const object = {
      id,
      kind,
      path,
      owner: session.role,
      comment,
      createdOn: context.startedAt.toISOString(),
      details,
    };
    transaction.afterCommit.push(() => session.own.set(keyOf(kind, path), object));
    return status(`${kind.charAt(0)}${kind.slice(1).toLowerCase()} ${name} successfully created.`);
  });
};

/** Drops an object of the session's own; undefined if it has none of this name. */
export const dropOwn = (
  { session }: StatementContext,
  kind: ObjectKind,
  path: readonly string[],
): Outcome | undefined =>
  session.own.delete(keyOf(kind, path)) ? status(`${path.at(-1)!} successfully dropped.`) : undefined;

/** The session's own objects of a kind in a place, for SHOW. */
export const ownObjects =
  (kind: ObjectKind) =>
  ({ session }: StatementContext, within: readonly string[]): CatalogObject[] =>
    [...session.own.values()].filter((one) => one.kind === kind && within.every((part, i) => one.path[i] === part));
