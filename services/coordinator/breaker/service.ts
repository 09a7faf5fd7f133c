import type { BatchFailed } from '../../../events/batch-failed.v1.ts';
import { BreakerOpened } from '../../../events/breaker-opened.v1.ts';
import type { SuspendRequested } from '../../../events/suspend-requested.v1.ts';
import type { Publish } from '../../../shared/bus/publisher.ts';
import type { Measure } from '../../../shared/metrics/metrics.ts';
import type { Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { backfillOf } from '../backfill/backfill-event.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import { anyEventOf } from '../service.ts';
import { readOutcomes } from '../sql/read-outcomes.ts';
import { batchLog } from '../tables.ts';
import type { BreakerEvent } from './breaker-event.ts';
import { decideBreaker, FAILURES_IN_A_ROW } from './decide.ts';
import { evolveBreaker, initialBreaker } from './evolve.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly measure: Measure;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
  /** Holds a pipeline's trigger; done when it is so. */
  readonly trigger: (request: SuspendRequested) => Promise<void>;
}

/** Holds a pipeline back whose last batches all failed alike, and tells it once. Safe to run again at any point. */
export const watchFailures =
  ({ warehouse, publish, measure, now, stage, trigger }: Deps) =>
  async (failed: BatchFailed): Promise<void> => {
    const { pipeline } = failed;
    if (backfillOf(failed.batchId) !== undefined || failed.batchId.startsWith('BF')) return;
    const { rows } = await warehouse.run(readOutcomes({ from: batchLog(stage), pipeline }), failed);
    // The log may not show this session's own last row to it yet; evolving twice by one event is harmless.
    const events = [...rows.map((it) => anyEventOf(it) as BreakerEvent), failed];
    const most = pipelineOf(pipeline).failuresInARow ?? FAILURES_IN_A_ROW;
    const opening = decideBreaker(events.reduce(evolveBreaker, initialBreaker), pipeline, most, now());
    if (!opening) return;
    await trigger(opening.hold);
    const { told: event } = opening;
    await publish([{ contract: BreakerOpened, event }]);
    measure({ BreakersOpened: 1 }, { pipeline });
  };
