import { invalid, notThere, unsupported } from '../catalog/errors.ts';
import { alterObject, pathIn } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText, type Property } from '../catalog/properties.ts';
import { SnowflakeError } from '../contract.ts';
import type { StatementContext } from '../session/command.ts';
import { status, type Outcome } from '../session/outcome.ts';
import { PARAMETERS } from '../session/parameters.ts';
import type { Cursor } from '../sql/cursor.ts';
import { displayName } from '../sql/identifier.ts';
import { findTask, rootIn } from './find-task.ts';
import { applyProperties, DEFAULTS, definition, IGNORED, names, readCondition } from './parse-task.ts';
import type { TaskDetails, TaskObject } from './task-object.ts';

type Next = (task: TaskObject) => Pick<TaskObject, 'details'> & { comment?: string };

/** ALTER TASK: RESUME and SUSPEND at any time, everything else while the graph's root is suspended. */
export const alterTask = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('ALTER', 'TASK');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  if (ifExists && context.warehouse.catalog.find('TASK', path) === undefined)
    return status('Statement executed successfully.');
  const task = findTask(context, path);
  const toggles = cursor.at('RESUME') || cursor.at('SUSPEND');
  const next = toggles ? toggle(cursor, context) : edit(cursor, context);
  cursor.finish();
  if (!toggles || rootIn(context.warehouse.catalog, task).id !== task.id) needSuspendedRoot(context, task);
  if (toggles && context.session.access.allows('OPERATE', task)) return operate(context, task, next);
  return alterObject<TaskDetails>(context, 'TASK', path, async (object) => ({
    ...object,
    ...next(object as TaskObject),
  }));
};

/** A graph can be changed only while its root is suspended. */
export const needSuspendedRoot = ({ warehouse }: Pick<StatementContext, 'warehouse'>, task: TaskObject): void => {
  const root = rootIn(warehouse.catalog, task);
  if (!root.details.started) return;
  throw new SnowflakeError(
    '091089',
    '23001',
    `Unable to update graph with root task ${displayName(root.path)} since that root task is not suspended.`,
  );
};

/** RESUME and SUSPEND need no ownership. */
const operate = (context: StatementContext, task: TaskObject, next: Next): Promise<Outcome> =>
  context.define([{ key: `TASK ${task.path.join('.')}`, mode: 'define' }], async (_, change) => {
    const now = findTask(context, task.path);
    await change.put({ ...now, ...next(now) });
    return status('Statement executed successfully.');
  });

/** A task's warehouse must be there, and may be used by whoever names it. */
export const needWarehouse = (
  { warehouse, session }: StatementContext,
  { WAREHOUSE: name }: Readonly<Record<string, Property>>,
): void => {
  if (name === undefined) return;
  const found = warehouse.catalog.find('WAREHOUSE', [propertyText(name)]);
  if (found === undefined || !session.access.visible(found)) throw notThere();
};

const toggle = (cursor: Cursor, { startedAt }: StatementContext): Next => {
  const started = cursor.next().value === 'RESUME';
  return ({ path, details }) => {
    if (details.started === started) return { details };
    const runs = details.schedule ?? details.condition ?? details.finalizes ?? details.after[0];
    if (started && runs === undefined)
      throw invalid(`Task ${displayName(path)} cannot be resumed: it has no SCHEDULE, AFTER, FINALIZE or WHEN.`);
    const at = startedAt.toISOString();
    return {
      details: started
        ? { ...details, started, base: at }
        : { ...details, started, suspendedOn: at, suspendedReason: 'USER_SUSPENDED' },
    };
  };
};

