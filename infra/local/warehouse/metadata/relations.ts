import type { NameScope } from '../catalog/name-scope.ts';
import type { CatalogObject, TableDetails, ViewDetails } from '../catalog/object.ts';
import { droppedObjects } from '../catalog/show-dropped.ts';
import { clusterText } from '../catalog/cluster-text.ts';
import { sizeText } from '../catalog/table-size.ts';
import type { Warehouse } from '../warehouse.ts';
import { lastDdl, objectsOf, placed, type Thing } from './things.ts';
import { flag, number, time, viewOf, words, yes, type Fields } from './virtual-view.ts';

type Relation = Thing<Partial<TableDetails & ViewDetails>>;

const RELATIONS = objectsOf<Relation['details']>('TABLE', 'DYNAMIC TABLE', 'VIEW');

/** Tables, dynamic tables and views that a session may see, its own temporary ones too. */
export const relations = (warehouse: Warehouse, database: string | undefined, scope: NameScope): Relation[] => [
  ...RELATIONS(warehouse, database, scope),
  ...(scope.temporaries() as Relation[]).filter(({ path }) => database === undefined || path[0] === database),
];

/** The same with tables that were dropped and can come back. */
export const everyRelation = (warehouse: Warehouse, database: string | undefined, scope: NameScope): Relation[] => [
  ...relations(warehouse, database, scope),
  ...[...droppedObjects(warehouse.catalog, ['TABLE'], [])].map(
    ([object, deleted]) => ({ ...object, deleted }) as Relation,
  ),
];

/** The views of INFORMATION_SCHEMA as things that other views list. */
export const systemViews = (names: readonly string[], database: string): Relation[] =>
  names.map((name) => ({
    id: 0,
    kind: 'VIEW',
    path: [database, 'INFORMATION_SCHEMA', name],
    owner: '',
    comment: '',
    createdOn: '',
    details: { secure: true },
  }));

const isTable = ({ kind }: CatalogObject): boolean => kind !== 'VIEW';

const typeOf = (object: Relation): string => {
  if (!isTable(object)) return object.details.materialized ? 'MATERIALIZED VIEW' : 'VIEW';
  return object.details.lifetime === 'temporary' ? 'TEMPORARY TABLE' : 'BASE TABLE';
};

/** What both schemas tell of a table or view. */
export const RELATION_FIELDS: Fields<Relation> = {
  ...placed('TABLE'),
  TABLE_TYPE: words(typeOf),
  IS_TRANSIENT: words((object) => (isTable(object) ? yes(object.details.lifetime === 'transient') : null)),
  IS_TEMPORARY: words(({ details }) => yes(details.lifetime === 'temporary')),
  CLUSTERING_KEY: words(({ details }) => clusterText(details.clusterBy) || null),
  ROW_COUNT: number((object) =>
    isTable(object) ? { sql: `(SELECT count(*) FROM ${object.details.physical})` } : null,
  ),
  BYTES: number((object) => (isTable(object) ? { sql: sizeText(object.details as TableDetails) } : null)),
  RETENTION_TIME: number(({ details }) => details.retentionDays),
  LAST_ALTERED: time((object, { changedAt }) =>
    object.createdOn === ''
      ? null
      : new Date(Math.max(lastDdl(object).getTime(), changedAt.get(object.id)?.getTime() ?? 0)),
  ),
  LAST_DDL: time((object) => (object.createdOn === '' ? null : (object.deleted ?? lastDdl(object)))),
  LAST_DDL_BY: words(({ alteredBy }) => alteredBy),
  AUTO_CLUSTERING_ON: flag((object) => (isTable(object) ? Boolean(object.details.clusterBy) : null)),
  IS_ICEBERG: words(() => 'NO'),
  IS_DYNAMIC: words(({ kind }) => yes(kind === 'DYNAMIC TABLE')),
  IS_IMMUTABLE: words(() => 'NO'),
  IS_HYBRID: words(() => 'NO'),
  ARCHIVE_STORAGE_COOL_ROW_COUNT: number(),
  ARCHIVE_STORAGE_COOL_BYTES: number(),
  ARCHIVE_STORAGE_COLD_ROW_COUNT: number(),
  ARCHIVE_STORAGE_COLD_BYTES: number(),
  VIEW_DEFINITION: words(({ details }) => details.text),
  CHECK_OPTION: words(({ createdOn }) => (createdOn === '' ? null : 'NONE')),
  IS_UPDATABLE: words(() => 'NO'),
  INSERTABLE_INTO: words(() => 'NO'),
  IS_SECURE: words(({ details }) => yes(details.secure)),
};

