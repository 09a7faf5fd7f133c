import { createHead, type CreateHead } from '../catalog/create-head.ts';
import { unsupported } from '../catalog/errors.ts';
import { alterObject, createObject, dropObject, pathIn } from '../catalog/lifecycle.ts';
import { propertyText } from '../catalog/properties.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { status, type Outcome } from '../session/outcome.ts';
import { SnowflakeError } from '../contract.ts';
import type { Cursor } from '../sql/cursor.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import { alterTask, needSuspendedRoot, needWarehouse, scheduledFollower } from './alter-task.ts';
import { findTask } from './find-task.ts';
import { applyProperties, DEFAULTS, parseTask } from './parse-task.ts';
import { schedulerOf } from './scheduler.ts';
import { showTasks } from './show-tasks.ts';
import type { TaskDetails, TaskObject } from './task-object.ts';

/** CREATE, ALTER, DROP, EXECUTE, SHOW and DESCRIBE of tasks. */
export const taskCommands: readonly Command[] = [
  command('CREATE TASK', (context) => create(context)),
  command('ALTER TASK', (context) => alterTask(context)),
  command('DROP TASK', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'TASK');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    return dropObject(context, 'TASK', path, ifExists);
  }),
  command('EXECUTE TASK', async (context) => {
    const cursor = context.cursor();
    cursor.expect('EXECUTE', 'TASK');
    const path = pathIn(context, cursor.name());
    let config: string | undefined;
    if (cursor.at('RETRY')) throw unsupported('EXECUTE TASK RETRY');
    if (cursor.accept('USING')) {
      cursor.expect('CONFIG', '=');
      config = cursor.string();
    }
    cursor.finish();
    const task = findTask(context, path);
    if (!context.session.access.allows('OPERATE', task)) context.session.access.require('OWNERSHIP', task);
    if (task.details.after.length > 0)
      throw new SnowflakeError(
        '091088',
        '23001',
        `Cannot execute task ${displayIdentifier(path[2]!)} on-demand since it is not a root task.`,
      );
    await context.session.transactions.commit();
    schedulerOf(context.warehouse).execute(task, config);
    return status(`Task ${displayIdentifier(path[2]!)} is scheduled to run immediately.`);
  }),
  ...showTasks,
];

const create = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  const { name, orAlter, ...head } = createHead(cursor, 'TASK');
  if (cursor.accept('CLONE')) return clone(context, cursor, head, pathIn(context, name));
  const { properties, after, condition, definition } = parseTask(cursor, context.statement);
  const settings = applyProperties(DEFAULTS, properties);
  needWarehouse(context, properties);
  const paths = after.map((each) => pathIn(context, each));
  const finalize = properties['FINALIZE'];
  const finalizes = finalize === undefined ? undefined : pathIn(context, propertyText(finalize).split('.'));
  for (const path of [...paths, ...(finalizes ? [finalizes] : [])]) findTask(context, path);
  if (settings.schedule !== undefined && (paths.length > 0 || finalizes !== undefined)) throw scheduledFollower();
  const details: TaskDetails = {
    ...settings,
    after: paths,
    finalizes,
    condition,
    definition,
    started: false,
    base: context.startedAt.toISOString(),
    suspendedOn: undefined,
    suspendedReason: undefined,
  };
  const path = pathIn(context, name);
  const comment = propertyText(properties['COMMENT']);
  if (orAlter && context.warehouse.catalog.find('TASK', path) !== undefined)
    return redefine(context, findTask(context, path), details, comment);
  return createObject<TaskDetails>(context, { ...head, kind: 'TASK', path, comment, make: async () => details });
};

/** CREATE OR ALTER of a task that is there: what the statement leaves out goes back to its default. */
const redefine = (
  context: StatementContext,
  task: TaskObject,
  details: TaskDetails,
  comment: string,
): Promise<Outcome> => {
  needSuspendedRoot(context, task);
  return alterObject<TaskDetails>(context, 'TASK', task.path, async (now) => {
    const { suspendedOn, suspendedReason } = now.details;
    return { ...now, comment, details: { ...details, suspendedOn, suspendedReason } };
  });
};

/** CREATE TASK ... CLONE: all that another task is, suspended. */
const clone = async (
  context: StatementContext,
  cursor: Cursor,
  head: Pick<CreateHead, 'orReplace' | 'ifNotExists'>,
  path: readonly string[],
): Promise<Outcome> => {
  const source = findTask(context, pathIn(context, cursor.name()));
  const copyGrants = cursor.accept('COPY', 'GRANTS');
  cursor.finish();
  context.session.access.require('OWNERSHIP', source);
  return createObject<TaskDetails>(context, {
    ...head,
    kind: 'TASK',
    path,
    comment: source.comment,
    ...(copyGrants && { grantsOf: source }),
    make: async () => ({
      ...source.details,
      started: false,
      base: context.startedAt.toISOString(),
      suspendedOn: undefined,
      suspendedReason: undefined,
    }),
  });
};
