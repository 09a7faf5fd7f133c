import { BATCH_CONTRACTS } from '../../../events/contracts.ts';
import { ReplayAnswered } from '../../../events/replay-answered.v1.ts';
import type { ReplayRequested } from '../../../events/replay-requested.v1.ts';
import { answer } from '../../../shared/bus/answer.ts';
import type { Publish } from '../../../shared/bus/publisher.ts';
import { RetryLater } from '../../../shared/errors.ts';
import type { Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { eventOf } from '../service.ts';
import { appendEvent } from '../sql/append-event.ts';
import { readBatch } from '../sql/read-batch.ts';
import { reserveAttempt, takeTurn } from '../sql/reserve-attempt.ts';
import { backfillOf } from '../backfill/backfill-event.ts';
import { textOf } from '../backfill/effects.ts';
import { readFates } from '../backfill/sql/read-fates.ts';
import { backfillBatches, backfillFates, batchLog, logLock } from '../tables.ts';
import { decideReplay } from './decide-replay.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
}

/** Emits the stored event again as the next attempt, once a request, or says why not. Safe to run again at any point. */
export const replayBatch =
  ({ warehouse, publish, now, stage }: Deps) =>
  async (request: ReplayRequested): Promise<void> => {
    const log = batchLog(stage);
    await warehouse.run(appendEvent({ into: log, event: request, now: now() }), request);
    const { rows } = await warehouse.run(readBatch({ from: log, batchId: request.batchId }), request);
    const history = rows.map(eventOf);
    // Our own event, heard: the bus has it, and it need not be said again.
    if (history.some((it) => it.causationId === request.id && it.type !== 'replay.answered.v1')) return;

    const chunkOf = backfillOf(request.batchId);
    const mayBeRebuilt = chunkOf !== undefined || history.some((it) => it.type === 'batch.loaded.v1');
    const rebuilt = mayBeRebuilt ? await rebuiltBy(warehouse, stage, request) : undefined;
    const decision = rebuilt
      ? { refused: `backfill ${rebuilt} rebuilds its documents, or has: to do it again, ask for another one` }
      : decideReplay(history, request, now());
    if ('refused' in decision) {
      const data = { started: null, refused: decision.refused };
      await publish([{ contract: ReplayAnswered, event: answer(request, ReplayAnswered, data, now()) }]);
      return;
    }
    const { event } = decision;
    const started = { stage: decision.stage, attempt: event.attempt, event: { id: event.id, type: event.type } };
    const answered = {
      ...answer(request, ReplayAnswered, { started, refused: null }, now()),
      attempt: event.attempt,
    };
    if (!history.some((it) => it.id === answered.id)) {
      // Two inserts at once would not see each other, and both would begin the attempt.
      const turn = takeTurn({ lock: logLock(stage), batchId: request.batchId });
      const reservation = reserveAttempt({ into: log, event: answered, now: now() });
      const [, reserved] = await warehouse.transaction([turn, reservation], request);
      if (reserved?.rowsChanged === 0) throw new RetryLater(`attempt ${event.attempt} of the batch began just now`);
    }
    const contract = BATCH_CONTRACTS.find((it) => it.type === event.type)!;
    await publish([
      { contract: ReplayAnswered, event: answered },
      { contract, event },
    ]);
  };

/** The ended backfill that a batch is a chunk of, or one whose rows stand where the batch's stood or are about to: both would be there. */
const rebuiltBy = async (
  warehouse: Warehouse,
  stage: 'dev' | 'prod',
  request: ReplayRequested,
): Promise<string | undefined> => {
  const at = { fates: backfillFates(stage), batches: backfillBatches(stage) };
  const chunkOf = backfillOf(request.batchId);
  const { rows } = await warehouse.run(readFates({ ...at, batchId: request.batchId, chunkOf }), request);
  return textOf(rows[0]?.['BACKFILL_ID']) || undefined;
};
