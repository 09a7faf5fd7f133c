import type { Measure } from '../../../shared/metrics/metrics.ts';
import { count, type Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { PIPELINES } from '../pipelines/registry.ts';
import { readWaiting } from '../sql/read-waiting.ts';
import { streamed } from '../tables.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly measure: Measure;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
}

/** Measures what waits in front of every pipeline: nothing else shows a trigger that has stopped. */
export const measureWaiting =
  ({ warehouse, measure, now, stage }: Deps) =>
  async (): Promise<void> => {
    for (const of of PIPELINES) {
      const tag = { pipeline: of.pipeline, batchId: 'MEASURE', attempt: 1 };
      const { rows } = await warehouse.run(readWaiting({ from: streamed(stage, of), now: now() }), tag);
      const figures = {
        WaitingDocuments: count(rows[0]?.['WAITING']),
        OldestWaitingSeconds: count(rows[0]?.['OLDEST_SECONDS']),
      };
      measure(figures, { pipeline: of.pipeline });
    }
  };
