import { notFound } from '../catalog/errors.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { StatementContext } from '../session/command.ts';
import { rootOf, type TaskObject } from './task-object.ts';

/** The task of this name that the role may know of. */
export const findTask = (
  { session, warehouse }: Pick<StatementContext, 'session' | 'warehouse'>,
  path: readonly string[],
): TaskObject => {
  const task = warehouse.catalog.find('TASK', path);
  if (task === undefined || !session.access.visible(task)) throw notFound('TASK', path);
  return task as TaskObject;
};

/** All tasks. */
export const allTasks = (catalog: Catalog): TaskObject[] => catalog.list('TASK') as TaskObject[];

/** The root of a task's graph. */
export const rootIn = (catalog: Catalog, task: TaskObject): TaskObject =>
  rootOf(task, (path) => catalog.find('TASK', path) as TaskObject | undefined);
