import type { BatchEvent } from '../../../services/coordinator/batch-event.ts';
import { isBackfillId } from '../../../services/coordinator/backfill/backfill-event.ts';
import { evolve, initialState, type BatchStatus } from '../../../services/coordinator/evolve.ts';

/** Where documents of a batch ended. */
export interface Documents {
  readonly in: number;
  readonly loaded: number;
  readonly superseded: number;
  readonly quarantined: number;
  readonly rejected: number;
  /** Given up by a person; left out where there is none. */
  readonly discarded?: number;
}

export const STAGES = ['extract', 'validate-extracted', 'transform', 'validate-transformed', 'load'] as const;
export type StageName = (typeof STAGES)[number];
export type StageSeconds = { readonly [stage in StageName | 'validate']?: number };

export interface Failure {
  readonly service: string;
  readonly kind: 'RetryLater' | 'BadMessage' | 'Defect';
  readonly message: string;
}

/** One batch as its events tell of it; counts are what is known so far. */
export interface BatchView {
  readonly batchId: string;
  readonly pipeline: string;
  readonly status: BatchStatus;
  readonly attempt: number;
  /** Stages of the newest attempt that have been said to be done. */
  readonly done: readonly StageName[];
  /** Line items. */
  readonly rows: number;
  readonly loaded: number;
  readonly quarantined: number;
  readonly superseded: number;
  readonly documents: Documents;
  readonly seconds: StageSeconds;
  readonly began: string;
  readonly failure?: Failure;
}

/** Every batch that the events are about, in the order in which they began; a backfill is none, its chunks are. */
export const foldBatches = (events: readonly BatchEvent[]): readonly BatchView[] => {
  const batches = Map.groupBy(
    events
      .filter((it) => !isBackfillId(it.batchId))
      .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)),
    (it) => it.batchId,
  );
  // What is only asked for, or comes to nothing, is no batch.
  return [...batches.values()].map(foldBatch).filter((it) => it.status !== 'unknown');
};

const foldBatch = (events: readonly BatchEvent[]): BatchView => {
  const state = events.reduce(evolve, initialState);
  const first = events[0]!;
  const current = events.filter((it) => it.attempt === state.attempt);
  // A replay starts at any stage: what it did not do again still stands as an earlier attempt left it.
  const newest = events.toSorted((a, b) => b.attempt - a.attempt);
  const extracted = firstOf(newest, 'batch.extracted.v1');
  const transformed = firstOf(newest, 'batch.transformed.v1');
  const loaded = firstOf(newest, 'batch.loaded.v1');
  const validated = [validatedAt(newest, 'extracted'), validatedAt(newest, 'transformed')];
  const failure = firstOf(current, 'batch.failed.v1');
  const held = (what: 'rows' | 'documents' | 'unreadable'): number =>
    validated.reduce((sum, it) => sum + (it?.data.quarantined[what] ?? 0), 0);
  const superseded = (what: 'rows' | 'documents'): number =>
    (transformed?.data.superseded[what] ?? 0) + (loaded?.data.superseded[what] ?? 0);
  const claim =
    firstOf(events, 'batch.triggered.v1') ??
    firstOf(events, 'batch.claimed.v1') ??
    firstOf(events, 'quarantine.released.v1');
  const times = timesOf(current, firstOf(current, 'batch.triggered.v1') ?? claim);
  return {
    batchId: first.batchId,
    pipeline: first.pipeline,
    status: state.status,
    attempt: state.attempt,
    began: first.time,
    done: STAGES.filter((it) => times[it] !== undefined),
    rows: extracted?.data.rows ?? 0,
    loaded: loaded?.data.rows ?? 0,
    quarantined: held('rows'),
    superseded: superseded('rows'),
    documents: {
      in: claim?.data.documents ?? extracted?.data.documents ?? 0,
      loaded: loaded?.data.documents ?? 0,
      superseded: superseded('documents'),
      quarantined: held('documents') - held('unreadable'),
      rejected: held('unreadable'),
    },
    seconds: secondsOf(times),
    ...(state.status === 'failed' && failure
      ? { failure: { service: failure.data.service, ...failure.data.error } }
      : {}),
  };
};

type Of<T extends BatchEvent['type']> = Extract<BatchEvent, { readonly type: T }>;

const firstOf = <T extends BatchEvent['type']>(events: readonly BatchEvent[], type: T): Of<T> | undefined =>
  events.find((it): it is Of<T> => it.type === type);

const validatedAt = (events: readonly BatchEvent[], stage: 'extracted' | 'transformed') =>
  events.find((it): it is Of<'batch.validated.v1'> => it.type === 'batch.validated.v1' && it.data.stage === stage);

type Times = { readonly [moment in StageName | 'start']: number | undefined };

const timesOf = (events: readonly BatchEvent[], start: BatchEvent | undefined): Times => {
  const at = (event: BatchEvent | undefined): number | undefined => event && Date.parse(event.time);
  return {
    start: at(start),
    extract: at(firstOf(events, 'batch.extracted.v1')),
    'validate-extracted': at(validatedAt(events, 'extracted')),
    transform: at(firstOf(events, 'batch.transformed.v1')),
    'validate-transformed': at(validatedAt(events, 'transformed')),
    load: at(firstOf(events, 'batch.loaded.v1')),
  };
};

/** A stage lasts from the event that asked for it to the one that answered: waiting in the queue included. */
const secondsOf = (times: Times): StageSeconds => {
  const moments = ['start', ...STAGES] as const;
  const lasted = STAGES.flatMap((stage, index) => {
    const [from, to] = [times[moments[index]!], times[stage]];
    return from === undefined || to === undefined ? [] : [[stage, Math.max(0, to - from) / 1000] as const];
  });
  const seconds: StageSeconds = Object.fromEntries(lasted);
  const parts = [seconds['validate-extracted'], seconds['validate-transformed']].filter((it) => it !== undefined);
  // Milliseconds, so that sums don't show the noise of binary fractions.
  const validate = Math.round(parts.reduce((sum, it) => sum + it * 1000, 0)) / 1000;
  return parts.length === 0 ? seconds : { ...seconds, validate };
};
