import type { BatchId } from '../../../events/contract.ts';
import type { Command } from './decide.ts';
import type { BackfillState } from './evolve.ts';

/** A chunk that is to be started, or started over as its next attempt. */
export interface ChunkStart {
  readonly batchId: BatchId;
  readonly documents: number;
  readonly attempt: number;
}

/** A chunk that has failed so often fails the backfill. */
export const MAX_ATTEMPTS = 3;

/** What its chunks need next: all are started at once, one that failed alone is started over, and all loaded are compared. */
export const decideChunks = (state: BackfillState): Command => {
  const claimed = state.steps.claimed?.data;
  const chunks = claimed?.step === 'claimed' ? claimed.chunks : [];
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

/** Chunks that have been started, and of whose newest attempt nobody has heard the end. */
export const chunksUnderWay = (state: BackfillState): readonly string[] =>
  Object.keys(state.chunks).filter((it) => !isLoaded(state, it) && !isFailed(state, it));

const attemptOf = (state: BackfillState, batchId: string): number => state.chunks[batchId]?.batch.attempt ?? 0;
const isFailed = (state: BackfillState, batchId: string): boolean => state.chunks[batchId]?.batch.status === 'failed';
const isLoaded = (state: BackfillState, batchId: string): boolean =>
  ['loaded', 'complete'].includes(state.chunks[batchId]?.batch.status ?? '');
