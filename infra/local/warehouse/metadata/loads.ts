import type { NameScope } from '../catalog/name-scope.ts';
import { integer, text, timestamp } from '../session/outcome.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import { schedulerOf } from '../tasks/scheduler.ts';
import { TASK_RUN_ITEMS } from '../tasks/task-history-function.ts';
import type { Column } from '../contract.ts';
import type { Warehouse } from '../warehouse.ts';
import { objectsOf, type Thing } from './things.ts';
import type { VirtualView } from './virtual-view.ts';

/** Columns with the DuckDB text of each. */
type Items = readonly (readonly [column: Column, sql: string])[];

/** DuckDB text of objects with their names as they are now and the ids of what they lie in. */
const named = (objects: readonly Thing[], { catalog }: Warehouse): string => {
  const rows = objects.map(({ id, path }) => {
    const schema = catalog.find('SCHEMA', path.slice(0, 2))?.id ?? 'NULL';
    const database = catalog.find('DATABASE', path.slice(0, 1))?.id ?? 'NULL';
    return `(${id}, ${path.map(quoteString).join(', ')}, ${schema}, ${database})`;
  });
  const none = '(NULL, NULL, NULL, NULL, NULL, NULL)';
  return `(VALUES ${[none, ...rows].join(', ')}) AS o(object_id, database, schema, name, schema_id, database_id)`;
};

const chosen = (items: Items, from: string): string =>
  `(SELECT ${items.map(([{ name }, sql]) => `${sql} AS ${quoteIdentifier(name)}`).join(', ')} FROM ${from})`;

type Source = (warehouse: Warehouse, database: string | undefined, scope: NameScope) => string;

const view = (items: Items, from: Source): VirtualView => ({
  columns: items.map(([column]) => column),
  rows: () => [],
  read: (...context) => chosen(items, from(...context)),
});

const files: Source = (warehouse, database, scope) =>
  `_catalog.load_history JOIN ${named(objectsOf('TABLE')(warehouse, database, scope), warehouse)} ON table_id = object_id`;
const copiedFiles: Source = (...context) => `${files(...context)} WHERE pipe_id = 0`;

const LOADED: Items = [
  [timestamp('LAST_LOAD_TIME'), 'loaded_at'],
  [text('STATUS'), `replace(status, '_', ' ')`],
  [integer('ROW_COUNT'), 'loaded'],
  [integer('ROW_PARSED'), 'parsed'],
  [text('FIRST_ERROR_MESSAGE'), 'error'],
  [integer('FIRST_ERROR_LINE_NUMBER'), 'error_line'],
  [integer('FIRST_ERROR_CHARACTER_POSITION'), 'error_character'],
  [text('FIRST_ERROR_COL_NAME'), 'error_column'],
  [integer('ERROR_COUNT'), 'errors'],
  [integer('ERROR_LIMIT'), 'error_limit'],
];
const FILE = 'stage_location || file_name';

/** LOAD_HISTORY of INFORMATION_SCHEMA: what COPY has loaded. */
export const LOAD_HISTORY = view(
  [[text('SCHEMA_NAME'), 'schema'], [text('FILE_NAME'), FILE], [text('TABLE_NAME'), 'name'], ...LOADED],
  copiedFiles,
);

// What the view has besides, or in another type than, the function of this name.
const OWN: Items = [
  [integer('TASK_SCHEMA_ID'), 'schema_id'],
  [integer('TASK_DATABASE_ID'), 'database_id'],
  [integer('INSTANCE_ID'), 'NULL::BIGINT'],
  [integer('SPCS_JOB_ID'), 'NULL::BIGINT'],
  [integer('GRAPH_VERSION'), '1'],
  [integer('RUN_ID'), 'epoch_ms(scheduled_at)'],
  [integer('ATTEMPT_NUMBER'), '1'],
  [integer('QUERY_HASH_VERSION'), 'NULL::BIGINT'],
  [integer('QUERY_PARAMETERIZED_HASH_VERSION'), 'NULL::BIGINT'],
];

