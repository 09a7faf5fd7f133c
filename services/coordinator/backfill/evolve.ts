import type { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import type { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import type { BackfillInstructed } from '../../../events/backfill-instructed.v1.ts';
import type { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import type { TableShape } from '../../../events/contract.ts';
import type { BatchEvent } from '../batch-event.ts';
import { evolve as evolveBatch, initialState as unknownBatch, type BatchState } from '../evolve.ts';
import { backfillOf, isBackfillEvent, type BackfillEvent, type StoryEvent } from './backfill-event.ts';

type Step = BackfillAdvanced['data']['step'];

/** A chunk on its way through the services. */
export interface ChunkState {
  readonly batch: BatchState;
  readonly error?: string;
}

/** What the events seen so far say of a backfill, in whatever order they came and however often. */
export interface BackfillState {
  readonly request?: BackfillRequested;
  readonly steps: Readonly<Partial<Record<Step, BackfillAdvanced>>>;
  /** The first of each kind; approvals are kept all, since each is of one comparison. */
  readonly cancel?: BackfillInstructed;
  readonly rollback?: BackfillInstructed;
  readonly approvals: readonly BackfillInstructed[];
  readonly ended?: BackfillEnded;
  /** What the coordinator gave up about the backfill itself. */
  readonly broken?: string;
  readonly chunks: Readonly<Record<string, ChunkState>>;
  /** The two tables that are compared, as their owners describe them. */
  readonly history?: TableShape;
  readonly target?: TableShape;
}

export const initialBackfill: BackfillState = { steps: {}, approvals: [], chunks: {} };

/** The state after one more event. */
export const evolveBackfill = (state: BackfillState, event: StoryEvent): BackfillState =>
  isBackfillEvent(event) ? withBackfill(state, event) : withChunk(state, event);

const withBackfill = (state: BackfillState, event: BackfillEvent): BackfillState => {
  switch (event.type) {
    case 'backfill.requested.v1':
      return { ...state, request: earlier(state.request, event) };
    case 'backfill.advanced.v1':
      return { ...state, steps: { ...state.steps, [event.data.step]: earlier(state.steps[event.data.step], event) } };
    case 'backfill.ended.v1':
      return { ...state, ended: earlier(state.ended, event) };
    case 'backfill.instructed.v1': {
      const { instruction } = event.data;
      if (instruction !== 'approve') return { ...state, [instruction]: earlier(state[instruction], event) };
      const known = state.approvals.some((it) => it.id === event.id);
      return known ? state : { ...state, approvals: [...state.approvals, event].sort(inOrder) };
    }
  }
};

const withChunk = (state: BackfillState, event: BatchEvent): BackfillState => {
  if (backfillOf(event.batchId) === undefined) {
    return event.type === 'batch.failed.v1' ? { ...state, broken: event.data.error.message } : state;
  }
  const before = state.chunks[event.batchId];
  const batch = evolveBatch(before?.batch ?? unknownBatch, event);
  const error = event.type === 'batch.failed.v1' ? event.data.error.message : before?.error;
  return {
    ...state,
    chunks: { ...state.chunks, [event.batchId]: { batch, ...(error !== undefined && { error }) } },
    ...(event.type === 'batch.extracted.v1' && event.data.history && { history: event.data.history }),
    ...(event.type === 'batch.loaded.v1' && event.data.shape && { target: event.data.shape }),
  };
};

const inOrder = (a: { time: string; id: string }, b: { time: string; id: string }): number =>
  a.time === b.time ? a.id.localeCompare(b.id) : a.time.localeCompare(b.time);

const earlier = <T extends { time: string; id: string }>(known: T | undefined, other: T): T =>
  known && inOrder(known, other) <= 0 ? known : other;
