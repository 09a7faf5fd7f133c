import type { Relation } from '../contract.ts';
import { namedArguments } from '../session/named-arguments.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import { text, timestamp } from '../session/outcome.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import { allTasks } from './find-task.ts';
import { schedulerOf } from './scheduler.ts';

/** What is told of a task's run, with the DuckDB text of each column over the history of runs. */
export const TASK_RUN_ITEMS = [
  [text('QUERY_ID'), 'query_id'],
  [text('NAME'), 'path[3]'],
  [text('DATABASE_NAME'), 'path[1]'],
  [text('SCHEMA_NAME'), 'path[2]'],
  [text('QUERY_TEXT'), 'query_text'],
  [text('CONDITION_TEXT'), 'condition'],
  [text('STATE'), 'state'],
  [text('ERROR_CODE'), 'error_code'],
  [text('ERROR_MESSAGE'), 'error_message'],
  [timestamp('SCHEDULED_TIME'), 'scheduled_at'],
  [timestamp('QUERY_START_TIME'), 'started_at'],
  [timestamp('NEXT_SCHEDULED_TIME'), 'NULL::TIMESTAMPTZ'],
  [timestamp('COMPLETED_TIME'), 'completed_at'],
  [text('ROOT_TASK_ID'), 'CAST(root AS VARCHAR)'],
  [text('GRAPH_VERSION'), `'1'`],
  [text('RUN_ID'), `CAST(epoch_ms(scheduled_at) AS VARCHAR)`],
  [text('RETURN_VALUE'), 'return_value'],
  [text('SCHEDULED_FROM'), 'scheduled_from'],
  [text('ATTEMPT_NUMBER'), `'1'`],
  [text('CONFIG'), 'config'],
  [text('QUERY_HASH'), 'NULL::VARCHAR'],
  [text('QUERY_HASH_VERSION'), 'NULL::VARCHAR'],
  [text('QUERY_PARAMETERIZED_HASH'), 'NULL::VARCHAR'],
  [text('QUERY_PARAMETERIZED_HASH_VERSION'), 'NULL::VARCHAR'],
  [text('GRAPH_RUN_GROUP_ID'), 'run_group'],
  [text('BACKFILL_INFO'), 'NULL::VARCHAR'],
] as const;

const COLUMNS = TASK_RUN_ITEMS.map(([column]) => column);

/** INFORMATION_SCHEMA.TASK_HISTORY: runs of the last week and those to come, newest first, cut off before any WHERE. */
export const taskHistory: TableFunctionProvider = (args, scope): Relation => {
  const scheduler = schedulerOf(scope.warehouse);
  const given = namedArguments(args, [
    'SCHEDULED_TIME_RANGE_START',
    'SCHEDULED_TIME_RANGE_END',
    'RESULT_LIMIT',
    'TASK_NAME',
    'ERROR_ONLY',
    'ROOT_TASK_ID',
  ]);
  const visible = allTasks(scope.warehouse.catalog)
    .filter((task) => scope.visible(task))
    .map(({ id }) => id);
  const conditions = [
    `task IN (${[0, ...visible].join(', ')})`,
    given.has('SCHEDULED_TIME_RANGE_START') &&
      `scheduled_at >= CAST(${given.get('SCHEDULED_TIME_RANGE_START')} AS TIMESTAMPTZ)`,
    given.has('SCHEDULED_TIME_RANGE_END') &&
      `scheduled_at <= CAST(${given.get('SCHEDULED_TIME_RANGE_END')} AS TIMESTAMPTZ)`,
    given.has('TASK_NAME') && `path[3] = upper(${given.get('TASK_NAME')})`,
    given.has('ERROR_ONLY') &&
      `(NOT ${given.get('ERROR_ONLY')} OR state IN ('FAILED', 'FAILED_AND_AUTO_SUSPENDED', 'CANCELLED'))`,
    given.has('ROOT_TASK_ID') && `CAST(root AS VARCHAR) = ${given.get('ROOT_TASK_ID')}`,
  ].filter((condition) => typeof condition === 'string');
  const list = TASK_RUN_ITEMS.map(([{ name }, item]) => `${item} AS ${displayIdentifier(name)}`).join(', ');
  return {
    database: '',
    schema: 'INFORMATION_SCHEMA',
    name: 'TASK_HISTORY',
    kind: 'view',
    columns: COLUMNS,
    read: `(SELECT ${list} FROM ${scheduler.history.text(scheduler.coming())} WHERE ${conditions.join(' AND ')} ORDER BY coalesce(completed_at, scheduled_at) DESC LIMIT ${given.get('RESULT_LIMIT') ?? '100'})`,
  };
};
