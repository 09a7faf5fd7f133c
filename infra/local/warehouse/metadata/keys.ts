import { keysOf } from '../catalog/keys.ts';
import type { Key, TableDetails, TableObject } from '../catalog/object.ts';
import type { Warehouse } from '../warehouse.ts';
import { lastDdl, objectsOf, placed, type Thing } from './things.ts';
import { time, viewOf, words, type Fields } from './virtual-view.ts';

type Table = Thing<TableDetails>;

interface TableKey {
  readonly table: Table;
  readonly key: Key & { readonly name: string };
  /** The key that a foreign one refers to, if the table is still there. */
  readonly unique?: string | undefined;
}

const ofTable = (prefix: 'CONSTRAINT' | 'TABLE'): Fields<TableKey> =>
  Object.fromEntries(
    Object.entries(placed(prefix)).map(([name, { column, value }]) => [
      name,
      { column, ...(value && { value: ({ table }: TableKey, warehouse: Warehouse) => value(table, warehouse) }) },
    ]),
  );

const FIELDS: Fields<TableKey> = {
  ...ofTable('TABLE'),
  ...ofTable('CONSTRAINT'),
  CONSTRAINT_NAME: words(({ key }) => key.name),
  CONSTRAINT_TYPE: words(({ key }) => key.kind),
  IS_DEFERRABLE: words(() => 'NO'),
  INITIALLY_DEFERRED: words(() => 'YES'),
  ENFORCED: words(() => 'NO'),
  COMMENT: words(),
  CREATED: time(({ table }) => new Date(table.createdOn)),
  LAST_ALTERED: time(({ table }) => lastDdl(table)),
  RELY: words(() => 'NO'),
  UNIQUE_CONSTRAINT_CATALOG: words(({ key }) => key.target?.path[0]),
  UNIQUE_CONSTRAINT_SCHEMA: words(({ key }) => key.target?.path[1]),
  UNIQUE_CONSTRAINT_NAME: words(({ unique }) => unique),
  MATCH_OPTION: words(() => 'FULL'),
  UPDATE_RULE: words(() => 'NO ACTION'),
  DELETE_RULE: words(() => 'NO ACTION'),
};

const keys = (...context: Parameters<ReturnType<typeof objectsOf>>): TableKey[] =>
  objectsOf<TableDetails>('TABLE')(...context).flatMap((table) => keysOf(table).map((key) => ({ table, key })));

const foreignKeys = (...context: Parameters<ReturnType<typeof objectsOf>>): TableKey[] =>
  keys(...context).flatMap(({ table, key }) => {
    if (key.target === undefined) return [];
    const referred = context[0].catalog.find('TABLE', key.target.path) as TableObject | undefined;
    return [{ table, key, unique: referred && keysOf(referred).find(({ kind }) => kind === 'PRIMARY KEY')?.name }];
  });

/** Views of INFORMATION_SCHEMA that list keys, none of which is enforced. */
export const KEY_VIEWS = {
  TABLE_CONSTRAINTS: viewOf(
    `CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME CONSTRAINT_TYPE IS_DEFERRABLE
     INITIALLY_DEFERRED ENFORCED COMMENT CREATED LAST_ALTERED RELY`,
    FIELDS,
    keys,
  ),
  REFERENTIAL_CONSTRAINTS: viewOf(
    `CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME UNIQUE_CONSTRAINT_CATALOG UNIQUE_CONSTRAINT_SCHEMA UNIQUE_CONSTRAINT_NAME
     MATCH_OPTION UPDATE_RULE DELETE_RULE COMMENT CREATED LAST_ALTERED`,
    FIELDS,
    foreignKeys,
  ),
};

/** The same of ACCOUNT_USAGE. */
export const KEYS_OF_ACCOUNT = {
  TABLE_CONSTRAINTS: viewOf(
    `CONSTRAINT_ID CONSTRAINT_NAME CONSTRAINT_SCHEMA_ID CONSTRAINT_SCHEMA CONSTRAINT_CATALOG_ID CONSTRAINT_CATALOG TABLE_ID TABLE_NAME
     TABLE_SCHEMA_ID TABLE_SCHEMA TABLE_CATALOG_ID TABLE_CATALOG CONSTRAINT_TYPE IS_DEFERRABLE INITIALLY_DEFERRED ENFORCED COMMENT CREATED
     LAST_ALTERED DELETED RELY`,
    FIELDS,
    keys,
  ),
};
