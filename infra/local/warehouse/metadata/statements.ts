import { createHash } from 'node:crypto';
import type { CatalogObject } from '../catalog/object.ts';
import { shownSize } from '../catalog/commands/show-warehouses.ts';
import type { Property } from '../catalog/properties.ts';
import type { QueryRecord } from '../session/query-history.ts';
import { queryType } from '../session/query-type.ts';
import type { Warehouse } from '../warehouse.ts';
import { flag, list, number, real, time, viewOf, words, type Fields } from './virtual-view.ts';

const LONGEST_TEXT = 100_000;
const LONGEST_ERROR = 5000;

const nothing = number<QueryRecord>(() => 0);
const took = ({ startedAt, endedAt }: QueryRecord): number | undefined =>
  endedAt && endedAt.getTime() - startedAt.getTime();
const hash = (text: string): string => createHash('md5').update(text).digest('hex');
// Written as Snowflake canonicalizes for comparison: without comments, with single spaces.
const canonical = (text: string): string =>
  text
    .replace(/--[^\n]*\n|\/\*[\s\S]*?\*\//g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const parameterized = (text: string): string => canonical(text).replace(/'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b/g, '?');

const idOf = (warehouse: Warehouse, kind: CatalogObject['kind'], ...path: (string | undefined)[]): number | undefined =>
  path.includes(undefined) ? undefined : warehouse.catalog.find(kind, path as string[])?.id;

const sizeOf = ({ catalog }: Warehouse, name: string | undefined): string | undefined => {
  if (name === undefined) return undefined;
  const found = catalog.find('WAREHOUSE', [name]) as
    | CatalogObject<{ properties: Readonly<Record<string, Property>> }>
    | undefined;
  return shownSize(found?.details.properties['WAREHOUSE_SIZE']);
};

/** What is told of a statement that ran. */
export const STATEMENT_FIELDS: Fields<QueryRecord> = {
  QUERY_ID: words(({ id }) => id),
  QUERY_TEXT: words(({ text }) => text.slice(0, LONGEST_TEXT)),
  DATABASE_ID: number(({ database }, warehouse) => idOf(warehouse, 'DATABASE', database)),
  DATABASE_NAME: words(({ database }) => database),
  SCHEMA_ID: number(({ database, schema }, warehouse) => idOf(warehouse, 'SCHEMA', database, schema)),
  SCHEMA_NAME: words(({ schema }) => schema),
  QUERY_TYPE: words(({ text }) => queryType(text)),
  SESSION_ID: number(({ sessionId }) => sessionId),
  AUTHN_EVENT_ID: number(({ sessionId }) => sessionId),
  USER_NAME: words(({ user }) => user),
  ROLE_NAME: words(({ role }) => role),
  ROLE_TYPE: words(() => 'ROLE'),
  USER_TYPE: words(() => 'PERSON'),
  WAREHOUSE_ID: number(({ warehouse: name }, warehouse) => idOf(warehouse, 'WAREHOUSE', name)),
  WAREHOUSE_NAME: words(({ warehouse }) => warehouse),
  WAREHOUSE_SIZE: words(({ warehouse: name }, warehouse) => sizeOf(warehouse, name)),
  WAREHOUSE_TYPE: words(({ warehouse }) => (warehouse === undefined ? null : 'STANDARD')),
  CLUSTER_NUMBER: number(({ warehouse }) => (warehouse === undefined ? null : 1)),
  QUERY_TAG: words(({ tag }) => tag),
  EXECUTION_STATUS: words(
    ({ state }) =>
      ({ RUNNING: 'RUNNING', SUCCESS: 'SUCCESS', FAILED: 'FAILED_WITH_ERROR', ABORTED: 'FAILED_WITH_ERROR' })[state],
  ),
  ERROR_CODE: number(({ error }) => error && Number(error.code)),
  ERROR_MESSAGE: words(({ error }) => error?.message.slice(0, LONGEST_ERROR)),
  START_TIME: time(({ startedAt }) => startedAt),
  END_TIME: time(({ endedAt }) => endedAt ?? new Date(0)),
  TOTAL_ELAPSED_TIME: number(took),
  BYTES_SCANNED: nothing,
  PERCENTAGE_SCANNED_FROM_CACHE: real(() => 0),
  ...Object.fromEntries(
    `BYTES_WRITTEN BYTES_WRITTEN_TO_RESULT BYTES_READ_FROM_RESULT ROWS_UNLOADED BYTES_DELETED PARTITIONS_SCANNED PARTITIONS_TOTAL
     BYTES_SPILLED_TO_LOCAL_STORAGE BYTES_SPILLED_TO_REMOTE_STORAGE BYTES_SENT_OVER_THE_NETWORK QUEUED_PROVISIONING_TIME QUEUED_REPAIR_TIME
     QUEUED_OVERLOAD_TIME TRANSACTION_BLOCKED_TIME OUTBOUND_DATA_TRANSFER_BYTES INBOUND_DATA_TRANSFER_BYTES LIST_EXTERNAL_FILES_TIME
     LIST_EXTERNAL_FILE_TIME CREDITS_USED_CLOUD_SERVICES EXTERNAL_FUNCTION_TOTAL_INVOCATIONS EXTERNAL_FUNCTION_TOTAL_SENT_ROWS
     EXTERNAL_FUNCTION_TOTAL_RECEIVED_ROWS EXTERNAL_FUNCTION_TOTAL_SENT_BYTES EXTERNAL_FUNCTION_TOTAL_RECEIVED_BYTES
     QUERY_ACCELERATION_BYTES_SCANNED QUERY_ACCELERATION_PARTITIONS_SCANNED QUERY_ACCELERATION_UPPER_LIMIT_SCALE_FACTOR TRANSACTION_ID
     CHILD_QUERIES_WAIT_TIME QUERY_RETRY_TIME FAULT_HANDLING_TIME COMPILATION_TIME`
      .split(/\s+/)
      .map((name) => [name, nothing]),
  ),
  ROWS_PRODUCED: number(({ changed, rows }) => changed?.all ?? rows),
  ROWS_INSERTED: number(({ changed }) => changed?.inserted ?? 0),
  ROWS_UPDATED: number(({ changed }) => changed?.updated ?? 0),
  ROWS_DELETED: number(({ changed }) => changed?.deleted ?? 0),
  ROWS_WRITTEN_TO_RESULT: number(({ rows }) => rows),
  EXECUTION_TIME: number(took),
  RELEASE_VERSION: words(() => '9.0.0'),
  QUERY_LOAD_PERCENT: number(),
  IS_CLIENT_GENERATED_STATEMENT: flag(() => false),
  QUERY_HASH: words(({ text }) => hash(canonical(text))),
  QUERY_HASH_VERSION: number(() => 2),
  QUERY_PARAMETERIZED_HASH: words(({ text }) => hash(parameterized(text))),
  QUERY_PARAMETERIZED_HASH_VERSION: number(() => 1),
  BIND_VALUES: list(),
};

/** QUERY_HISTORY of ACCOUNT_USAGE: statements that have ended. */
export const QUERY_HISTORY = viewOf(
  `QUERY_ID QUERY_TEXT DATABASE_ID DATABASE_NAME SCHEMA_ID SCHEMA_NAME QUERY_TYPE SESSION_ID AUTHN_EVENT_ID USER_NAME ROLE_NAME WAREHOUSE_ID
   WAREHOUSE_NAME WAREHOUSE_SIZE WAREHOUSE_TYPE CLUSTER_NUMBER QUERY_TAG EXECUTION_STATUS ERROR_CODE ERROR_MESSAGE START_TIME END_TIME
   TOTAL_ELAPSED_TIME BYTES_SCANNED PERCENTAGE_SCANNED_FROM_CACHE BYTES_WRITTEN BYTES_WRITTEN_TO_RESULT BYTES_READ_FROM_RESULT ROWS_PRODUCED
   ROWS_INSERTED ROWS_UPDATED ROWS_DELETED ROWS_UNLOADED BYTES_DELETED PARTITIONS_SCANNED PARTITIONS_TOTAL BYTES_SPILLED_TO_LOCAL_STORAGE
   BYTES_SPILLED_TO_REMOTE_STORAGE BYTES_SENT_OVER_THE_NETWORK COMPILATION_TIME EXECUTION_TIME QUEUED_PROVISIONING_TIME QUEUED_REPAIR_TIME
   QUEUED_OVERLOAD_TIME TRANSACTION_BLOCKED_TIME OUTBOUND_DATA_TRANSFER_CLOUD OUTBOUND_DATA_TRANSFER_REGION OUTBOUND_DATA_TRANSFER_BYTES
   INBOUND_DATA_TRANSFER_CLOUD INBOUND_DATA_TRANSFER_REGION INBOUND_DATA_TRANSFER_BYTES LIST_EXTERNAL_FILES_TIME CREDITS_USED_CLOUD_SERVICES
   RELEASE_VERSION EXTERNAL_FUNCTION_TOTAL_INVOCATIONS EXTERNAL_FUNCTION_TOTAL_SENT_ROWS EXTERNAL_FUNCTION_TOTAL_RECEIVED_ROWS
   EXTERNAL_FUNCTION_TOTAL_SENT_BYTES EXTERNAL_FUNCTION_TOTAL_RECEIVED_BYTES QUERY_LOAD_PERCENT IS_CLIENT_GENERATED_STATEMENT
   QUERY_ACCELERATION_BYTES_SCANNED QUERY_ACCELERATION_PARTITIONS_SCANNED QUERY_ACCELERATION_UPPER_LIMIT_SCALE_FACTOR TRANSACTION_ID
   CHILD_QUERIES_WAIT_TIME ROLE_TYPE QUERY_HASH QUERY_HASH_VERSION QUERY_PARAMETERIZED_HASH QUERY_PARAMETERIZED_HASH_VERSION
   SECONDARY_ROLE_STATS ROWS_WRITTEN_TO_RESULT QUERY_RETRY_TIME QUERY_RETRY_CAUSE FAULT_HANDLING_TIME USER_TYPE USER_DATABASE_NAME
   USER_DATABASE_ID USER_SCHEMA_NAME USER_SCHEMA_ID BIND_VALUES AGENT_TYPE`,
  {
    ...STATEMENT_FIELDS,
    // The view has words of its own for how a statement ended.
    EXECUTION_STATUS: words(({ state }: QueryRecord) => (state === 'SUCCESS' ? 'SUCCESS' : 'FAIL')),
  },
  ({ history }) => history.all().filter(({ state }) => state !== 'RUNNING'),
);

/** What the functions QUERY_HISTORY and QUERY_HISTORY_BY_... list. */
export const STATEMENTS = viewOf(
  `QUERY_ID QUERY_TEXT DATABASE_NAME SCHEMA_NAME QUERY_TYPE SESSION_ID AUTHN_EVENT_ID USER_NAME USER_TYPE USER_DATABASE_NAME USER_SCHEMA_NAME
   ROLE_NAME WAREHOUSE_NAME WAREHOUSE_SIZE WAREHOUSE_TYPE CLUSTER_NUMBER QUERY_TAG EXECUTION_STATUS ERROR_CODE ERROR_MESSAGE START_TIME
   END_TIME TOTAL_ELAPSED_TIME BYTES_SCANNED ROWS_PRODUCED COMPILATION_TIME EXECUTION_TIME QUEUED_PROVISIONING_TIME QUEUED_REPAIR_TIME
   QUEUED_OVERLOAD_TIME TRANSACTION_BLOCKED_TIME OUTBOUND_DATA_TRANSFER_CLOUD OUTBOUND_DATA_TRANSFER_REGION OUTBOUND_DATA_TRANSFER_BYTES
   INBOUND_DATA_TRANSFER_CLOUD INBOUND_DATA_TRANSFER_REGION INBOUND_DATA_TRANSFER_BYTES LIST_EXTERNAL_FILE_TIME CREDITS_USED_CLOUD_SERVICES
   RELEASE_VERSION EXTERNAL_FUNCTION_TOTAL_INVOCATIONS EXTERNAL_FUNCTION_TOTAL_SENT_ROWS EXTERNAL_FUNCTION_TOTAL_RECEIVED_ROWS
   EXTERNAL_FUNCTION_TOTAL_SENT_BYTES EXTERNAL_FUNCTION_TOTAL_RECEIVED_BYTES IS_CLIENT_GENERATED_STATEMENT QUERY_HASH QUERY_HASH_VERSION
   QUERY_PARAMETERIZED_HASH QUERY_PARAMETERIZED_HASH_VERSION TRANSACTION_ID QUERY_ACCELERATION_BYTES_SCANNED
   QUERY_ACCELERATION_PARTITIONS_SCANNED QUERY_ACCELERATION_UPPER_LIMIT_SCALE_FACTOR BYTES_WRITTEN_TO_RESULT ROWS_WRITTEN_TO_RESULT
   ROWS_INSERTED QUERY_RETRY_TIME QUERY_RETRY_CAUSE FAULT_HANDLING_TIME BIND_VALUES AGENT_TYPE`,
  STATEMENT_FIELDS,
  ({ history }) => history.all().toReversed(),
);
