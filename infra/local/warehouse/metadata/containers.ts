import type { NameScope } from '../catalog/name-scope.ts';
import type { ContainerDetails } from '../catalog/object.ts';
import type { Warehouse } from '../warehouse.ts';
import { COMMON, everyObjectOf, objectsOf, type Thing } from './things.ts';
import { number, variant, viewOf, words, yes, type Fields } from './virtual-view.ts';

type Container = Thing<ContainerDetails>;

const FIELDS: Fields<Container> = {
  ...COMMON,
  DATABASE_ID: number(({ id }) => id),
  DATABASE_NAME: words(({ path }) => path[0]),
  DATABASE_OWNER: words(({ owner }) => owner),
  CATALOG_ID: number(({ path }, { catalog }) => catalog.find('DATABASE', path.slice(0, 1))?.id),
  CATALOG_NAME: words(({ path }) => path[0]),
  SCHEMA_ID: number(({ id }) => id),
  SCHEMA_NAME: words(({ path }) => path[1]),
  SCHEMA_OWNER: words(({ owner }) => owner || null),
  IS_TRANSIENT: words(({ details }) => yes(details.transient)),
  IS_MANAGED_ACCESS: words(() => 'NO'),
  RETENTION_TIME: number(({ details }) => details.retentionDays),
  TYPE: words(() => 'STANDARD'),
  SCHEMA_TYPE: words(() => 'STANDARD'),
  VERSIONED_SCHEMA_ID: number(),
  OBJECT_VISIBILITY: variant(),
};

/** INFORMATION_SCHEMA of a database as an object like other schemas. */
export const informationSchema = (database: string): Container => ({
  id: 0,
  kind: 'SCHEMA',
  path: [database, 'INFORMATION_SCHEMA'],
  owner: '',
  comment: 'Views describing the contents of schemas in this database',
  createdOn: '',
  details: { transient: false, retentionDays: 1 },
});

const schemas = (warehouse: Warehouse, database: string | undefined, scope: NameScope): Container[] => [
  ...objectsOf<ContainerDetails>('SCHEMA')(warehouse, database, scope),
  informationSchema(database!),
];

const NOT_APPLICABLE = 'DEFAULT_CHARACTER_SET_CATALOG DEFAULT_CHARACTER_SET_SCHEMA DEFAULT_CHARACTER_SET_NAME SQL_PATH';

/** DATABASES and SCHEMATA of INFORMATION_SCHEMA; the first lists the databases of the account. */
export const CONTAINER_VIEWS = {
  DATABASES: viewOf(
    'DATABASE_NAME DATABASE_OWNER IS_TRANSIENT COMMENT CREATED LAST_ALTERED RETENTION_TIME TYPE OWNER_ROLE_TYPE',
    FIELDS,
    (warehouse, _, scope) => objectsOf<ContainerDetails>('DATABASE')(warehouse, undefined, scope),
  ),
  SCHEMATA: viewOf(
    `CATALOG_NAME SCHEMA_NAME SCHEMA_OWNER IS_TRANSIENT IS_MANAGED_ACCESS RETENTION_TIME ${NOT_APPLICABLE} CREATED LAST_ALTERED COMMENT`,
    FIELDS,
    schemas,
  ),
};

/** The same of ACCOUNT_USAGE. */
export const CONTAINERS_OF_ACCOUNT = {
  DATABASES: viewOf(
    `DATABASE_ID DATABASE_NAME DATABASE_OWNER IS_TRANSIENT COMMENT CREATED LAST_ALTERED DELETED RETENTION_TIME RESOURCE_GROUP TYPE
     OWNER_ROLE_TYPE OBJECT_VISIBILITY`,
    FIELDS,
    everyObjectOf<ContainerDetails>('DATABASE'),
  ),
  SCHEMATA: viewOf(
    `SCHEMA_ID SCHEMA_NAME CATALOG_ID CATALOG_NAME SCHEMA_OWNER RETENTION_TIME IS_TRANSIENT IS_MANAGED_ACCESS ${NOT_APPLICABLE} COMMENT
     CREATED LAST_ALTERED DELETED SCHEMA_TYPE OWNER_ROLE_TYPE VERSION_NAME VERSIONED_SCHEMA_ID OBJECT_VISIBILITY`,
    FIELDS,
    everyObjectOf<ContainerDetails>('SCHEMA'),
  ),
};
