import type { ReplayStage } from '../../../events/contract.ts';
import type { ReplayRequested } from '../../../events/replay-requested.v1.ts';
import { answerId } from '../../../shared/bus/answer.ts';
import type { BatchEvent } from '../batch-event.ts';
import { evolve, initialState } from '../evolve.ts';
import { entryOf, lastFailure, newestOf, storedEntry } from './stages.ts';

/** What a replay comes to: the stored event to emit again, as the next attempt, or the reason why not. */
export type ReplayDecision =
  | { readonly stage: ReplayStage; readonly stored: BatchEvent; readonly event: BatchEvent }
  | { readonly refused: string };

/** Decides about a replay by what is known of its batch; the event's id follows from the request's, and so does its trace. */
export const decideReplay = (
  history: readonly BatchEvent[],
  request: Pick<ReplayRequested, 'id' | 'batchId' | 'data'>,
  now: Date,
): ReplayDecision => {
  // What this request has set going already does not count, so that deciding twice decides the same.
  const before = history.filter((it) => it.traceId !== request.id);
  const events = before.filter((it) => it.type !== 'replay.requested.v1' && it.type !== 'replay.answered.v1');
  if (events.length === 0) return { refused: `nothing is known of a batch ${request.batchId}` };
  const stage = request.data.from ?? whereItStands(events);
  const stored = storedEntry(events, stage);
  if (!stored) return { refused: `the batch has never come to ${stage}: replay it from an earlier stage` };
  // Complete, an attempt and all before it have lost their temp tables; what was claimed stays.
  const over = events.filter((it) => it.type === 'batch.loaded.v1' || it.type === 'batch.completed.v1');
  if (stage !== 'extract' && over.some((it) => it.attempt >= stored.attempt))
    return {
      refused: `the batch is loaded, and its temp tables are dropped: replay it from extract, not from ${stage}`,
    };
  // Attempts that other replays have begun count, although none of their events may have been heard yet.
  const attempt = Math.max(...before.filter((it) => it.type !== 'replay.requested.v1').map((it) => it.attempt)) + 1;
  const event = {
    ...stored,
    id: answerId(request.id, stored.type),
    time: now.toISOString(),
    attempt,
    causationId: request.id,
    traceId: request.id,
  };
  return { stage, stored, event };
};

/** The stage that failed; of a batch that did not, the one it should be in; of one that is over, the first. */
export const whereItStands = (events: readonly BatchEvent[]): ReplayStage => {
  const { status, attempt } = events.reduce(evolve, initialState);
  if (status === 'complete' || status === 'loaded') return 'extract';
  const failure = lastFailure(events);
  if (status === 'failed' && failure) return stageOf(failure.data.service, failure.data.failedEvent.type);
  const entries = events.filter((it) => entryOf(it) !== undefined);
  const newest = newestOf(entries.filter((it) => it.attempt === attempt)) ?? newestOf(entries);
  return (newest && entryOf(newest)) ?? 'extract';
};

const stageOf = (service: string, failedType: string): ReplayStage => {
  if (service === 'validate' || service === 'transform' || service === 'load') return service;
  return failedType === 'batch.loaded.v1' ? 'load' : 'extract';
};
