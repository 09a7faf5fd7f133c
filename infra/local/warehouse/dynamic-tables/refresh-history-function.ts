import { valuesText } from '../catalog/values-text.ts';
import type { Relation } from '../contract.ts';
import { namedArguments } from '../session/named-arguments.ts';
import { integer, text, timestamp, type Cell } from '../session/outcome.ts';
import { displayName } from '../sql/identifier.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import type { Refresh } from './refresh.ts';
import { refresherOf } from './refresher.ts';

const COLUMNS = [
  ...['NAME', 'SCHEMA_NAME', 'DATABASE_NAME', 'STATE', 'STATE_CODE', 'STATE_MESSAGE', 'QUERY_ID'].map((name) =>
    text(name),
  ),
  ...['DATA_TIMESTAMP', 'REFRESH_START_TIME', 'REFRESH_END_TIME', 'COMPLETION_TARGET'].map((name) => timestamp(name)),
  text('QUALIFIED_NAME'),
  { name: 'LAST_COMPLETED_DEPENDENCY', type: 'object' as const },
  { name: 'STATISTICS', type: 'object' as const },
  ...['REFRESH_ACTION', 'REINIT_REASON', 'REFRESH_TRIGGER'].map((name) => text(name)),
  integer('TARGET_LAG_SEC'),
  { ...timestamp('GRAPH_HISTORY_VALID_FROM'), type: 'timestamp_ntz' as const },
  { name: 'INPUTS_WITH_CHANGED_DATA', type: 'array' as const },
];

const ORDER = ['DATA_TIMESTAMP_START', 'DATA_TIMESTAMP_END', 'RESULT_LIMIT', 'NAME', 'NAME_PREFIX', 'ERROR_ONLY'];

/** INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY: refreshes since the start, those that ended last first. */
export const refreshHistory: TableFunctionProvider = (args, scope): Relation => {
  const given = namedArguments(args, ORDER);
  const { catalog } = scope.warehouse;
  const visible = refresherOf(scope.warehouse).history.filter(({ path }) => {
    const table = catalog.find('DYNAMIC TABLE', path);
    return table !== undefined && scope.visible(table);
  });
  const conditions = [
    given.has('DATA_TIMESTAMP_START') &&
      `"DATA_TIMESTAMP" >= CAST(${given.get('DATA_TIMESTAMP_START')} AS TIMESTAMPTZ)`,
    given.has('DATA_TIMESTAMP_END') && `"DATA_TIMESTAMP" <= CAST(${given.get('DATA_TIMESTAMP_END')} AS TIMESTAMPTZ)`,
    given.has('NAME') && `ends_with('.' || "QUALIFIED_NAME", '.' || upper(${given.get('NAME')}))`,
    given.has('NAME_PREFIX') && `starts_with("QUALIFIED_NAME", upper(${given.get('NAME_PREFIX')}))`,
    given.has('ERROR_ONLY') && `(NOT ${given.get('ERROR_ONLY')} OR "STATE" IN ('FAILED', 'UPSTREAM_FAILED'))`,
  ].filter((condition) => condition !== false);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return {
    database: scope.database ?? '',
    schema: 'INFORMATION_SCHEMA',
    name: 'DYNAMIC_TABLE_REFRESH_HISTORY',
    kind: 'view',
    columns: COLUMNS,
    read: `(FROM ${valuesText(COLUMNS, visible.toReversed().map(row))} ${where} LIMIT CAST(${given.get('RESULT_LIMIT') ?? '100'} AS BIGINT))`,
  };
};

const row = (refresh: Refresh): Cell[] => [
  refresh.path[2],
  refresh.path[1],
  refresh.path[0],
  refresh.state,
  refresh.error === undefined ? 'SUCCESS' : refresh.error.code,
  refresh.error?.message,
  refresh.queryId,
  refresh.dataTimestamp,
  refresh.startedAt,
  refresh.endedAt,
  refresh.lagSeconds === undefined ? undefined : new Date(refresh.dataTimestamp.getTime() + refresh.lagSeconds * 1000),
  displayName(refresh.path),
  null,
  refresh.state === 'SUCCEEDED'
    ? JSON.stringify({ numDeletedRows: refresh.deleted, numInsertedRows: refresh.inserted })
    : null,
  refresh.action,
  null,
  refresh.trigger,
  refresh.lagSeconds,
  null,
  null,
];
