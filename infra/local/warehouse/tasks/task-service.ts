import type { StartService } from '../services.ts';
import { RunHistory } from './run-history.ts';
import { Scheduler, setScheduler } from './scheduler.ts';
import { taskDependents } from './task-dependents.ts';
import { taskHistory } from './task-history-function.ts';

/** Runs tasks by the clock; where the warehouse has been given a clock, only when it is told to look at it. */
export const startTasks: StartService = async (warehouse) => {
  const history = await RunHistory.open(warehouse.database.own);
  await history.prune(warehouse.clock());
  const scheduler = new Scheduler(warehouse, history);
  setScheduler(warehouse, scheduler);
  warehouse.tableFunctions.set('INFORMATION_SCHEMA.TASK_HISTORY', taskHistory);
  warehouse.tableFunctions.set('INFORMATION_SCHEMA.TASK_DEPENDENTS', taskDependents);
  if (warehouse.options.clock === undefined) scheduler.start();
  return { close: () => scheduler.close() };
};
