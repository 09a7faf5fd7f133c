import type { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import type { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import type { ResumeRequested } from '../../../events/resume-requested.v1.ts';
import type { SuspendRequested } from '../../../events/suspend-requested.v1.ts';
import { answerId } from '../../../shared/bus/answer.ts';
import type { Course } from '../../../shared/snowflake/course.ts';
import type { QueryTag, Value, Warehouse } from '../../../shared/snowflake/warehouse.ts';
import * as tables from '../tables.ts';
import { resumeRequest, suspendRequest } from '../trigger-holds/request.ts';
import { batchesInFlight, openBackfills } from './sql/read-backfill.ts';

/** What a backfill's steps need of the world. */
export interface EffectDeps {
  readonly warehouse: Warehouse;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
  /** How far earlier invocations got with the statements that take long. */
  readonly course: Course;
  /** Holds a pipeline's trigger or lets it go; done when it is so. */
  readonly trigger: (request: SuspendRequested | ResumeRequested) => Promise<void>;
}

/** What a step that was taken says of itself. */
export type Step = BackfillAdvanced['data'];

/** An id out of a result. */
export const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

/** Suspends the trigger in the backfill's name, unless another backfill of the pipeline was there first. */
export const hold = async ({ warehouse, stage, trigger }: EffectDeps, request: BackfillRequested): Promise<Step> => {
  const { rows } = await warehouse.run(openBackfills({ from: tables.batchLog(stage) }), request);
  const first = rows.find((it) => it['PIPELINE'] === request.pipeline && it['IS_ENDED'] !== true)?.['BATCH_ID'];
  if (first !== undefined && first !== request.batchId) {
    return { step: 'refused', reason: `backfill ${textOf(first)} of ${request.pipeline} is under way` };
  }
  // The same event however often it is done, so that doing it late can't outlast the end of the backfill.
  const why = `backfill ${request.batchId} by ${request.data.by}`.slice(0, 500);
  await trigger(suspendRequest({ ...holder(request, 'suspend'), now: new Date(request.time), why }));
  return { step: 'held' };
};

/** Lets the trigger go; whoever else holds it still does. */
export const letGo = async ({ now, trigger }: EffectDeps, request: BackfillRequested): Promise<void> => {
  // Later than the hold, even if the requester's clock runs ahead of ours.
  const after = new Date(Math.max(now().getTime(), Date.parse(request.time) + 1));
  await trigger(resumeRequest({ ...holder(request, 'resume'), now: after }));
};

const holder = ({ id, pipeline, batchId }: BackfillRequested, what: string) => ({
  id: answerId(id, what),
  pipeline,
  holder: batchId,
});

/** Drained once no batch of the trigger is under way; nothing until then. */
export const drain = async ({ warehouse, stage }: EffectDeps, tag: QueryTag): Promise<Step | undefined> => {
  const at = { log: tables.batchLog(stage), outbox: tables.triggerOutbox(stage), pipeline: tag.pipeline };
  const { rows } = await warehouse.run(batchesInFlight(at), tag);
  return rows.length === 0 ? { step: 'drained' } : undefined;
};
