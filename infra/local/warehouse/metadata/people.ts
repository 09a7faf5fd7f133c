import type { NameScope } from '../catalog/name-scope.ts';
import type { CatalogObject } from '../catalog/object.ts';
import { propertyText } from '../catalog/properties.ts';
import { BUILT_IN, type GrantObject } from '../roles/grants.ts';
import type { UserDetails } from '../roles/user.ts';
import type { Warehouse } from '../warehouse.ts';
import { COMMON, objectsOf, type Thing } from './things.ts';
import { flag, number, time, variant, viewOf, words, type Fields } from './virtual-view.ts';

const shared: Fields<Thing> = {
  ...COMMON,
  NAME: words(({ path }) => path[0]),
  OWNER: words(({ owner }) => owner || null),
  CREATED_ON: time(({ createdOn }) => new Date(createdOn)),
  DELETED_ON: time(),
};

const property = (name: string, fallback?: (user: Thing<UserDetails>) => string) =>
  words<Thing<UserDetails>>((user) => propertyText(user.details.properties[name], fallback?.(user) ?? '') || null);
const never = flag<Thing<UserDetails>>(() => false);

const USER: Fields<Thing<UserDetails>> = {
  ...shared,
  USER_ID: number(({ id }) => id),
  LOGIN_NAME: words(({ details }) => details.loginName),
  DISPLAY_NAME: property('DISPLAY_NAME', ({ path }) => path[0]!),
  FIRST_NAME: property('FIRST_NAME'),
  LAST_NAME: property('LAST_NAME'),
  EMAIL: property('EMAIL'),
  COMMENT: property('COMMENT'),
  MUST_CHANGE_PASSWORD: flag(({ details }) => details.properties['MUST_CHANGE_PASSWORD'] === true),
  HAS_PASSWORD: flag(({ details }) => details.password !== undefined),
  DISABLED: variant(({ details }) => String(details.disabled)),
  SNOWFLAKE_LOCK: variant(() => 'false'),
  DEFAULT_WAREHOUSE: words(({ details }) => details.defaultWarehouse),
  DEFAULT_NAMESPACE: words(({ details }) => details.defaultNamespace),
  DEFAULT_ROLE: words(({ details }) => details.defaultRole),
  EXT_AUTHN_DUO: never,
  HAS_MFA: never,
  BYPASS_MFA_UNTIL: time(),
  LAST_SUCCESS_LOGIN: time(
    ({ path }, { logins }) => logins.all().findLast(({ user, error }) => user === path[0] && error === undefined)?.at,
  ),
  EXPIRES_AT: time(),
  LOCKED_UNTIL_TIME: time(),
  HAS_RSA_PUBLIC_KEY: flag(({ details }) => details.rsaPublicKeys.some((key) => key !== '')),
  PASSWORD_LAST_SET_TIME: time(),
  HAS_PAT: never,
  HAS_WORKLOAD_IDENTITY: never,
  TYPE: property('TYPE'),
  DATABASE_ID: number(),
  SCHEMA_ID: number(),
  IS_FROM_ORGANIZATION_USER: never,
};

const ROLE: Fields<Thing> = {
  ...shared,
  ROLE_ID: number(({ id }) => id),
  ROLE_TYPE: words(() => 'ROLE'),
  ROLE_INSTANCE_ID: number(),
  IS_FROM_ORGANIZATION_USER_GROUP: flag(() => false),
};

/** Roles of the account, those that are there from the beginning too. */
const roles = (warehouse: Warehouse, _: string | undefined, scope: NameScope): Thing[] => [
  ...Object.keys(BUILT_IN).map((name, i) => ({
    id: i + 1,
    kind: 'ROLE' as const,
    path: [name],
    owner: '',
    comment: '',
    createdOn: '1970-01-01T00:00:00.000Z',
    details: {},
  })),
  ...objectsOf('ROLE')(warehouse, undefined, scope),
];

interface Granted {
  readonly at: string;
  readonly privilege: string;
  readonly on: string;
  readonly path: readonly string[];
  readonly to: string;
  readonly option: boolean;
  readonly by: string;
}

