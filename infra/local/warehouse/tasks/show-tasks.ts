import { pathIn } from '../catalog/lifecycle.ts';
import { showCommand } from '../catalog/show.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { STATEMENT_TYPE, table, text, timestamp, type Cell } from '../session/outcome.ts';
import { displayName } from '../sql/identifier.ts';
import { allTasks, findTask } from './find-task.ts';
import { isRoot, type TaskObject } from './task-object.ts';

const texts = (...names: string[]) => names.map((name) => text(name));

const COLUMNS = [
  timestamp('created_on'),
  ...texts(
    'name',
    'id',
    'database_name',
    'schema_name',
    'owner',
    'comment',
    'warehouse',
    'schedule',
    'predecessors',
    'state',
    'definition',
    'condition',
    'allow_overlapping_execution',
    'error_integration',
  ),
  timestamp('last_committed_on'),
  timestamp('last_suspended_on'),
  ...texts(
    'owner_role_type',
    'config',
    'budget',
    'task_relations',
    'last_suspended_reason',
    'success_integration',
    'scheduling_mode',
    'overlap_policy',
  ),
];

const row = (object: TaskObject, { warehouse }: Pick<StatementContext, 'warehouse'>): Cell[] => {
  const { id, path, owner, comment, createdOn, details } = object;
  const predecessors = details.after.map(displayName);
  const finalizer = allTasks(warehouse.catalog).find((task) => task.details.finalizes?.join('.') === path.join('.'));
  const relations = {
    Predecessors: predecessors,
    ...(finalizer && { FinalizerTask: displayName(finalizer.path) }),
    ...(details.finalizes && { FinalizedRootTask: displayName(details.finalizes) }),
  };
  return [
    new Date(createdOn),
    path[2],
    String(id),
    path[0],
    path[1],
    owner,
    comment,
    details.warehouse ?? null,
    details.schedule ?? null,
    JSON.stringify(predecessors),
    details.started ? 'started' : 'suspended',
    details.definition,
    details.condition ?? null,
    String(details.overlapPolicy !== 'NO_OVERLAP'),
    details.errorIntegration ?? 'null',
    details.started ? new Date(details.base) : null,
    details.suspendedOn === undefined ? null : new Date(details.suspendedOn),
    'ROLE',
    details.config ?? null,
    null,
    JSON.stringify(relations),
    details.suspendedReason ?? null,
    'null',
    null,
    details.overlapPolicy,
  ];
};

/** SHOW TASKS and DESCRIBE TASK. */
export const showTasks: readonly Command[] = [
  showCommand({
    words: 'TASKS',
    kinds: ['TASK'],
    columns: COLUMNS,
    row: (object, context) => row(object as TaskObject, context),
    root: (object) => isRoot(object as TaskObject),
    terse: ['created_on', 'name', 'kind', 'database_name', 'schema_name', 'schedule'],
  }),
  ...['DESCRIBE', 'DESC'].map((word) =>
    command(`${word} TASK`, async (context) => {
      const cursor = context.cursor();
      cursor.expect(word, 'TASK');
      const task = findTask(context, pathIn(context, cursor.name()));
      cursor.finish();
      return table(COLUMNS, [row(task, context)], STATEMENT_TYPE.select);
    }),
  ),
];