const edit = (cursor: Cursor, context: StatementContext): Next => {
  const paths = (): string[][] => names(cursor).map((name) => pathIn(context, name));
  if (cursor.accept('MODIFY', 'AS')) {
    const text = definition(cursor, context.statement);
    while (!cursor.atEnd) cursor.next();
    return ({ details }) => ({ details: { ...details, definition: text } });
  }
  if (cursor.accept('MODIFY', 'WHEN')) {
    const condition = readCondition(cursor, context.statement);
    return ({ details }) => ({ details: { ...details, condition } });
  }
  if (cursor.accept('REMOVE', 'WHEN')) return ({ details }) => ({ details: { ...details, condition: undefined } });
  if (cursor.accept('ADD', 'AFTER')) {
    const added = paths();
    const found = added.map((path) => findTask(context, path));
    return (task) => {
      if (task.details.schedule !== undefined) throw scheduledFollower();
      if (found.some((before) => isBehind(before, task, context)))
        throw invalid(`Task ${displayName(task.path)} cannot follow a task that follows it.`);
      return { details: { ...task.details, after: [...task.details.after, ...added] } };
    };
  }
  if (cursor.accept('REMOVE', 'AFTER')) {
    const gone = new Set(paths().map((path) => path.join('\0')));
    return ({ details }) => ({
      details: { ...details, after: details.after.filter((path) => !gone.has(path.join('\0'))) },
    });
  }
  if (cursor.at('UNSET', 'TAG') || cursor.at('SET', 'TAG')) throw unsupported('tags');
  if (cursor.at('SET', 'FINALIZE')) return finalizing(cursor, context);
  if (cursor.accept('UNSET', 'FINALIZE')) return ({ details }) => ({ details: { ...details, finalizes: undefined } });
  if (cursor.accept('UNSET')) {
    const unset = names(cursor).map(([name]) => name!);
    return ({ details, comment }) => ({
      comment: unset.includes('COMMENT') ? '' : comment,
      details: { ...details, ...unsetAll(details, unset) },
    });
  }
  if (!cursor.accept('SET')) throw unsupported(`ALTER TASK ${cursor.peek().value}`);
  const properties = parseProperties(cursor);
  needWarehouse(context, properties);
  if (Object.keys(properties).length === 0) throw unsupported(`ALTER TASK SET ${cursor.peek().value}`);
  if (properties['FINALIZE'] !== undefined) throw unsupported('ALTER TASK SET FINALIZE with other properties');
  return ({ details, comment }) => ({
    comment: properties['COMMENT'] === undefined ? comment : propertyText(properties['COMMENT']),
    details: {
      ...details,
      ...applyProperties(details, properties),
      base: properties['SCHEDULE'] === undefined ? details.base : context.startedAt.toISOString(),
    },
  });
};

/** Whether a task is another one, or follows it. */
const isBehind = (task: TaskObject, before: TaskObject, context: StatementContext): boolean =>
  task.id === before.id || task.details.after.some((path) => isBehind(findTask(context, path), before, context));

/** A task that follows others runs when they have, at no time of its own. */
export const scheduledFollower = (): SnowflakeError =>
  new SnowflakeError('091083', '23001', 'SQL compilation error:\nTask that follows others cannot have a schedule.');

const finalizing = (cursor: Cursor, context: StatementContext): Next => {
  cursor.expect('SET', 'FINALIZE', '=');
  const [root] = names(cursor).map((name) => pathIn(context, name));
  findTask(context, root!);
  return ({ details }) => ({ details: { ...details, finalizes: root } });
};

const UNSET: Readonly<Record<string, keyof typeof DEFAULTS>> = {
  WAREHOUSE: 'warehouse',
  SCHEDULE: 'schedule',
  SUSPEND_TASK_AFTER_NUM_FAILURES: 'suspendAfterFailures',
  USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS: 'minimumTriggerSeconds',
  USER_TASK_TIMEOUT_MS: 'timeoutMs',
  CONFIG: 'config',
  ERROR_INTEGRATION: 'errorIntegration',
  OVERLAP_POLICY: 'overlapPolicy',
  ALLOW_OVERLAPPING_EXECUTION: 'overlapPolicy',
};

const unsetAll = ({ parameters }: TaskDetails, unset: readonly string[]): Partial<TaskDetails> => {
  const unknown = unset.find((name) => UNSET[name] === undefined && !IGNORED.has(name) && !PARAMETERS[name]);
  if (unknown !== undefined) throw invalid(`invalid property '${unknown}' for 'TASK'`);
  const known = unset.flatMap((name) => (UNSET[name] === undefined ? [] : [[UNSET[name], DEFAULTS[UNSET[name]]]]));
  const kept = Object.entries(parameters).filter(([name]) => !unset.includes(name));
  return { ...(Object.fromEntries(known) as Partial<TaskDetails>), parameters: Object.fromEntries(kept) };
};