const NOT_APPLICABLE = `SELF_REFERENCING_COLUMN_NAME REFERENCE_GENERATION USER_DEFINED_TYPE_CATALOG USER_DEFINED_TYPE_SCHEMA USER_DEFINED_TYPE_NAME
  IS_INSERTABLE_INTO IS_TYPED COMMIT_ACTION`;
const PLACE_WITH_IDS = 'TABLE_ID TABLE_NAME TABLE_SCHEMA_ID TABLE_SCHEMA TABLE_CATALOG_ID TABLE_CATALOG TABLE_OWNER';

/** TABLES and VIEWS of INFORMATION_SCHEMA, which list its own views too. */
export const relationViews = (names: readonly string[]) => ({
  TABLES: viewOf(
    `TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER TABLE_TYPE IS_TRANSIENT CLUSTERING_KEY ROW_COUNT BYTES RETENTION_TIME ${NOT_APPLICABLE}
     CREATED LAST_ALTERED LAST_DDL LAST_DDL_BY AUTO_CLUSTERING_ON COMMENT IS_TEMPORARY IS_ICEBERG IS_DYNAMIC IS_IMMUTABLE IS_HYBRID`,
    RELATION_FIELDS,
    (warehouse, database, scope) => [...relations(warehouse, database, scope), ...systemViews(names, database!)],
  ),
  VIEWS: viewOf(
    `TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_OWNER VIEW_DEFINITION CHECK_OPTION IS_UPDATABLE INSERTABLE_INTO IS_SECURE CREATED
     LAST_ALTERED LAST_DDL LAST_DDL_BY COMMENT`,
    RELATION_FIELDS,
    (warehouse, database, scope) => [
      ...relations(warehouse, database, scope).filter((object) => !isTable(object)),
      ...systemViews(names, database!),
    ],
  ),
});

/** The same of ACCOUNT_USAGE. */
export const RELATIONS_OF_ACCOUNT = {
  TABLES: viewOf(
    `${PLACE_WITH_IDS} TABLE_TYPE IS_TRANSIENT CLUSTERING_KEY ROW_COUNT BYTES RETENTION_TIME ${NOT_APPLICABLE}
     CREATED LAST_ALTERED LAST_DDL LAST_DDL_BY DELETED AUTO_CLUSTERING_ON COMMENT OWNER_ROLE_TYPE INSTANCE_ID IS_ICEBERG IS_DYNAMIC IS_HYBRID
     ARCHIVE_STORAGE_COOL_ROW_COUNT ARCHIVE_STORAGE_COOL_BYTES ARCHIVE_STORAGE_COLD_ROW_COUNT ARCHIVE_STORAGE_COLD_BYTES`,
    {
      ...RELATION_FIELDS,
      AUTO_CLUSTERING_ON: words((object: Relation) =>
        isTable(object) ? yes(Boolean(object.details.clusterBy)) : null,
      ),
    },
    everyRelation,
  ),
  VIEWS: viewOf(
    `${PLACE_WITH_IDS} VIEW_DEFINITION CHECK_OPTION IS_UPDATABLE INSERTABLE_INTO IS_SECURE CREATED LAST_ALTERED LAST_DDL LAST_DDL_BY DELETED
     COMMENT INSTANCE_ID OWNER_ROLE_TYPE`,
    RELATION_FIELDS,
    (warehouse, database, scope) => relations(warehouse, database, scope).filter((object) => !isTable(object)),
  ),
};
