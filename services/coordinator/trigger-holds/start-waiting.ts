import type { Publish } from '../../../shared/bus/publisher.ts';
import type { Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { eventOf, followBatch } from '../service.ts';
import { readUnstarted } from '../sql/read-unstarted.ts';
import { batchLog } from '../tables.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
}

/** Starts what was claimed or released while the trigger was held, as far as it may start now. Safe to run again at any point. */
export const startWaiting =
  (deps: Deps) =>
  async (pipeline: string): Promise<void> => {
    const tag = { pipeline, batchId: 'START_WAITING', attempt: 1 };
    const { rows } = await deps.warehouse.run(readUnstarted({ from: batchLog(deps.stage), pipeline }), tag);
    for (const row of rows) await followBatch(deps)(eventOf(row));
  };
