import type { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import type { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import type { BackfillInstructed } from '../../../events/backfill-instructed.v1.ts';
import type { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import type { TableShape } from '../../../events/contract.ts';
import type { BatchEvent } from '../batch-event.ts';
import { evolve as evolveBatch, initialState as unknownBatch, type BatchState } from '../evolve.ts';
import { backfillOf, isBackfillEvent, type BackfillEvent, type StoryEvent } from './backfill-event.ts';

type Step = Exclude<BackfillAdvanced['data']['step'], 'refused'>;

/** A chunk on its way through the services. */
export interface ChunkState {
  readonly batch: BatchState;
  readonly error?: string;
}

/** What the events seen so far say of a backfill, in whatever order they came and however often. */
export interface BackfillState {
  readonly request?: BackfillRequested;
  readonly steps: Readonly<Partial<Record<Step, BackfillAdvanced>>>;
  readonly cancel?: BackfillInstructed;
  /** All of them: an approval is of one comparison, and a rollback that was refused may be asked for again. */
  readonly approvals: readonly BackfillInstructed[];
  readonly rollbacks: readonly BackfillInstructed[];
  /** Ids of what was asked and is not carried out: the request itself, or an instruction. */
  readonly refusals: readonly string[];
  /** When the last word of it or of a chunk was said, in milliseconds. */
  readonly heard: number;
  readonly ended?: BackfillEnded;
  /** What the coordinator gave up about the backfill itself. */
  readonly broken?: string;
  readonly chunks: Readonly<Record<string, ChunkState>>;
  /** The two tables that are compared, as their owners describe them. */
  readonly history?: TableShape;
  readonly target?: TableShape;
}

export const initialBackfill: BackfillState = {
  steps: {},
  approvals: [],
  rollbacks: [],
  refusals: [],
  heard: 0,
  chunks: {},
};

/** The state after one more event. */
export const evolveBackfill = (state: BackfillState, event: StoryEvent): BackfillState => {
  const after = isBackfillEvent(event) ? withBackfill(state, event) : withChunk(state, event);
  return { ...after, heard: Math.max(state.heard, Date.parse(event.time)) };
};

const withBackfill = (state: BackfillState, event: BackfillEvent): BackfillState => {
  switch (event.type) {
    case 'backfill.requested.v1':
      return { ...state, request: earlier(state.request, event) };
    case 'backfill.advanced.v1': {
      const { step } = event.data;
      if (step === 'refused') return { ...state, refusals: among(state.refusals, event.causationId ?? event.id) };
      return { ...state, steps: { ...state.steps, [step]: earlier(state.steps[step], event) } };
    }
    case 'backfill.ended.v1':
      return { ...state, ended: earlier(state.ended, event) };
    case 'backfill.instructed.v1': {
      if (event.data.instruction === 'cancel') return { ...state, cancel: earlier(state.cancel, event) };
      const kind = event.data.instruction === 'approve' ? 'approvals' : 'rollbacks';
      const known = state[kind].some((it) => it.id === event.id);
      return known ? state : { ...state, [kind]: [...state[kind], event].sort(inOrder) };
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

const among = (ids: readonly string[], id: string): readonly string[] =>
  ids.includes(id) ? ids : [...ids, id].toSorted();

const inOrder = (a: { time: string; id: string }, b: { time: string; id: string }): number =>
  a.time === b.time ? a.id.localeCompare(b.id) : a.time.localeCompare(b.time);

const earlier = <T extends { time: string; id: string }>(known: T | undefined, other: T): T =>
  known && inOrder(known, other) <= 0 ? known : other;
