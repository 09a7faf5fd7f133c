import { BatchFailed } from '../../events/batch-failed.v1.ts';
import {
  BACKFILL_CONTRACTS,
  BATCH_CONTRACTS,
  QUARANTINE_CONTRACTS,
  TRIGGER_CONTRACTS,
} from '../../events/contracts.ts';
import { ReplayAnswered } from '../../events/replay-answered.v1.ts';
import { ReplayRequested } from '../../events/replay-requested.v1.ts';
import { SchemaDrifted } from '../../events/schema-drifted.v1.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { on, onSchedule, type Route } from '../../shared/lambda/reading.ts';
import type { Measure } from '../../shared/metrics/metrics.ts';
import type { Course } from '../../shared/snowflake/course.ts';
import type { Warehouse } from '../../shared/snowflake/warehouse.ts';
import type { BackfillEvent } from './backfill/backfill-event.ts';
import { expireBackfills } from './backfill/fate.ts';
import { checkBackfills } from './backfill/check.ts';
import { followBackfill, followChunk } from './backfill/service.ts';
import { watchFailures } from './breaker/service.ts';
import type { BatchEvent } from './batch-event.ts';
import { measureCredits } from './measure/credits.ts';
import { measureWaiting } from './measure/service.ts';
import { readDeadLetters } from './dead-letters/service.ts';
import type { DeadLetterQueues } from '../../shared/bus/dead-letters.ts';
import { replayBatch } from './replay/service.ts';
import { followBatch } from './service.ts';
import { sweep } from './sweep/service.ts';
import { followTrigger } from './trigger-holds/service.ts';
import { startWaiting } from './trigger-holds/start-waiting.ts';
import type { TriggerEvent } from './trigger-holds/trigger-event.ts';

/** What the coordinator needs of the world around it. */
export interface CoordinatorDeps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly measure: Measure;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
  /** A batch of which nothing is heard for so long stands still. */
  readonly standstillSeconds: number;
  readonly queues: DeadLetterQueues;
}

/** What the coordinator does about each kind of message. */
export const routes = (deps: CoordinatorDeps): readonly Route[] => {
  const follow = followBatch(deps);
  const start = startWaiting(deps);
  const setTrigger = followTrigger(deps);
  const trigger = async (event: TriggerEvent): Promise<void> => {
    await setTrigger(event);
    // What was claimed or released meanwhile has waited for this.
    if (event.type === 'resume.requested.v1') await start(event.pipeline);
  };
  const watch = watchFailures({ ...deps, trigger });
  const backfills = { ...deps, trigger };
  const backfill = followBackfill(backfills);
  const chunk = followChunk(backfills);
  const followAll = async (event: BatchEvent, course: Course): Promise<void> => {
    await follow(event);
    await chunk(event, course);
    if (event.type === BatchFailed.type) await watch(event);
  };
  return [
    ...[...BATCH_CONTRACTS, ReplayAnswered, ...QUARANTINE_CONTRACTS, SchemaDrifted].map((it) =>
      on(it, (event, course) => followAll(event as BatchEvent, course)),
    ),
    on(ReplayRequested, replayBatch(deps)),
    ...BACKFILL_CONTRACTS.map((it) => on(it, (event, course) => backfill(event as BackfillEvent, course))),
    onSchedule('check-backfills', checkBackfills(backfills)),
    onSchedule('sweep', async (course) => {
      await sweep(deps)();
      await expireBackfills({ ...deps, course });
    }),
    onSchedule('dead-letters', readDeadLetters(deps)),
    onSchedule('measure', measureWaiting(deps)),
    onSchedule('credits', measureCredits(deps)),
    ...TRIGGER_CONTRACTS.map((it) => on(it, (event) => trigger(event as TriggerEvent))),
  ];
};
