import type { Warehouse } from '../warehouse.ts';
import type { RunHistory } from './run-history.ts';
import type { TaskObject } from './task-object.ts';

/** Suspends a root task once it has failed too often in a row; whether it did. To be asked after a failure that the history does not hold yet. */
export const suspendAfterFailures = async (
  warehouse: Warehouse,
  history: RunHistory,
  { id }: TaskObject,
): Promise<boolean> => {
  const task = warehouse.catalog.byId(id) as TaskObject | undefined;
  if (task === undefined || !task.details.started) return false;
  const { suspendAfterFailures: most } = task.details;
  if (most === 0 || (await history.failuresInARow(id)) + 1 < most) return false;
  const session = await warehouse.openSession({ user: 'SYSTEM', role: task.owner });
  try {
    await session.transactions.define(
      [{ key: `TASK ${task.path.join('.')}`, mode: 'define' }],
      [],
      async (_, transaction) => {
        const suspendedOn = warehouse.clock().toISOString();
        await warehouse.catalog.change(transaction).put({
          ...task,
          details: { ...task.details, started: false, suspendedOn, suspendedReason: 'SUSPENDED_DUE_TO_ERRORS' },
        });
      },
    );
  } finally {
    await session.close();
  }
  return true;
};
