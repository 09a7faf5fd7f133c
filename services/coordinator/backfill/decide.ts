import type { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import type { BackfillInstructed } from '../../../events/backfill-instructed.v1.ts';
import { decideChunks, type ChunkStart } from './chunks.ts';
import { isBackfillId } from './backfill-event.ts';
import type { BackfillState } from './evolve.ts';

/** What is to be done next. Each may be done again: what has been done already is found done. */
export type Command =
  | { readonly do: 'wait'; readonly for: string }
  | { readonly do: 'hold' | 'drain' | 'claim' | 'compare' | 'publish' | 'forget' }
  | { readonly do: 'start'; readonly chunks: readonly ChunkStart[] }
  | { readonly do: 'refuse'; readonly reason: string }
  | { readonly do: 'restore'; readonly asked: BackfillInstructed }
  | { readonly do: 'end'; readonly outcome: BackfillEnded['data']['outcome']; readonly reason?: string };

/** Everything a backfill ever does: what there is to die after. */
export type Deed = Exclude<Command['do'], 'wait'>;

/** A comparison that nobody approves in this time is cancelled: the trigger must not stand still for ever. */
const APPROVAL_HOURS = 24;
/** No other step takes so long without a word unless something is broken. */
const STEP_HOURS = 6;

/** What a backfill is to do next, given all that is known of it; `isLate` where a chunk has just come to its end. */
export const decideBackfill = (state: BackfillState, now: Date, isLate = false): Command => {
  const { request, steps, ended, refusals } = state;
  if (!request) return { do: 'wait', for: 'its request' };
  if (ended) return afterEnd(state, isLate);
  if (refusals.includes(request.id)) return { do: 'wait', for: 'nothing: it was refused' };
  if (!isBackfillId(request.batchId)) {
    return { do: 'refuse', reason: "a backfill's id is BF, 14 digits of a time, _ and 8 of 0-9 and A-F" };
  }
  // Whatever else is known of it: there is no way back but a rollback.
  if (steps.published) return { do: 'end', outcome: 'published' };
  if (state.cancel) return { do: 'end', outcome: 'cancelled', reason: `cancelled by ${state.cancel.data.by}` };
  if (state.broken !== undefined) return { do: 'end', outcome: 'failed', reason: state.broken };
  const limit = waitingSince(state, now);
  if (limit) return { do: 'end', outcome: 'failed', reason: limit };
  if (!steps.held) return { do: 'hold' };
  if (!steps.drained) return { do: 'drain' };
  if (!steps.claimed) return { do: 'claim' };
  return steps.compared ? afterComparison(state) : decideChunks(state);
};

const afterComparison = (state: BackfillState): Command => {
  const { steps, request } = state;
  const { id, data } = steps.compared!;
  const verdict = data.step === 'compared' ? data : { open: ['unreadable'], barred: true };
  if (verdict.barred) return { do: 'wait', for: 'a cancellation: other columns than the announced differ' };
  // An approval names the comparison that it is of.
  const approved = request!.data.approveAutomatically || state.approvals.some((it) => it.causationId === id);
  if (verdict.open.length > 0 && !approved) return { do: 'wait', for: 'somebody to approve the comparison' };
  return { do: 'publish' };
};

const afterEnd = ({ ended, rollbacks, refusals, steps }: BackfillState, isLate: boolean): Command => {
  const asked = rollbacks.find((it) => !refusals.includes(it.id));
  if (ended!.data.outcome === 'published' && asked && !steps.restored) return { do: 'restore', asked };
  // What ran on after the end has made shadows anew.
  return isLate ? { do: 'forget' } : { do: 'wait', for: 'nothing: it has ended' };
};

const waitingSince = ({ request, steps, heard }: BackfillState, now: Date): string | undefined => {
  const since = Math.max(Date.parse(request!.time), heard);
  const hours = (now.getTime() - (steps.compared ? Date.parse(steps.compared.time) : since)) / 3_600_000;
  if (steps.compared && hours > APPROVAL_HOURS) return `nobody approved the comparison within ${APPROVAL_HOURS} hours`;
  return !steps.compared && hours > STEP_HOURS ? `it has stood still for more than ${STEP_HOURS} hours` : undefined;
};
