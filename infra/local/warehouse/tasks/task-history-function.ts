import type { Relation } from '../contract.ts';
import { namedArguments } from '../session/named-arguments.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import { text, timestamp } from '../session/outcome.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import { allTasks } from './find-task.ts';
import { schedulerOf } from './scheduler.ts';

const COLUMNS = [
  text('QUERY_ID'),
  text('NAME'),
  text('DATABASE_NAME'),
  text('SCHEMA_NAME'),
  text('QUERY_TEXT'),
  text('CONDITION_TEXT'),
  text('STATE'),
  text('ERROR_CODE'),
  text('ERROR_MESSAGE'),
  timestamp('SCHEDULED_TIME'),
  timestamp('QUERY_START_TIME'),
  timestamp('NEXT_SCHEDULED_TIME'),
  timestamp('COMPLETED_TIME'),
  text('ROOT_TASK_ID'),
  text('GRAPH_VERSION'),
  text('RUN_ID'),
  text('RETURN_VALUE'),
  text('SCHEDULED_FROM'),
  text('ATTEMPT_NUMBER'),
  text('CONFIG'),
  text('QUERY_HASH'),
  text('QUERY_HASH_VERSION'),
  text('QUERY_PARAMETERIZED_HASH'),
  text('QUERY_PARAMETERIZED_HASH_VERSION'),
  text('GRAPH_RUN_GROUP_ID'),
  text('BACKFILL_INFO'),
];

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
  const items = [
    'query_id',
    'path[3]',
    'path[1]',
    'path[2]',
    'query_text',
    'condition',
    'state',
    'error_code',
    'error_message',
    'scheduled_at',
    'started_at',
    'NULL::TIMESTAMPTZ',
    'completed_at',
    'CAST(root AS VARCHAR)',
    `'1'`,
    `CAST(epoch_ms(scheduled_at) AS VARCHAR)`,
    'return_value',
    'scheduled_from',
    `'1'`,
    'config',
    'NULL::VARCHAR',
    'NULL::VARCHAR',
    'NULL::VARCHAR',
    'NULL::VARCHAR',
    'run_group',
    'NULL::VARCHAR',
  ];
  const list = items.map((item, i) => `${item} AS ${displayIdentifier(COLUMNS[i]!.name)}`).join(', ');
  return {
    database: '',
    schema: 'INFORMATION_SCHEMA',
    name: 'TASK_HISTORY',
    kind: 'view',
    columns: COLUMNS,
    read: `(SELECT ${list} FROM ${scheduler.history.text(scheduler.coming())} WHERE ${conditions.join(' AND ')} ORDER BY coalesce(completed_at, scheduled_at) DESC LIMIT ${given.get('RESULT_LIMIT') ?? '100'})`,
  };
};
