import { BatchClaimed } from '../../../events/batch-claimed.v1.ts';
import { read } from '../../../events/contract.ts';
import { failure } from '../../../shared/bus/failure.ts';
import type { Publish } from '../../../shared/bus/publisher.ts';
import { count, type Value, type Warehouse } from '../../../shared/snowflake/warehouse.ts';
import type { BatchEvent } from '../batch-event.ts';
import { PIPELINES } from '../pipelines/registry.ts';
import { replayBatch } from '../replay/service.ts';
import { eventOf, followBatch } from '../service.ts';
import { readStanding } from '../sql/read-standing.ts';
import { readUnheard } from '../sql/read-unheard.ts';
import { batchLog, triggerOutbox } from '../tables.ts';
import { evolve, initialState } from '../evolve.ts';
import { BREAKER } from '../trigger-holds/request.ts';
import { startWaiting } from '../trigger-holds/start-waiting.ts';
import { setTrigger } from '../trigger-holds/service.ts';
import { decideSweep } from './decide-sweep.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
  readonly standstillSeconds: number;
}

const TAG = { pipeline: '-', batchId: 'SWEEP', attempt: 1 };

/**
 * Moves on what stands still: triggers that are not as their holders want them, claims that nobody heard of, batches
 * without progress. All of it may be repeated at any point.
 */
export const sweep = (deps: Deps) => async (): Promise<void> => {
  const stopped = new Set<string>();
  for (const { pipeline } of PIPELINES) {
    const holds = await setTrigger(deps, pipeline);
    if (holds.some((it) => it.holder === BREAKER)) stopped.add(pipeline);
    else await startWaiting(deps)(pipeline);
  }
  const before = new Date(deps.now().getTime() - deps.standstillSeconds * 1000);
  await hearClaims(deps, before);
  await moveOn(deps, before, stopped);
};

const hearClaims = async (deps: Deps, before: Date): Promise<void> => {
  const { warehouse, stage } = deps;
  const lost = await warehouse.run(readUnheard({ outbox: triggerOutbox(stage), log: batchLog(stage), before }), TAG);
  for (const row of lost.rows) await followBatch(deps)(claimOf(row));
};

const claimOf = (row: Readonly<Record<string, Value>>): BatchClaimed =>
  read(BatchClaimed, {
    id: row['EVENT_ID'],
    time: row['CLAIMED'],
    pipeline: row['PIPELINE'],
    batchId: row['BATCH_ID'],
    attempt: 1,
    causationId: null,
    traceId: row['BATCH_ID'],
    data: { source: row['SOURCE'], documents: count(row['DOCUMENTS']) },
  });

const moveOn = async (deps: Deps, before: Date, stopped: ReadonlySet<string>): Promise<void> => {
  const { warehouse, publish, now, stage } = deps;
  const { rows } = await warehouse.run(readStanding({ from: batchLog(stage), before }), TAG);
  const batches = Map.groupBy(rows.map(eventOf), (it) => it.batchId);
  for (const history of batches.values()) {
    // What a breaker keeps from starting does not stand still by itself.
    if (stopped.has(history[0]!.pipeline) && history.reduce(evolve, initialState).status === 'claimed') continue;
    const decision = decideSweep(once(history), now());
    if (decision === undefined) continue;
    if ('nudge' in decision) await replayBatch(deps)(decision.nudge);
    else if ('complete' in decision) await followBatch(deps)(decision.complete);
    else {
      const { cause, type, service, reason } = decision.fail;
      await publish([failure(cause, { service, type, error: { kind: 'RetryLater', message: reason } }, now())]);
    }
  }
};

const once = (history: readonly BatchEvent[]): readonly BatchEvent[] => [
  ...new Map(history.map((it) => [it.id, it])).values(),
];
