import type { NameScope } from '../catalog/name-scope.ts';
import { dataType } from '../catalog/column-types.ts';
import type { DeclaredColumn } from '../catalog/object.ts';
import { octets } from '../catalog/text-bytes.ts';
import type { Warehouse } from '../warehouse.ts';
import { everyRelation, relations, RELATION_FIELDS } from './relations.ts';
import { number, time, viewOf, words, yes, type Fields, type ViewCell } from './virtual-view.ts';

type Table = ReturnType<typeof relations>[number];

interface TableColumn {
  readonly table: Table;
  readonly column: DeclaredColumn;
  readonly place: number;
}

const ofTable = (name: string): ((thing: TableColumn, warehouse: Warehouse) => ViewCell) => {
  const value = RELATION_FIELDS[name]!.value!;
  return ({ table }, warehouse) => value(table, warehouse);
};

const identity = (value: (counter: NonNullable<DeclaredColumn['autoincrement']>) => ViewCell) =>
  words<TableColumn>(({ column }) => (column.autoincrement === undefined ? null : value(column.autoincrement)));

const sized = ({ type }: DeclaredColumn): boolean => type === 'text' || type === 'binary';

const FIELDS: Fields<TableColumn> = {
  COLUMN_ID: number(({ table, place }) => table.id * 10_000 + place),
  TABLE_ID: number(ofTable('TABLE_ID')),
  TABLE_NAME: words(ofTable('TABLE_NAME')),
  TABLE_SCHEMA_ID: number(ofTable('TABLE_SCHEMA_ID')),
  TABLE_SCHEMA: words(ofTable('TABLE_SCHEMA')),
  TABLE_CATALOG_ID: number(ofTable('TABLE_CATALOG_ID')),
  TABLE_CATALOG: words(ofTable('TABLE_CATALOG')),
  COLUMN_NAME: words(({ column }) => column.name),
  ORDINAL_POSITION: number(({ place }) => place),
  COLUMN_DEFAULT: words(({ column }) => column.defaultText),
  IS_NULLABLE: words(({ column }) => yes(column.nullable !== false)),
  DATA_TYPE: words(({ column }) => dataType(column)),
  CHARACTER_MAXIMUM_LENGTH: number(({ column }) => (sized(column) ? column.length : null)),
  CHARACTER_OCTET_LENGTH: number(({ column }) => (sized(column) ? octets(column) : null)),
  NUMERIC_PRECISION: number(({ column }) => (column.type === 'fixed' ? column.precision : null)),
  NUMERIC_PRECISION_RADIX: number(({ column }) => (column.type === 'fixed' ? 10 : null)),
  NUMERIC_SCALE: number(({ column }) => (column.type === 'fixed' ? column.scale : null)),
  DATETIME_PRECISION: number(({ column }) => (column.type.startsWith('time') ? (column.scale ?? 9) : null)),
  INTERVAL_PRECISION: number(),
  MAXIMUM_CARDINALITY: number(),
  COLLATION_NAME: words(({ column }) => column.collation),
  IS_SELF_REFERENCING: words(() => 'NO'),
  IS_IDENTITY: words(({ column }) => yes(column.autoincrement !== undefined)),
  IDENTITY_GENERATION: identity(() => 'BY DEFAULT'),
  IDENTITY_START: identity(({ start }) => String(start)),
  IDENTITY_INCREMENT: identity(({ step }) => String(step)),
  IDENTITY_CYCLE: identity(() => 'NO'),
  IDENTITY_ORDERED: identity(() => 'NO'),
  SCHEMA_EVOLUTION_RECORD: words(({ column }) => column.evolution),
  COMMENT: words(({ column }) => column.comment),
  DELETED: time(({ table }) => table.deleted),
  KIND: words(() => 'COLUMN'),
};

const columnsOf =
  (tables: typeof relations) =>
  (warehouse: Warehouse, database: string | undefined, scope: NameScope): TableColumn[] =>
    tables(warehouse, database, scope).flatMap((table) =>
      (table.details.columns ?? []).map((column, i) => ({ table, column, place: i + 1 })),
    );

const REST = `ORDINAL_POSITION COLUMN_DEFAULT IS_NULLABLE DATA_TYPE CHARACTER_MAXIMUM_LENGTH CHARACTER_OCTET_LENGTH NUMERIC_PRECISION
  NUMERIC_PRECISION_RADIX NUMERIC_SCALE DATETIME_PRECISION INTERVAL_TYPE INTERVAL_PRECISION CHARACTER_SET_CATALOG CHARACTER_SET_SCHEMA
  CHARACTER_SET_NAME COLLATION_CATALOG COLLATION_SCHEMA COLLATION_NAME DOMAIN_CATALOG DOMAIN_SCHEMA DOMAIN_NAME UDT_CATALOG UDT_SCHEMA UDT_NAME
  SCOPE_CATALOG SCOPE_SCHEMA SCOPE_NAME MAXIMUM_CARDINALITY DTD_IDENTIFIER IS_SELF_REFERENCING IS_IDENTITY IDENTITY_GENERATION IDENTITY_START
  IDENTITY_INCREMENT IDENTITY_MAXIMUM IDENTITY_MINIMUM IDENTITY_CYCLE IDENTITY_ORDERED SCHEMA_EVOLUTION_RECORD COMMENT`;

/** COLUMNS of INFORMATION_SCHEMA. */
export const COLUMNS = viewOf(
  `TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ${REST} DATA_TYPE_ALIAS EXPRESSION KIND`,
  FIELDS,
  columnsOf(relations),
);

/** The same of ACCOUNT_USAGE. */
export const COLUMNS_OF_ACCOUNT = viewOf(
  `COLUMN_ID COLUMN_NAME TABLE_ID TABLE_NAME TABLE_SCHEMA_ID TABLE_SCHEMA TABLE_CATALOG_ID TABLE_CATALOG ${REST} DELETED DATA_TYPE_ALIAS EXPRESSION KIND`,
  { ...FIELDS, INTERVAL_PRECISION: words(), MAXIMUM_CARDINALITY: words() },
  columnsOf(everyRelation),
);
