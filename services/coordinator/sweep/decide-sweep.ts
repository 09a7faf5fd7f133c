import type { Envelope } from '../../../events/contract.ts';
import type { ReplayRequested } from '../../../events/replay-requested.v1.ts';
import { answerId } from '../../../shared/bus/answer.ts';
import type { BatchEvent } from '../batch-event.ts';
import { evolve, initialState } from '../evolve.ts';
import { whereItStands } from '../replay/decide-replay.ts';
import { newestOf, storedEntry } from '../replay/stages.ts';

/** The incident under which batches that stand still are moved on. */
export const STANDSTILL = 'standstill';

/** A batch is moved on so often before it counts as failed. */
export const MOST_NUDGES = 3;

/** What to do about a batch that stands still. */
export type SweepDecision =
  | { readonly nudge: ReplayRequested }
  | { readonly complete: Extract<BatchEvent, { type: 'batch.loaded.v1' }> }
  | {
      readonly fail: {
        readonly cause: Envelope;
        readonly type: string;
        readonly service: string;
        readonly reason: string;
      };
    }
  | undefined;

/** Decides about a batch of which nothing was heard for long; the request's id follows from its last event. */
export const decideSweep = (history: readonly BatchEvent[], now: Date): SweepDecision => {
  const events = history.filter((it) => it.type.startsWith('batch.'));
  const state = events.reduce(evolve, initialState);
  const last = newestOf(events);
  if (!last || last.type === 'batch.completed.v1') return undefined;
  if (last.type === 'batch.failed.v1' && state.status === 'failed') return undefined;
  if (last.type === 'batch.loaded.v1') return { complete: last };
  const { status } = events.filter((it) => it.attempt === last.attempt).reduce(evolve, initialState);
  const stage =
    status === 'loaded'
      ? 'load'
      : whereItStands(events.filter((it) => it.type !== 'batch.completed.v1' && it.type !== 'batch.loaded.v1'));
  // Attempts begun for other reasons have their own chances.
  const nudges = nudgesInARow(history);
  if (nudges >= MOST_NUDGES) {
    const cause = storedEntry(events, stage) ?? last;
    const reason = `stood still in ${stage}: its event was emitted again ${nudges} times, and nobody answered`;
    return { fail: { cause: { ...cause, attempt: last.attempt }, type: cause.type, service: stage, reason } };
  }
  const asks = history.filter((it) => it.type === 'replay.requested.v1').length;
  const id = answerId(last.id, `${STANDSTILL} ${asks}`);
  const { pipeline, batchId } = last;
  const nudge: ReplayRequested = {
    type: 'replay.requested.v1',
    id,
    time: now.toISOString(),
    pipeline,
    batchId,
    attempt: 1,
    causationId: null,
    traceId: id,
    data: { from: stage, incident: STANDSTILL },
  };
  return { nudge };
};

const nudgesInARow = (history: readonly BatchEvent[]): number => {
  const asked = history
    .filter((it): it is ReplayRequested => it.type === 'replay.requested.v1')
    .toSorted((a, b) => (a.time < b.time ? 1 : -1));
  const other = asked.findIndex((it) => it.data.incident !== STANDSTILL);
  return other < 0 ? asked.length : other;
};