const GRANT: Fields<Granted> = {
  CREATED_ON: time(({ at }) => new Date(at)),
  MODIFIED_ON: time(({ at }) => new Date(at)),
  PRIVILEGE: words(({ privilege }) => privilege),
  GRANTED_ON: words(({ on }) => on),
  NAME: words(({ path }) => path.at(-1)),
  TABLE_CATALOG: words(({ path, on }) => (path.length > 1 || on === 'DATABASE' ? path[0] : null)),
  TABLE_SCHEMA: words(({ path }) => path[1]),
  GRANTED_TO: words(({ on }) => (on === 'USER ROLE' ? 'USER' : 'ROLE')),
  ROLE: words(({ path }) => path[0]),
  GRANTEE_NAME: words(({ to }) => to),
  GRANT_OPTION: flag(({ option }) => option),
  GRANTED_BY: words(({ by }) => by),
  DELETED_ON: time(),
  GRANTED_BY_ROLE_TYPE: words(({ by }) => (by === '' ? null : 'ROLE')),
};

const given = (
  { owner, createdOn }: CatalogObject,
  rest: Pick<Granted, 'privilege' | 'on' | 'path' | 'to'> & { readonly option?: boolean },
): Granted => ({ option: false, ...rest, at: createdOn, by: owner });

const toRoles = ({ catalog }: Warehouse): Granted[] => [
  ...catalog
    .all()
    .filter(({ kind, owner }) => kind !== 'GRANT' && !kind.startsWith('DROPPED') && owner !== '')
    .map((object) =>
      given(object, { privilege: 'OWNERSHIP', on: object.kind, path: object.path, to: object.owner, option: true }),
    ),
  ...(catalog.list('GRANT') as GrantObject[]).flatMap((grant): Granted[] => {
    const { details } = grant;
    if (details.type === 'role')
      return details.to === 'ROLE'
        ? [given(grant, { privilege: 'USAGE', on: 'ROLE', path: [details.granted], to: details.name })]
        : [];
    if (details.type === 'future') return [];
    const { privilege, role: to, grantOption: option } = details;
    if (details.type === 'account') return [given(grant, { privilege, on: 'ACCOUNT', path: ['LOCAL'], to, option })];
    const object = catalog.byId(details.objectId);
    return object === undefined ? [] : [given(grant, { privilege, on: object.kind, path: object.path, to, option })];
  }),
];

const toUsers = ({ catalog }: Warehouse): Granted[] =>
  (catalog.list('GRANT') as GrantObject[]).flatMap((grant) =>
    grant.details.type === 'role' && grant.details.to === 'USER'
      ? [given(grant, { privilege: '', on: 'USER ROLE', path: [grant.details.granted], to: grant.details.name })]
      : [],
  );

/** USERS, ROLES and grants to them, of ACCOUNT_USAGE; what was dropped or revoked is not kept. */
export const PEOPLE_OF_ACCOUNT = {
  USERS: viewOf(
    `USER_ID NAME CREATED_ON DELETED_ON LOGIN_NAME DISPLAY_NAME FIRST_NAME LAST_NAME EMAIL MUST_CHANGE_PASSWORD HAS_PASSWORD COMMENT DISABLED
     SNOWFLAKE_LOCK DEFAULT_WAREHOUSE DEFAULT_NAMESPACE DEFAULT_ROLE EXT_AUTHN_DUO EXT_AUTHN_UID HAS_MFA BYPASS_MFA_UNTIL LAST_SUCCESS_LOGIN
     EXPIRES_AT LOCKED_UNTIL_TIME HAS_RSA_PUBLIC_KEY PASSWORD_LAST_SET_TIME OWNER DEFAULT_SECONDARY_ROLE HAS_PAT HAS_WORKLOAD_IDENTITY TYPE
     DATABASE_NAME DATABASE_ID SCHEMA_NAME SCHEMA_ID IS_FROM_ORGANIZATION_USER`,
    USER,
    objectsOf<UserDetails>('USER'),
  ),
  ROLES: viewOf(
    `ROLE_ID CREATED_ON DELETED_ON NAME COMMENT OWNER ROLE_TYPE ROLE_DATABASE_NAME ROLE_INSTANCE_ID OWNER_ROLE_TYPE
     IS_FROM_ORGANIZATION_USER_GROUP`,
    ROLE,
    roles,
  ),
  GRANTS_TO_ROLES: viewOf(
    `CREATED_ON MODIFIED_ON PRIVILEGE GRANTED_ON NAME TABLE_CATALOG TABLE_SCHEMA GRANTED_TO GRANTEE_NAME GRANT_OPTION GRANTED_BY DELETED_ON
     GRANTED_BY_ROLE_TYPE OBJECT_INSTANCE`,
    GRANT,
    toRoles,
  ),
  GRANTS_TO_USERS: viewOf('CREATED_ON DELETED_ON ROLE GRANTED_TO GRANTEE_NAME GRANTED_BY', GRANT, toUsers),
};
