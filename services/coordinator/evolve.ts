import type { TableRef } from '../../events/contract.ts';
import type { ReleaseRequested } from '../../events/release-requested.v1.ts';
import type { ReplayAnswered } from '../../events/replay-answered.v1.ts';
import type { ReplayRequested } from '../../events/replay-requested.v1.ts';
import type { BatchEvent } from './batch-event.ts';

export type BatchStatus = 'unknown' | 'claimed' | 'running' | 'failed' | 'loaded' | 'complete';

/** What the events seen so far say of a batch, in whatever order they came. */
export interface BatchState {
  readonly status: BatchStatus;
  readonly attempt: number;
  readonly source?: TableRef;
  readonly target?: TableRef;
}

export const initialState: BatchState = { status: 'unknown', attempt: 0 };

// Within an attempt a later status wins; a newer attempt makes an older one history; what is loaded stays loaded.
const RANK: readonly BatchStatus[] = ['unknown', 'claimed', 'running', 'failed', 'loaded', 'complete'];

/** The state after one more event; the same event twice, or late, changes nothing, and their order does not matter. */
export const evolve = (state: BatchState, event: BatchEvent): BatchState => {
  // Wishes change nothing: the event that is emitted again does.
  if (isWish(event)) return state;
  // Where nothing was to be released there is no batch.
  if (event.type === 'quarantine.released.v1' && event.data.documents === 0) return state;
  const status = statusOf(event);
  return {
    ...state,
    ...('source' in event.data ? { source: event.data.source } : {}),
    ...('target' in event.data ? { target: event.data.target } : {}),
    status: prevails(status, event.attempt, state) ? status : state.status,
    attempt: Math.max(state.attempt, event.attempt),
  };
};

const isWish = (event: BatchEvent): event is ReplayRequested | ReplayAnswered | ReleaseRequested =>
  event.type === 'replay.requested.v1' || event.type === 'replay.answered.v1' || event.type === 'release.requested.v1';

const isEnd = (status: BatchStatus): boolean => status === 'loaded' || status === 'complete';

const prevails = (status: BatchStatus, attempt: number, over: BatchState): boolean => {
  if (isEnd(status) !== isEnd(over.status)) return isEnd(status);
  if (!isEnd(status) && attempt !== over.attempt) return attempt > over.attempt;
  return RANK.indexOf(status) > RANK.indexOf(over.status);
};

const statusOf = (event: Exclude<BatchEvent, ReplayRequested | ReplayAnswered | ReleaseRequested>): BatchStatus => {
  switch (event.type) {
    case 'batch.claimed.v1':
    case 'quarantine.released.v1':
      return 'claimed';
    case 'batch.loaded.v1':
      return 'loaded';
    case 'batch.completed.v1':
      return 'complete';
    case 'batch.failed.v1':
      return 'failed';
    case 'batch.triggered.v1':
    case 'batch.extracted.v1':
    case 'batch.validated.v1':
    case 'batch.transformed.v1':
      return 'running';
  }
};
