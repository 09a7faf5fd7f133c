import { failure } from '../../../shared/bus/failure.ts';
import { toPipelineError, type PipelineError } from '../../../shared/errors.ts';
import type { Measure } from '../../../shared/metrics/metrics.ts';
import { partOf, StillRunning, type Course } from '../../../shared/snowflake/course.ts';
import type { QueryTag } from '../../../shared/snowflake/warehouse.ts';
import { batchLog } from '../tables.ts';
import { advance, knownOf, type AdvanceDeps } from './advance.ts';
import { textOf } from './effects.ts';
import { openBackfills } from './sql/read-backfill.ts';

type Deps = AdvanceDeps & { readonly measure: Measure };

/**
 * Moves every open backfill on as far as it can go: whatever was cut off anywhere goes on here, and what can't is ended. Measures for how long
 * each has been silent.
 */
export const checkBackfills =
  (deps: Deps) =>
  async (course: Course): Promise<void> => {
    const nobody = { pipeline: '-', batchId: '-', attempt: 0 };
    const { rows } = await deps.warehouse.run(openBackfills({ from: batchLog(deps.stage) }), nobody);
    const failures: unknown[] = [];
    for (const row of rows) {
      const tag = { pipeline: textOf(row['PIPELINE']), batchId: textOf(row['BATCH_ID']), attempt: 1 };
      // One that can't go on must not keep the others from it.
      await partOf(course, tag.batchId, (part) => check(deps, tag, part)).catch((error: unknown) =>
        failures.push(error),
      );
    }
    const running = failures.find((it) => it instanceof StillRunning);
    if (failures.length > 0) throw running ?? failures[0];
  };

const check = async (deps: Deps, tag: QueryTag, course: Course): Promise<void> => {
  try {
    await advance({ ...deps, course }, tag, []);
  } catch (error) {
    if (!(error instanceof StillRunning)) await giveUp(deps, tag, toPipelineError(error));
    throw error;
  } finally {
    const { heard } = await knownOf(deps, tag, []);
    deps.measure({ BackfillQuietSeconds: Math.max(0, (deps.now().getTime() - heard) / 1000) }, tag);
  }
};

/** A broken promise is not mended by trying again: the backfill is told as failed, and ends when that is heard. */
const giveUp = async (deps: Deps, tag: QueryTag, error: PipelineError): Promise<void> => {
  if (error.kind !== 'Defect') return;
  const { request, ended, broken } = await knownOf(deps, tag, []);
  if (!request || ended || broken !== undefined) return;
  await deps.publish([failure(request, { service: 'coordinator', type: request.type, error }, deps.now())]);
};
