import { valuesText } from '../catalog/values-text.ts';
import type { NameScope } from '../catalog/names.ts';
import type { Argument, Relation } from '../contract.ts';
import { integer, text, timestamp, type Cell } from './outcome.ts';
import type { QueryRecord } from './query-history.ts';

const COLUMNS = [
  text('QUERY_ID'),
  text('QUERY_TEXT'),
  text('DATABASE_NAME'),
  text('SCHEMA_NAME'),
  text('QUERY_TYPE'),
  integer('SESSION_ID'),
  text('USER_NAME'),
  text('ROLE_NAME'),
  text('WAREHOUSE_NAME'),
  text('QUERY_TAG'),
  text('EXECUTION_STATUS'),
  text('ERROR_CODE'),
  text('ERROR_MESSAGE'),
  timestamp('START_TIME'),
  timestamp('END_TIME'),
  integer('TOTAL_ELAPSED_TIME'),
  integer('ROWS_PRODUCED'),
];

const NAMED: Readonly<Record<string, (rows: readonly QueryRecord[], scope: NameScope) => readonly QueryRecord[]>> = {
  QUERY_HISTORY: (rows) => rows,
  QUERY_HISTORY_BY_SESSION: (rows, { sessionId }) => rows.filter((row) => row.sessionId === sessionId),
  QUERY_HISTORY_BY_USER: (rows, { user }) => rows.filter((row) => row.user === user),
};

/** INFORMATION_SCHEMA.QUERY_HISTORY and its kin; RESULT_LIMIT and the END_TIME_RANGE are applied, newest first. */
export const queryHistoryFunction =
  (name: string) =>
  (args: readonly Argument[], scope: NameScope): Relation => {
    const argument = (wanted: string): string | undefined => args.find(({ name }) => name === wanted)?.sql;
    const rows = NAMED[name]!(scope.warehouse.history.all(), scope).toReversed();
    const conditions = [`row_number <= CAST(${argument('RESULT_LIMIT') ?? '100'} AS BIGINT)`];
    const inner = [
      argument('END_TIME_RANGE_START') && `("END_TIME" IS NULL OR "END_TIME" >= ${argument('END_TIME_RANGE_START')})`,
      argument('END_TIME_RANGE_END') && `("END_TIME" IS NULL OR "END_TIME" <= ${argument('END_TIME_RANGE_END')})`,
    ].filter((condition) => condition !== undefined);
    const where = inner.length > 0 ? ` WHERE ${inner.join(' AND ')}` : '';
    const numbered = `SELECT *, row_number() OVER () AS row_number FROM ${valuesText(COLUMNS, rows.map(row))}${where}`;
    return {
      database: scope.database ?? '',
      schema: 'INFORMATION_SCHEMA',
      name,
      kind: 'view',
      columns: COLUMNS,
      read: `(SELECT * EXCLUDE (row_number) FROM (${numbered}) WHERE ${conditions.join(' AND ')})`,
    };
  };

const row = (record: QueryRecord): Cell[] => [
  record.id,
  record.text,
  record.database,
  record.schema,
  /^\s*(\w+)/.exec(record.text)?.[1]?.toUpperCase(),
  record.sessionId,
  record.user,
  record.role,
  record.warehouse,
  record.tag,
  { RUNNING: 'RUNNING', SUCCESS: 'SUCCESS', FAILED: 'FAILED_WITH_ERROR', ABORTED: 'ABORTED' }[record.state],
  record.error?.code,
  record.error?.message,
  record.startedAt,
  record.endedAt,
  record.endedAt && record.endedAt.getTime() - record.startedAt.getTime(),
  record.rows,
];