/** What was loaded and which tasks ran, as ACCOUNT_USAGE tells it. */
export const LOADS_OF_ACCOUNT = {
  LOAD_HISTORY: view(
    [
      [integer('TABLE_ID'), 'object_id'],
      [text('TABLE_NAME'), 'name'],
      [integer('SCHEMA_ID'), 'schema_id'],
      [text('SCHEMA_NAME'), 'schema'],
      [integer('CATALOG_ID'), 'database_id'],
      [text('CATALOG_NAME'), 'database'],
      [text('FILE_NAME'), FILE],
      ...LOADED,
    ],
    copiedFiles,
  ),
  COPY_HISTORY: view(
    [
      [text('FILE_NAME'), 'file_name'],
      [text('STAGE_LOCATION'), 'stage_location'],
      [timestamp('LAST_LOAD_TIME'), 'loaded_at'],
      [integer('ROW_COUNT'), 'loaded'],
      [integer('ROW_PARSED'), 'parsed'],
      [integer('FILE_SIZE'), 'size'],
      [text('FIRST_ERROR_MESSAGE'), 'error'],
      [integer('FIRST_ERROR_LINE_NUMBER'), 'error_line'],
      [integer('FIRST_ERROR_CHARACTER_POS'), 'error_character'],
      [text('FIRST_ERROR_COLUMN_NAME'), 'error_column'],
      [integer('ERROR_COUNT'), 'errors'],
      [integer('ERROR_LIMIT'), 'error_limit'],
      [text('STATUS'), `upper(status[1]) || lower(replace(status[2:], '_', ' '))`],
      [integer('TABLE_ID'), 'object_id'],
      [text('TABLE_NAME'), 'name'],
      [integer('TABLE_SCHEMA_ID'), 'schema_id'],
      [text('TABLE_SCHEMA_NAME'), 'schema'],
      [integer('TABLE_CATALOG_ID'), 'database_id'],
      [text('TABLE_CATALOG_NAME'), 'database'],
      [text('PIPE_CATALOG_NAME'), 'pipe_path[1]'],
      [text('PIPE_SCHEMA_NAME'), 'pipe_path[2]'],
      [text('PIPE_NAME'), 'pipe_path[3]'],
      [timestamp('PIPE_RECEIVED_TIME'), 'received_at'],
      [timestamp('FIRST_COMMIT_TIME'), 'loaded_at'],
      [integer('BYTES_BILLED'), 'CASE WHEN pipe_id = 0 THEN NULL ELSE size END'],
    ],
    files,
  ),
  TASK_HISTORY: view(
    `NAME QUERY_TEXT CONDITION_TEXT SCHEMA_NAME TASK_SCHEMA_ID DATABASE_NAME TASK_DATABASE_ID SCHEDULED_TIME COMPLETED_TIME STATE
     RETURN_VALUE QUERY_ID QUERY_START_TIME ERROR_CODE ERROR_MESSAGE GRAPH_VERSION RUN_ID ROOT_TASK_ID SCHEDULED_FROM ATTEMPT_NUMBER
     INSTANCE_ID CONFIG QUERY_HASH QUERY_HASH_VERSION QUERY_PARAMETERIZED_HASH QUERY_PARAMETERIZED_HASH_VERSION GRAPH_RUN_GROUP_ID
     BACKFILL_INFO SPCS_JOB_ID`
      .split(/\s+/)
      .map((name) => [...OWN, ...TASK_RUN_ITEMS].find(([column]) => column.name === name)!),
    (warehouse, _, scope) =>
      `${schedulerOf(warehouse).history.text([])} JOIN ${named(objectsOf('TASK')(warehouse, undefined, scope), warehouse)} ON task = object_id WHERE completed_at IS NOT NULL`,
  ),
};
