import type { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import type { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import { isBackfillId } from './backfill-event.ts';
import type { BackfillState } from './evolve.ts';

/** A chunk that is to be started, or started over as its next attempt. */
export interface ChunkStart {
  readonly batchId: string;
  readonly documents: number;
  readonly attempt: number;
}

/** What is to be done next. Each may be done again: what has been done already is found done. */
export type Command =
  | { readonly do: 'wait'; readonly for: string }
  | { readonly do: 'hold' | 'drain' | 'claim' | 'compare' | 'publish' | 'restore' }
  | { readonly do: 'start'; readonly chunks: readonly ChunkStart[] }
  | { readonly do: 'refuse'; readonly reason: string }
  | { readonly do: 'end'; readonly outcome: BackfillEnded['data']['outcome']; readonly reason?: string };

/** A chunk that has failed so often fails the backfill. */
export const MAX_ATTEMPTS = 3;
/** A comparison that nobody approves in this time is cancelled: the trigger must not stand still for ever. */
const APPROVAL_HOURS = 24;
/** No other step takes so long unless something is broken. */
const STEP_HOURS = 6;

/** What a backfill is to do next, given all that is known of it. */
export const decideBackfill = (state: BackfillState, now: Date): Command => {
  const { request, steps, ended } = state;
  if (!request) return { do: 'wait', for: 'its request' };
  if (ended) return afterEnd(state);
  if (steps.refused) return { do: 'wait', for: 'nothing: it was refused' };
  if (!isBackfillId(request.batchId)) {
    return { do: 'refuse', reason: "a backfill's id is BF, 14 digits of a time, _ and 8 of 0-9 and A-F" };
  }
  if (!steps.published) {
    if (state.cancel) return { do: 'end', outcome: 'cancelled', reason: `cancelled by ${state.cancel.data.by}` };
    if (state.broken !== undefined) return { do: 'end', outcome: 'failed', reason: state.broken };
    const limit = waitingSince(state, now);
    if (limit) return { do: 'end', outcome: 'failed', reason: limit };
  }
  if (!steps.held) return { do: 'hold' };
  if (!steps.drained) return { do: 'drain' };
  if (!steps.claimed) return { do: 'claim' };
  return steps.compared ? afterComparison(state) : rebuild(state, steps.claimed);
};

const rebuild = (state: BackfillState, { data }: BackfillAdvanced): Command => {
  const chunks = data.step === 'claimed' ? data.chunks : [];
  if (chunks.length === 0) return { do: 'end', outcome: 'failed', reason: 'there is no document to rebuild from' };
  const open = chunks.filter((it) => !isLoaded(state, it.batchId));
  const hopeless = open.find((it) => isFailed(state, it.batchId) && attemptOf(state, it.batchId) >= MAX_ATTEMPTS);
  if (hopeless) {
    const error = state.chunks[hopeless.batchId]?.error ?? 'for an unknown reason';
    return { do: 'end', outcome: 'failed', reason: `chunk ${hopeless.batchId} failed: ${error}`.slice(0, 2000) };
  }
  const toStart = open.filter((it) => attemptOf(state, it.batchId) === 0 || isFailed(state, it.batchId));
  if (toStart.length > 0) {
    return { do: 'start', chunks: toStart.map((it) => ({ ...it, attempt: attemptOf(state, it.batchId) + 1 })) };
  }
  if (open.length > 0) return { do: 'wait', for: `${open.length} of ${chunks.length} chunks` };
  // A late session may show loads, but not yet what was said before them.
  return state.history && state.target ? { do: 'compare' } : { do: 'wait', for: "its chunks' earlier events" };
};

const afterComparison = (state: BackfillState): Command => {
  const { steps, request } = state;
  if (steps.published) return { do: 'end', outcome: 'published' };
  const { id, data } = steps.compared!;
  const verdict = data.step === 'compared' ? data : { open: ['unreadable'], barred: true };
  if (verdict.barred) return { do: 'wait', for: 'a cancellation: other columns than the announced differ' };
  // An approval names the comparison that it is of.
  const approved = request!.data.approveAutomatically || state.approvals.some((it) => it.causationId === id);
  if (verdict.open.length > 0 && !approved) return { do: 'wait', for: 'somebody to approve the comparison' };
  return { do: 'publish' };
};

const afterEnd = ({ ended, rollback, steps }: BackfillState): Command =>
  ended!.data.outcome === 'published' && rollback && !steps.restored && !steps.refused
    ? { do: 'restore' }
    : { do: 'wait', for: 'nothing: it has ended' };

const attemptOf = (state: BackfillState, batchId: string): number => state.chunks[batchId]?.batch.attempt ?? 0;
const isFailed = (state: BackfillState, batchId: string): boolean => state.chunks[batchId]?.batch.status === 'failed';
const isLoaded = (state: BackfillState, batchId: string): boolean =>
  ['loaded', 'complete'].includes(state.chunks[batchId]?.batch.status ?? '');

const waitingSince = ({ request, steps }: BackfillState, now: Date): string | undefined => {
  const times = [request!, ...Object.values(steps)].map((it) => Date.parse(it.time));
  const hours = (now.getTime() - Math.max(...times)) / 3_600_000;
  if (steps.compared && hours > APPROVAL_HOURS) return `nobody approved the comparison within ${APPROVAL_HOURS} hours`;
  return !steps.compared && hours > STEP_HOURS ? `it has stood still for more than ${STEP_HOURS} hours` : undefined;
};
