import type { Warehouse } from '../warehouse.ts';
import { allTasks } from './find-task.ts';
import type { RunHistory } from './run-history.ts';
import { suspendAfterFailures } from './suspend.ts';
import type { TaskObject } from './task-object.ts';
import type { Occasion, TaskRunner } from './task-runner.ts';

/** How a task of a graph came out: `passed` lets those after it run, also where it was suspended. */
type Result = 'passed' | 'stopped';

/** Runs a root task and all that follows it, each as soon as everything before it has passed; last its finalizer. */
export const runGraph = async (
  warehouse: Warehouse,
  history: RunHistory,
  runner: TaskRunner,
  occasion: Omit<Occasion, 'returned'>,
): Promise<void> => {
  const { root } = occasion;
  const tasks = allTasks(warehouse.catalog);
  const key = (path: readonly string[]): string => path.join('\0');
  const members = reachable(root, tasks);
  const returned = new Map<string, string>();
  const results = new Map<string, Promise<Result>>();

  const runOne = async (task: TaskObject): Promise<Result> => {
    if (task !== root && !task.details.started) return 'passed';
    const run = await runner.run(task, { ...occasion, returned }, () => suspendAfterFailures(warehouse, history, root));
    if (run.returnValue !== undefined) returned.set(task.path[2]!, run.returnValue);
    return run.state === 'SUCCEEDED' ? 'passed' : 'stopped';
  };
  const resultOf = (task: TaskObject): Promise<Result> => {
    const known = results.get(key(task.path));
    if (known !== undefined) return known;
    const result = (async (): Promise<Result> => {
      const before = members.filter(({ path }) => task.details.after.some((each) => key(each) === key(path)));
      const outcomes = await Promise.all(before.map(resultOf));
      return outcomes.every((each) => each === 'passed') ? runOne(task) : 'stopped';
    })();
    results.set(key(task.path), result);
    return result;
  };

  const rootResult = await resultOf(root);
  await Promise.all(members.map(resultOf));
  const finalizer = tasks.find(
    ({ details }) => details.finalizes !== undefined && key(details.finalizes) === key(root.path),
  );
  const skipped = rootResult === 'stopped' && !(await wasTried(history, root, occasion.group, warehouse));
  if (finalizer?.details.started && !skipped) await runOne(finalizer);
};

const wasTried = async (
  history: RunHistory,
  root: TaskObject,
  group: string,
  { database }: Warehouse,
): Promise<boolean> => {
  const [found] = await database.own.rows(
    `SELECT count(*) AS n FROM ${history.text([])} WHERE task = ${root.id} AND run_group = '${group}' AND state <> 'SKIPPED'`,
  );
  return Number(found?.['n'] ?? 0) > 0;
};

const reachable = (root: TaskObject, tasks: readonly TaskObject[]): TaskObject[] => {
  const found = [root];
  for (const member of found) {
    for (const task of tasks) {
      if (!found.includes(task) && task.details.after.some((path) => path.join('\0') === member.path.join('\0')))
        found.push(task);
    }
  }
  return found;
};
