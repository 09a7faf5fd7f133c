import { notThere } from '../catalog/errors.ts';
import { isShared, SHARED } from '../catalog/shared-database.ts';
import { keyOf, type CatalogObject, type ObjectKind } from '../catalog/object.ts';
import { SnowflakeError } from '../contract.ts';
import type { Session } from '../session/session.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import type { Access } from './access.ts';
import { grantIndex, roleExists } from './grants.ts';
import { forgetGrants, inheritGrants } from './object-grants.ts';

const CONTAINERS = new Set<ObjectKind>(['DATABASE', 'SCHEMA']);
const CREATED_ON_ACCOUNT = new Set<string>(['DATABASE', 'WAREHOUSE', 'ROLE', 'USER', 'INTEGRATION']);

/** What a session may do by its current role, and by all roles of its user after USE SECONDARY ROLES ALL. */
export const roleAccess = (session: Session): Access => {
  const { catalog } = session.warehouse;

  const unlimited = (): boolean => {
    const { role } = session;
    if (role === 'ACCOUNTADMIN') return true;
    const configured = catalog.list('ROLE').length > 0 || catalog.list('USER').length > 0;
    return !configured || !roleExists(catalog, role);
  };
  const roles = (): Set<string> => {
    const index = grantIndex(catalog);
    const own = new Set(index.closure(session.role));
    if (session.secondaryRoles)
      for (const role of index.rolesOf(session.user)) for (const each of index.closure(role)) own.add(each);
    return own;
  };
  const privilegesOn = (object: CatalogObject): Set<string> => {
    const found = new Set<string>();
    const index = grantIndex(catalog);
    for (const role of roles()) {
      if (object.owner === role) found.add('OWNERSHIP');
      for (const privilege of index.on(role, object.id) ?? []) found.add(privilege);
    }
    return found;
  };
  const reaches = (path: readonly string[]): boolean =>
    path.slice(0, -1).every((_, depth) => {
      const container = catalog.find(depth === 0 ? 'DATABASE' : 'SCHEMA', path.slice(0, depth + 1));
      if (container === undefined) return false;
      const privileges = privilegesOn(container);
      return privileges.has('OWNERSHIP') || privileges.has('USAGE');
    });
  const isTemporary = (object: CatalogObject): boolean =>
    [session.temporary, session.temporaryViews].some((own) => own.get(object.path.join('\0'))?.id === object.id) ||
    session.own.get(keyOf(object.kind, object.path))?.id === object.id;
  const visible = (object: CatalogObject): boolean => {
    if (unlimited() || isTemporary(object) || object.kind === 'ROLE' || object.kind === 'USER') return true;
    if (isShared(object)) return privilegesOn(SHARED[0]!).size > 0;
    if (privilegesOn(object).size === 0) return false;
    return CONTAINERS.has(object.kind) || reaches(object.path);
  };
  const allows = (privilege: string, object: CatalogObject): boolean => {
    if (unlimited() || isTemporary(object)) return true;
    const privileges = privilegesOn(object);
    return (
      (privileges.has(privilege) || privileges.has('OWNERSHIP')) &&
      (CONTAINERS.has(object.kind) || reaches(object.path))
    );
  };
  const onAccount = (privilege: string): boolean =>
    unlimited() || [...roles()].some((role) => grantIndex(catalog).onAccount(role, privilege));

  /** A user that nobody has created may take on every role. */
  const available = (): Set<string> => {
    const index = grantIndex(catalog);
    const free = catalog.find('USER', [session.user]) === undefined;
    const own = free
      ? ['ACCOUNTADMIN', ...catalog.list('ROLE').map(({ path }) => path[0]!)]
      : ['PUBLIC', ...index.rolesOf(session.user)];
    return new Set(own.flatMap((role) => [...index.closure(role)]));
  };

  return {
    roles: (which) => (which === 'active' ? roles() : available()),
    visible,
    allows,
    onAccount,
    require: (privilege, object) => {
      if ((isShared(object) && privilege === 'OWNERSHIP') || !allows(privilege, object))
        throw insufficient(object.kind, object.path);
    },
    requireCreate: (kind, path, existing) => {
      if (path[0] === 'SNOWFLAKE' && catalog.list('DATABASE', ['SNOWFLAKE']).length === 0)
        throw insufficient('DATABASE', ['SNOWFLAKE']);
      if (unlimited()) return;
      if (existing !== undefined && !allows('OWNERSHIP', existing)) throw insufficient(existing.kind, existing.path);
      if (CREATED_ON_ACCOUNT.has(kind)) {
        if (!onAccount(`CREATE ${kind}`))
          throw new SnowflakeError(
            '003001',
            '42501',
            "SQL access control error:\nInsufficient privileges to operate on account 'LOCAL'",
          );
        return;
      }
      const container = catalog.find(kind === 'SCHEMA' ? 'DATABASE' : 'SCHEMA', path.slice(0, -1));
      if (container === undefined) return;
      const usable = container.kind === 'DATABASE' || reaches(container.path);
      if (!usable || !allows(`CREATE ${kind}`, container)) throw insufficient(container.kind, container.path);
    },
    assume: (role) => {
      const free = catalog.find('USER', [session.user]) === undefined;
      if (!roleExists(catalog, role) && !(free && catalog.list('USER').length === 0)) throw notThere();
      const index = grantIndex(catalog);
      const granted =
        free || role === 'PUBLIC' || [...index.rolesOf(session.user)].some((each) => index.closure(each).has(role));
      if (!granted) {
        throw new SnowflakeError(
          '003013',
          '42501',
          `SQL access control error:\nRequested role '${role}' is not assigned to the executing user. Specify another role to activate.`,
        );
      }
      session.role = role;
    },
    inherit: (change, object, copyFrom) => inheritGrants(session, change, object, copyFrom),
    forget: (change, object) => forgetGrants(session, change, object),
  };
};

/** The error of a statement whose role sees an object but may not do this with it. */
export const insufficient = (kind: ObjectKind, path: readonly string[]): SnowflakeError =>
  new SnowflakeError(
    '003001',
    '42501',
    `SQL access control error:\nInsufficient privileges to operate on ${kind.toLowerCase()} '${displayIdentifier(path.at(-1)!)}'`,
  );
