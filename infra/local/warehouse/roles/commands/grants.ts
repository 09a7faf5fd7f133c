import type { CatalogChange } from '../../catalog/catalog.ts';
import { invalid, notFound } from '../../catalog/errors.ts';
import { pathIn } from '../../catalog/lifecycle.ts';
import type { CatalogObject, ObjectKind } from '../../catalog/object.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import { roleExists, type GrantDetails, type GrantObject } from '../grants.ts';
import { putGrant } from '../object-grants.ts';
import { privilegesOf } from '../privileges.ts';
import { insufficient } from '../role-access.ts';
import { parseGrant, type GrantStatement, type Target } from './grant-parser.ts';

/** GRANT and REVOKE of privileges: on the account, on one object, on all or future objects of a schema or database. */
export const grantCommands: readonly Command[] = [
  command('GRANT', async (context) => run(context, true)),
  command('REVOKE', async (context) => run(context, false)),
];

const run = async (context: StatementContext, give: boolean): Promise<Outcome> => {
  const { warehouse } = context;
  const statement = parseGrant(context.cursor());
  const { target, role } = statement;
  if (!roleExists(warehouse.catalog, role)) throw notFound('ROLE', [role]);
  if ((target.on === 'object' || target.on === 'all') && statement.privileges.includes('OWNERSHIP')) {
    const objects =
      target.on === 'object'
        ? [findObject(context, target)]
        : warehouse.catalog.list(target.kind, containerPath(context, target));
    return giveOwnership(context, objects, statement);
  }
  const wanted = grantsOf(context, statement);
  return context.define([], async (_, change) => {
    for (const details of wanted)
      await (give ? putGrant(context.session, change, details) : take(context, change, details, statement.optionOnly));
    return status('Statement executed successfully.');
  });
};

const grantsOf = (
  context: StatementContext,
  { privileges, target, role, grantOption }: GrantStatement,
): GrantDetails[] => {
  const { catalog } = context.warehouse;
  const { access } = context.session;
  if (target.on === 'account') {
    if (!access.onAccount('MANAGE GRANTS')) throw insufficient('ROLE', [role]);
    return privileges.map((privilege) => ({ type: 'account', role, privilege, grantOption }));
  }
  const expand = (kind: ObjectKind): readonly string[] =>
    privileges.flatMap((privilege) => {
      const own = privilegesOf(kind, privilege);
      if (own === undefined) throw invalid(`Invalid privilege '${privilege}' for object type '${kind}'.`);
      return own;
    });
  if (target.on === 'object')
    return onObjects(context, [findObject(context, target)], expand(target.kind), role, grantOption);
  const within = containerPath(context, target);
  const expanded = expand(target.kind);
  if (target.on === 'all') return onObjects(context, catalog.list(target.kind, within), expanded, role, grantOption);
  if (!access.onAccount('MANAGE GRANTS')) access.require('OWNERSHIP', catalog.find(target.within, within)!);
  return expanded.map((privilege) => ({ type: 'future', role, privilege, kind: target.kind, within, grantOption }));
};

const onObjects = (
  { session }: StatementContext,
  objects: readonly CatalogObject[],
  privileges: readonly string[],
  role: string,
  grantOption: boolean,
): GrantDetails[] => {
  for (const object of objects)
    if (!session.access.onAccount('MANAGE GRANTS')) session.access.require('OWNERSHIP', object);
  return objects.flatMap((object) =>
    privileges.map((privilege): GrantDetails => ({
      type: 'object',
      role,
      privilege,
      objectId: object.id,
      grantOption,
    })),
  );
};

const containerPath = (
  context: StatementContext,
  { within, name }: Extract<Target, { on: 'all' | 'future' }>,
): string[] => {
  const path = within === 'SCHEMA' && name.length === 1 ? [context.session.needDatabase(), ...name] : [...name];
  const found = context.warehouse.catalog.find(within, path);
  if (found === undefined || !context.session.access.visible(found)) throw notFound(within, path);
  return path;
};

