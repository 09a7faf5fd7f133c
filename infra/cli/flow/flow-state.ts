import { foldBatches, type BatchView } from './batch-view.ts';
import type { BatchEvent } from '../../../services/coordinator/batch-event.ts';

/** A file as it should arrive. */
export interface Expected {
  readonly key: string;
  readonly documents: number;
}

/** Where everything stands at one moment, as far as one run is concerned. */
export interface FlowState {
  /** Documents in the raw table, by file. */
  readonly landed: ReadonlyMap<string, number>;
  /** Documents that TASK1 has not moved yet. */
  readonly inStream: number;
  /** Documents that TASK2 has not claimed yet, and the age of the oldest. */
  readonly waiting: number;
  readonly oldestSeconds: number;
  /** Batches that are claimed, but of which the coordinator has not heard. */
  readonly unheard: number;
  readonly events: readonly BatchEvent[];
  readonly batches: readonly BatchView[];
}

/** A state whose batches follow from its events. */
export const flowState = (known: Omit<FlowState, 'batches'>): FlowState => ({
  ...known,
  batches: foldBatches(known.events),
});

/** How many of the expected documents stand in the raw table, and of how many. */
export const landedOf = (
  state: FlowState,
  files: readonly Expected[],
): { readonly done: number; readonly all: number } => ({
  done: files.reduce((sum, it) => sum + Math.min(state.landed.get(it.key) ?? 0, it.documents), 0),
  all: files.reduce((sum, it) => sum + it.documents, 0),
});

/** Nothing more happens to a batch by itself. */
export const isSettled = ({ status }: BatchView): boolean => status === 'complete' || status === 'failed';

/** Loads that took versions back, of which nobody has said yet whether older ones return. */
const openReturns = ({ events }: FlowState): number => {
  const answered = new Set(events.flatMap((it) => (it.type === 'quarantine.released.v1' ? [it.causationId] : [])));
  return events.filter((it) => it.type === 'batch.loaded.v1' && it.data.retracted && !answered.has(it.id)).length;
};

/** Snowpipe has loaded every file, no document waits anywhere, and every batch is complete or failed. */
export const isQuiet = (state: FlowState, files: readonly Expected[]): boolean => {
  const { done, all } = landedOf(state, files);
  const isIdle = state.inStream === 0 && state.waiting === 0 && state.unheard === 0;
  return done === all && isIdle && state.batches.every(isSettled) && openReturns(state) === 0;
};

/** What is the same for two states between which nothing has moved; ages alone are no progress. */
export const progressMark = (state: FlowState): string =>
  JSON.stringify([[...state.landed], state.inStream, state.waiting, state.unheard, state.events.map((it) => it.id)]);

/** Says, one line a place, what has not arrived yet. */
export const whatStands = (state: FlowState, files: readonly Expected[]): readonly string[] => {
  const missing = files.flatMap(({ key, documents }) => {
    const found = state.landed.get(key) ?? 0;
    return found < documents ? [`Snowpipe has loaded ${found} of ${documents} documents of ${key}`] : [];
  });
  const batches = state.batches
    .filter((it) => !isSettled(it))
    .map((it) => `batch ${it.batchId} is ${it.status}, last done: ${it.done.at(-1) ?? 'nothing yet'}`);
  return [
    ...missing,
    ...(state.inStream > 0 ? [`${state.inStream} documents wait in the stream for TASK1`] : []),
    ...(state.waiting > 0
      ? [`${state.waiting} documents wait for TASK2, the oldest for ${state.oldestSeconds} s`]
      : []),
    ...(state.unheard > 0 ? [`the coordinator has not heard of ${state.unheard} claimed batches`] : []),
    ...batches,
    ...(openReturns(state) > 0 ? ['validate has not said whether older versions return'] : []),
  ];
};
