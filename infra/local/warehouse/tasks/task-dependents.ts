import { invalid } from '../catalog/errors.ts';
import { pathIn } from '../catalog/lifecycle.ts';
import { spelled, spellings } from '../catalog/spelled-names.ts';
import { valuesText } from '../catalog/values-text.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { integer, text, timestamp } from '../session/outcome.ts';
import { Cursor } from '../sql/cursor.ts';
import { displayName } from '../sql/identifier.ts';
import { tokenize } from '../sql/lexer.ts';
import type { SystemFunction } from '../system/system-function.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import { allTasks, findTask } from './find-task.ts';
import { namedArguments } from '../session/named-arguments.ts';
import type { TaskObject } from './task-object.ts';

const COLUMNS = [
  timestamp('CREATED_ON'),
  text('NAME'),
  text('DATABASE_NAME'),
  text('SCHEMA_NAME'),
  text('OWNER'),
  text('COMMENT'),
  text('WAREHOUSE'),
  text('SCHEDULE'),
  text('PREDECESSORS'),
  text('STATE'),
  text('DEFINITION'),
  text('CONDITION'),
];

/** INFORMATION_SCHEMA.TASK_DEPENDENTS: a task, then those that follow it, directly or through others. */
export const taskDependents: TableFunctionProvider = (args, scope) => {
  const given = namedArguments(args, ['TASK_NAME', 'RECURSIVE']);
  const name = given.get('TASK_NAME');
  if (name === undefined) throw invalid('missing argument TASK_NAME of TASK_DEPENDENTS');
  const { catalog } = scope.warehouse;
  const visible = allTasks(catalog).filter((task) => scope.visible(task));
  const rows = visible.flatMap((root) =>
    dependents(catalog, root)
      .filter(({ task }) => scope.visible(task))
      .map(({ task, depth }) => [...row(task), root.id, depth]),
  );
  const chosen = visible.map((root) => `WHEN ${spelled(name)} IN (${spellings(root, scope)}) THEN ${root.id}`);
  const root = chosen.length === 0 ? 'NULL' : `CASE ${chosen.join(' ')} END`;
  const all = valuesText([...COLUMNS, integer('root'), integer('depth')], rows);
  return {
    database: '',
    schema: 'INFORMATION_SCHEMA',
    name: 'TASK_DEPENDENTS',
    kind: 'view',
    columns: COLUMNS,
    read: `(SELECT * EXCLUDE (root, depth) FROM ${all} WHERE root = ${root} AND (${given.get('RECURSIVE') ?? 'TRUE'} OR depth < 2) ORDER BY depth)`,
  };
};

/** SYSTEM$TASK_DEPENDENTS_ENABLE('task'): resumes a root task and all that follows it. */
export const enableDependents: SystemFunction = async ([name], context) => {
  const root = findTask(context, pathIn(context, new Cursor(tokenize(name?.text ?? '')).name()));
  const members = dependents(context.warehouse.catalog, root);
  // The root comes last: while it runs, nothing of its graph can be changed.
  for (const { task } of members.toReversed())
    if (!task.details.started) await context.execute(`ALTER TASK ${displayName(task.path)} RESUME`);
  return { type: 'text', text: 'Statement executed successfully.' };
};

const dependents = (catalog: Catalog, root: TaskObject): { readonly task: TaskObject; readonly depth: number }[] => {
  const tasks = allTasks(catalog);
  const found = [{ task: root, depth: 0 }];
  for (const { task, depth } of found)
    for (const next of tasks)
      if (follows(next, task) && !found.some((each) => each.task.id === next.id))
        found.push({ task: next, depth: depth + 1 });
  return found;
};

const follows = ({ details }: TaskObject, before: TaskObject): boolean =>
  [...details.after, ...(details.finalizes ? [details.finalizes] : [])].some(
    (path) => displayName(path) === displayName(before.path),
  );

const row = ({ path, owner, comment, createdOn, details }: TaskObject) => [
  new Date(createdOn),
  path[2],
  path[0],
  path[1],
  owner,
  comment,
  details.warehouse,
  details.schedule,
  JSON.stringify(details.after.map(displayName)),
  details.started ? 'started' : 'suspended',
  details.definition,
  details.condition,
];