/** The object that GRANT or SHOW GRANTS names; of overloaded functions and procedures the one whose argument types fit. */
export const findObject = (
  context: StatementContext,
  { kind, name, signature }: Extract<Target, { on: 'object' }>,
): CatalogObject => {
  const { catalog } = context.warehouse;
  const path = pathOf(context, kind, name);
  const overloads =
    signature === undefined
      ? []
      : catalog
          .list(kind, path.slice(0, -1))
          .filter((object) => isOverload(object.path.at(-1)!, path.at(-1)!, signature));
  const found = signature === undefined ? (catalog.find(kind, path) ?? sameTable(context, kind, path)) : overloads[0];
  if (found === undefined || !context.session.access.visible(found)) throw notFound(kind, path);
  return found;
};

const sameTable = (
  { warehouse }: StatementContext,
  kind: ObjectKind,
  path: readonly string[],
): CatalogObject | undefined => (kind === 'TABLE' || kind === 'VIEW' ? warehouse.catalog.relation(path) : undefined);

const isOverload = (own: string, name: string, signature: readonly string[]): boolean => {
  const [, bare = own, types = ''] = /^(.*)\((.*)\)$/s.exec(own) ?? [];
  const count = types.trim() === '' ? 0 : types.split(',').length;
  return bare === name && (own === bare || count === signature.length);
};

const pathOf = (context: StatementContext, kind: ObjectKind, name: readonly string[]): string[] => {
  if (['DATABASE', 'WAREHOUSE', 'ROLE', 'USER', 'INTEGRATION'].includes(kind)) return [...name];
  if (kind === 'SCHEMA') return name.length === 1 ? [context.session.needDatabase(), ...name] : [...name];
  return pathIn(context, name);
};

const take = async (
  { warehouse }: StatementContext,
  change: CatalogChange,
  details: GrantDetails,
  optionOnly: boolean,
): Promise<void> => {
  for (const grant of warehouse.catalog.list('GRANT') as GrantObject[]) {
    if (!same(grant.details, details)) continue;
    if (optionOnly) await change.put({ ...grant, details: { ...grant.details, grantOption: false } });
    else await change.remove(grant);
  }
};

const same = (a: GrantDetails, b: GrantDetails): boolean => {
  if (a.type === 'role' || b.type === 'role') return false;
  if (a.type !== b.type || a.role !== b.role || a.privilege !== b.privilege) return false;
  if (a.type === 'object' && b.type === 'object') return a.objectId === b.objectId;
  return (
    a.type !== 'future' || b.type !== 'future' || (a.kind === b.kind && a.within.join('\0') === b.within.join('\0'))
  );
};

const giveOwnership = async (
  context: StatementContext,
  objects: readonly CatalogObject[],
  { role, currentGrants }: GrantStatement,
): Promise<Outcome> => {
  const { session, warehouse } = context;
  const ids = new Set(objects.map(({ id }) => id));
  if (!session.access.onAccount('MANAGE GRANTS'))
    for (const object of objects) session.access.require('OWNERSHIP', object);
  const grants = (warehouse.catalog.list('GRANT') as GrantObject[]).filter(
    ({ details }) => details.type === 'object' && ids.has(details.objectId),
  );
  const [first] = grants;
  if (first?.details.type === 'object' && currentGrants === undefined) {
    const on = warehouse.catalog.byId(first.details.objectId)!;
    throw invalid(
      `Dependent grant of privilege exists on object '${on.path.join('.')}': use COPY CURRENT GRANTS or REVOKE CURRENT GRANTS.`,
    );
  }
  return context.define([], async (_, change) => {
    if (currentGrants === 'REVOKE') for (const grant of grants) await change.remove(grant);
    for (const object of objects) await change.put({ ...object, owner: role });
    return status('Statement executed successfully.');
  });
};
