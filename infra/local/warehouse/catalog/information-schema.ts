import type { Relation } from '../contract.ts';
import { integer, text, timestamp, type Cell } from '../session/outcome.ts';
import type { Warehouse } from '../warehouse.ts';
import { dataType } from './column-types.ts';
import type { NameScope } from './names.ts';
import type { CatalogObject, ContainerDetails, DeclaredColumn, TableDetails, ViewDetails } from './object.ts';
import { GRANT_VIEWS } from './information-schema-grants.ts';
import { KEY_VIEWS } from './information-schema-keys.ts';
import { OBJECT_VIEWS } from './information-schema-objects.ts';
import { valuesText } from './values-text.ts';
import type { VirtualView } from './virtual-view.ts';

const VIEWS: Readonly<Record<string, VirtualView>> = {
  DATABASES: {
    columns: [
      text('DATABASE_NAME'),
      text('DATABASE_OWNER'),
      text('IS_TRANSIENT'),
      text('COMMENT'),
      timestamp('CREATED'),
      integer('RETENTION_TIME'),
    ],
    rows: ({ catalog }, _, scope) =>
      catalog
        .list('DATABASE')
        .filter((object) => scope.visible(object))
        .map((object) => [
          object.path[0],
          object.owner,
          yes((object.details as ContainerDetails).transient),
          object.comment || null,
          new Date(object.createdOn),
          (object.details as ContainerDetails).retentionDays,
        ]),
  },
  SCHEMATA: {
    columns: [
      text('CATALOG_NAME'),
      text('SCHEMA_NAME'),
      text('SCHEMA_OWNER'),
      text('IS_TRANSIENT'),
      text('COMMENT'),
      timestamp('CREATED'),
      integer('RETENTION_TIME'),
    ],
    rows: ({ catalog }, database, scope) => [
      ...catalog
        .list('SCHEMA', [database])
        .filter((object) => scope.visible(object))
        .map((object): Cell[] => [
          database,
          object.path[1],
          object.owner,
          yes((object.details as ContainerDetails).transient),
          object.comment || null,
          new Date(object.createdOn),
          (object.details as ContainerDetails).retentionDays,
        ]),
      [
        database,
        'INFORMATION_SCHEMA',
        null,
        'NO',
        'Views describing the contents of schemas in this database',
        null,
        null,
      ],
    ],
  },
  TABLES: {
    columns: [
      text('TABLE_CATALOG'),
      text('TABLE_SCHEMA'),
      text('TABLE_NAME'),
      text('TABLE_OWNER'),
      text('TABLE_TYPE'),
      text('IS_TRANSIENT'),
      text('IS_TEMPORARY'),
      text('CLUSTERING_KEY'),
      integer('ROW_COUNT'),
      integer('RETENTION_TIME'),
      timestamp('CREATED'),
      text('COMMENT'),
    ],
    rows: (warehouse, database, scope) =>
      relations(warehouse, database, scope).map((object) => {
        const table = object.kind === 'VIEW' ? undefined : (object.details as TableDetails);
        return [
          ...object.path,
          object.owner,
          table === undefined ? 'VIEW' : table.lifetime === 'temporary' ? 'LOCAL TEMPORARY' : 'BASE TABLE',
          yes(table?.lifetime === 'transient'),
          yes(table?.lifetime === 'temporary'),
          table?.clusterBy,
          table && { sql: `(SELECT count(*) FROM ${table.physical})` },
          table?.retentionDays,
          new Date(object.createdOn),
          object.comment || null,
        ];
      }),
  },
  VIEWS: {
    columns: [
      text('TABLE_CATALOG'),
      text('TABLE_SCHEMA'),
      text('TABLE_NAME'),
      text('TABLE_OWNER'),
      text('VIEW_DEFINITION'),
      text('IS_SECURE'),
      timestamp('CREATED'),
      text('COMMENT'),
    ],
    rows: (warehouse, database, scope) =>
      relations(warehouse, database, scope)
        .filter(({ kind }) => kind === 'VIEW')
        .map((object) => [
          ...object.path,
          object.owner,
          (object.details as ViewDetails).text,
          yes((object.details as ViewDetails).secure),
          new Date(object.createdOn),
          object.comment || null,
        ]),
  },
  COLUMNS: {
    columns: [
      text('TABLE_CATALOG'),
      text('TABLE_SCHEMA'),
      text('TABLE_NAME'),
      text('COLUMN_NAME'),
      integer('ORDINAL_POSITION'),
      text('COLUMN_DEFAULT'),
      text('IS_NULLABLE'),
      text('DATA_TYPE'),
      integer('CHARACTER_MAXIMUM_LENGTH'),
      integer('NUMERIC_PRECISION'),
      integer('NUMERIC_PRECISION_RADIX'),
      integer('NUMERIC_SCALE'),
      integer('DATETIME_PRECISION'),
      text('IS_IDENTITY'),
      text('COMMENT'),
    ],
    rows: (warehouse, database, scope) =>
      relations(warehouse, database, scope).flatMap((object) =>
        (object.details as { columns: DeclaredColumn[] }).columns.map((column, i) => [
          ...object.path,
          column.name,
          i + 1,
          column.defaultText,
          yes(column.nullable !== false),
          dataType(column),
          column.type === 'text' || column.type === 'binary' ? column.length : null,
          column.type === 'fixed' ? column.precision : null,
          column.type === 'fixed' ? 10 : null,
          column.type === 'fixed' ? column.scale : null,
          column.type.startsWith('time') ? (column.scale ?? 9) : null,
          yes(column.autoincrement !== undefined),
          column.comment,
        ]),
      ),
  },
};

/** The relation behind a name in INFORMATION_SCHEMA: the catalog as it is now, written out as rows. */
export const virtualRelation = (
  warehouse: Warehouse,
  path: readonly string[],
  scope: NameScope,
): Relation | undefined => {
  const [database, schema, name] = path as [string, string, string];
  const view = VIEWS[name] ?? OBJECT_VIEWS[name] ?? KEY_VIEWS[name] ?? GRANT_VIEWS[name];
  if (view === undefined || warehouse.catalog.find('DATABASE', [database]) === undefined) return undefined;
  return {
    database,
    schema,
    name,
    kind: 'view',
    columns: view.columns,
    read: view.read?.(warehouse, database, scope) ?? valuesText(view.columns, view.rows(warehouse, database, scope)),
  };
};

const relations = ({ catalog }: Warehouse, database: string, scope: NameScope): CatalogObject[] =>
  (['TABLE', 'DYNAMIC TABLE', 'VIEW'] as const)
    .flatMap((kind) => catalog.list(kind, [database]))
    .filter((object) => scope.visible(object));

const yes = (value: boolean): string => (value ? 'YES' : 'NO');
