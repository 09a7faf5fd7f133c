import { containerPath } from '../../catalog/commands/containers.ts';
import { findRelation } from '../../catalog/commands/describe-table.ts';
import { notFound, unsupported } from '../../catalog/errors.ts';
import { pathIn } from '../../catalog/lifecycle.ts';
import type { CatalogObject, ContainerDetails, TableDetails } from '../../catalog/object.ts';
import { propertyText, type Property } from '../../catalog/properties.ts';
import { likePattern } from '../../catalog/show.ts';
import type { Cursor } from '../../sql/cursor.ts';
import type { TaskDetails } from '../../tasks/task-object.ts';
import { command, type Command, type StatementContext } from '../command.ts';
import { STATEMENT_TYPE, table, text } from '../outcome.ts';
import { PARAMETERS, type ParameterValue } from '../parameters.ts';

type Setting = readonly [name: string, value: Property | undefined, fallback: ParameterValue, description: string];

const KINDS = ['WAREHOUSE', 'DATABASE', 'SCHEMA', 'TASK', 'TABLE'] as const;
type Kind = (typeof KINDS)[number];

const retention = (days: number): Setting[] => [
  ['DATA_RETENTION_TIME_IN_DAYS', days, 1, 'number of days to retain the old version of deleted/updated data'],
  [
    'MAX_DATA_EXTENSION_TIME_IN_DAYS',
    undefined,
    14,
    'Maximum number of days to extend data retention beyond the retention period to prevent a stream becoming stale.',
  ],
  [
    'DEFAULT_DDL_COLLATION',
    undefined,
    '',
    'Collation that is used for all the new columns created by the DDL statements (if not specified)',
  ],
];

const taskSettings = (details: Partial<TaskDetails>): Setting[] => [
  [
    'SUSPEND_TASK_AFTER_NUM_FAILURES',
    details.suspendAfterFailures,
    10,
    'Suspends a task or its graph after the specified number of consecutive runs failed. 0 disables it.',
  ],
  ['TASK_AUTO_RETRY_ATTEMPTS', undefined, 0, 'Maximum automatic retries allowed for a user task.'],
  [
    'USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE',
    undefined,
    'Medium',
    'The initial size of warehouse to use for managed warehouses in the absence of history',
  ],
  [
    'USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS',
    details.minimumTriggerSeconds,
    30,
    'Minimum amount of time between Triggered Task executions in seconds',
  ],
  ['USER_TASK_TIMEOUT_MS', details.timeoutMs, 3_600_000, 'User task execution timeout in milliseconds.'],
];

const OF: Readonly<Record<Kind, (object: CatalogObject) => Setting[]>> = {
  DATABASE: ({ details }) => [...retention((details as ContainerDetails).retentionDays), ...taskSettings({})],
  SCHEMA: ({ details }) => [...retention((details as ContainerDetails).retentionDays), ...taskSettings({})],
  TABLE: ({ kind, details }) => (kind === 'TABLE' ? retention((details as TableDetails).retentionDays) : []),
  TASK: ({ details }) => {
    const { parameters, ...task } = details as TaskDetails;
    const own = Object.entries(PARAMETERS).map(([name, { initial, description }]): Setting => [
      name,
      parameters[name],
      initial,
      description,
    ]);
    return [...own, ...taskSettings(task)];
  },
  WAREHOUSE: ({ details }) => {
    const { properties } = details as { readonly properties: Readonly<Record<string, Property>> };
    const of = (name: string, fallback: number, description: string): Setting => [
      name,
      properties[name],
      fallback,
      description,
    ];
    return [
      of('MAX_CONCURRENCY_LEVEL', 8, 'Concurrency level for SQL statements executed by a warehouse cluster'),
      of('STATEMENT_QUEUED_TIMEOUT_IN_SECONDS', 0, 'Timeout in seconds for queued statements'),
      of('STATEMENT_TIMEOUT_IN_SECONDS', 172_800, 'Timeout in seconds for statements'),
    ];
  },
};

/** SHOW PARAMETERS [LIKE ..] [IN | FOR SESSION | ACCOUNT | USER | an object]. */
export const showParameters: Command = command('SHOW PARAMETERS', async (context) => {
  const cursor = context.cursor();
  cursor.expect('SHOW', 'PARAMETERS');
  const like = cursor.accept('LIKE') ? likePattern(cursor.string()) : /^/;
  const kind = cursor.acceptAny(['IN', 'FOR']) === undefined ? undefined : kindOf(cursor);
  const object = kind && objectOf(context, cursor, kind);
  cursor.finish();
  const settings = object === undefined ? ofSession(context) : OF[kind!](object);
  const rows = settings
    .filter(([name]) => like.test(name))
    .map(([name, value, fallback, description]) => {
      const now = value ?? fallback;
      return [
        name,
        propertyText(now),
        String(fallback),
        now === fallback ? '' : (kind ?? 'SESSION'),
        description,
        (typeof fallback).toUpperCase(),
      ];
    });
  return table(['key', 'value', 'default', 'level', 'description', 'type'].map(text), rows, STATEMENT_TYPE.select);
});

const ofSession = ({ session }: StatementContext): Setting[] =>
  Object.entries(PARAMETERS).map(([name, { initial, description }]) => [
    name,
    session.parameters.get(name),
    initial,
    description,
  ]);

/** The kind of object that is asked for; undefined for what a session's own parameters answer. */
const kindOf = (cursor: Cursor): Kind | undefined => {
  if (cursor.acceptAny(['ACCOUNT', 'SESSION']) !== undefined) return undefined;
  if (cursor.accept('USER')) {
    if (!cursor.atEnd && !cursor.at(';')) throw unsupported('SHOW PARAMETERS IN USER of another user');
    return undefined;
  }
  const kind = cursor.acceptAny(KINDS) as Kind | undefined;
  if (kind === undefined) throw unsupported(`SHOW PARAMETERS IN ${cursor.peek().value}`);
  return kind;
};

const objectOf = (context: StatementContext, cursor: Cursor, kind: Kind): CatalogObject => {
  const { session, warehouse } = context;
  const path = pathOf(context, cursor.atEnd || cursor.at(';') ? undefined : cursor.name(), kind);
  const found = kind === 'TABLE' ? findRelation(context, path) : warehouse.catalog.find(kind, path);
  if (found === undefined || !session.access.visible(found)) throw notFound(kind, path);
  return found;
};

const pathOf = (context: StatementContext, name: readonly string[] | undefined, kind: Kind): readonly string[] => {
  const { session } = context;
  if (kind === 'WAREHOUSE') return name ?? [session.currentWarehouse ?? ''];
  if (kind === 'DATABASE') return name ?? [session.needDatabase()];
  if (kind === 'SCHEMA')
    return name === undefined ? [session.needDatabase(), session.schema ?? ''] : containerPath(context, kind, name);
  if (name === undefined) throw unsupported(`SHOW PARAMETERS IN ${kind} without a name`);
  return pathIn(context, name);
};
