import type { GrantObject } from '../roles/grants.ts';
import { text, timestamp } from '../session/outcome.ts';
import type { Warehouse } from '../warehouse.ts';
import type { NameScope } from '../catalog/name-scope.ts';
import type { CatalogObject } from '../catalog/object.ts';
import { yes, type ViewCell, type VirtualView } from './virtual-view.ts';

/** Views of INFORMATION_SCHEMA that list roles and privileges. */
export const GRANT_VIEWS: Readonly<Record<string, VirtualView>> = {
  APPLICABLE_ROLES: {
    columns: ['GRANTEE', 'ROLE_NAME', 'ROLE_OWNER', 'IS_GRANTABLE'].map(text),
    rows: ({ catalog }, _, scope) =>
      [...scope.roles('available')]
        .toSorted()
        .map((role) => [scope.user, role, ownerOf(catalog.find('ROLE', [role])), yes(role === 'ACCOUNTADMIN')]),
  },
  ENABLED_ROLES: {
    columns: ['ROLE_NAME', 'ROLE_OWNER'].map(text),
    rows: ({ catalog }, _, scope) =>
      [...scope.roles('active')].toSorted().map((role) => [role, ownerOf(catalog.find('ROLE', [role]))]),
  },
  OBJECT_PRIVILEGES: {
    columns: [
      ...['GRANTOR', 'GRANTEE', 'GRANTED_TO', 'OBJECT_CATALOG', 'OBJECT_SCHEMA', 'OBJECT_NAME', 'OBJECT_TYPE'].map(
        text,
      ),
      ...['PRIVILEGE_TYPE', 'IS_GRANTABLE'].map(text),
      timestamp('CREATED'),
    ],
    rows: (warehouse, database, scope) =>
      privileges(warehouse, database!, scope).map(({ object, grantor, grantee, privilege, grantable, created }) => [
        grantor,
        grantee,
        'ROLE',
        ...place(object),
        object.kind,
        privilege,
        yes(grantable),
        new Date(created),
      ]),
  },
  USAGE_PRIVILEGES: {
    columns: [
      ...['GRANTOR', 'GRANTEE', 'OBJECT_CATALOG', 'OBJECT_SCHEMA', 'OBJECT_NAME', 'OBJECT_TYPE'].map(text),
      ...['PRIVILEGE_TYPE', 'IS_GRANTABLE'].map(text),
      timestamp('CREATED'),
    ],
    rows: (warehouse, database, scope) =>
      privileges(warehouse, database!, scope)
        .filter(({ privilege }) => privilege === 'USAGE')
        .map(({ object, grantor, grantee, privilege, grantable, created }) => [
          grantor,
          grantee,
          ...place(object),
          object.kind,
          privilege,
          yes(grantable),
          new Date(created),
        ]),
  },
  TABLE_PRIVILEGES: {
    columns: [
      ...['GRANTOR', 'GRANTEE', 'GRANTED_TO', 'TABLE_CATALOG', 'TABLE_SCHEMA', 'TABLE_NAME'].map(text),
      ...['PRIVILEGE_TYPE', 'IS_GRANTABLE', 'WITH_HIERARCHY'].map(text),
      timestamp('CREATED'),
    ],
    rows: (warehouse, database, scope) =>
      privileges(warehouse, database!, scope)
        .filter(({ object }) => object.kind === 'TABLE' || object.kind === 'VIEW')
        .map(({ object, grantor, grantee, privilege, grantable, created }) => [
          grantor,
          grantee,
          'ROLE',
          ...place(object),
          privilege,
          yes(grantable),
          'YES',
          new Date(created),
        ]),
  },
};

interface Privilege {
  readonly object: CatalogObject;
  readonly grantor: string;
  readonly grantee: string;
  readonly privilege: string;
  readonly grantable: boolean;
  readonly created: string;
}

const ownerOf = (role: CatalogObject | undefined): string => role?.owner ?? '';

/** Catalog, schema and name, whose first ones a database or schema lacks. */
const place = ({ path }: CatalogObject): ViewCell[] =>
  path.length === 3 ? [...path] : path.length === 2 ? [path[0], null, path[1]] : [null, null, path[0]];

const privileges = ({ catalog }: Warehouse, database: string, scope: NameScope): Privilege[] => {
  const seen = [catalog.find('DATABASE', [database]), ...catalog.contents([database])].filter(
    (object) => object !== undefined && !object.kind.startsWith('DROPPED') && scope.visible(object),
  ) as CatalogObject[];
  const byId = new Map(seen.map((object) => [object.id, object]));
  const own = seen.map((object) => ({
    object,
    grantor: object.owner,
    grantee: object.owner,
    privilege: 'OWNERSHIP',
    grantable: true,
    created: object.createdOn,
  }));
  const given = (catalog.list('GRANT') as GrantObject[]).flatMap(({ details, owner, createdOn }) => {
    const object = details.type === 'object' ? byId.get(details.objectId) : undefined;
    return details.type !== 'object' || object === undefined
      ? []
      : [
          {
            object,
            grantor: owner,
            grantee: details.role,
            privilege: details.privilege,
            grantable: details.grantOption,
            created: createdOn,
          },
        ];
  });
  return [...own, ...given];
};
