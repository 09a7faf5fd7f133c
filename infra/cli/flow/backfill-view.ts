import { MAX_ATTEMPTS } from '../../../services/coordinator/backfill/chunks.ts';
import type { BackfillState } from '../../../services/coordinator/backfill/evolve.ts';
import { statusOf, type BackfillStatus, type KnownBackfill } from './backfill-state.ts';

/** A chunk that has failed, and how often it has been tried. */
export interface FailedChunk {
  readonly batchId: string;
  readonly attempt: number;
  readonly error: string;
}

/** One thing that has happened to a backfill. */
export interface BackfillMoment {
  readonly at: string;
  readonly what: string;
}

/** A backfill as people look at it. */
export interface BackfillView {
  readonly id: string;
  readonly pipeline: string;
  readonly status: BackfillStatus;
  readonly asked: NonNullable<BackfillState['request']>['data'] & { readonly at: string };
  readonly chunks: {
    readonly all: number;
    readonly documents: number;
    readonly loaded: number;
    readonly failed: readonly FailedChunk[];
  };
  readonly moments: readonly BackfillMoment[];
  /** Why somebody has to approve it; empty where nobody has to. */
  readonly open: readonly string[];
  /** Why it was not published, or is not carried out. */
  readonly reason?: string;
}

/** Everything about a backfill that its events tell; undefined where nobody has asked for it. */
export const backfillView = ({ id, state, events }: KnownBackfill): BackfillView | undefined => {
  const { request, steps, ended } = state;
  if (!request) return undefined;
  const claimed = steps.claimed?.data.step === 'claimed' ? steps.claimed.data.chunks : [];
  const chunks = Object.entries(state.chunks);
  const refused = events.flatMap((it) =>
    it.type === 'backfill.advanced.v1' && it.data.step === 'refused' ? [it.data.reason] : [],
  );
  const reason = ended?.data.reason ?? refused.at(-1) ?? state.broken;
  return {
    id,
    pipeline: request.pipeline,
    status: statusOf(state),
    asked: { ...request.data, at: request.time },
    chunks: {
      all: claimed.length,
      documents: claimed.reduce((sum, it) => sum + it.documents, 0),
      loaded: chunks.filter(([, { batch }]) => batch.status === 'loaded' || batch.status === 'complete').length,
      failed: chunks.flatMap(([batchId, { batch, error }]) =>
        batch.status === 'failed' ? [{ batchId, attempt: batch.attempt, error: error ?? 'unknown' }] : [],
      ),
    },
    moments: events.flatMap((it) => momentOf(it, claimed.length, request.data.approveAutomatically)),
    open: steps.compared?.data.step === 'compared' ? steps.compared.data.open : [],
    ...(reason !== undefined && { reason }),
  };
};

const STEPS = {
  held: 'the trigger stands still',
  drained: 'no batch is in flight',
  published: 'published: all tables since one commit',
  restored: 'rolled back: the tables hold what they held before',
} as const;

const momentOf = (
  event: KnownBackfill['events'][number],
  chunks: number,
  approved: boolean,
): readonly BackfillMoment[] => {
  const at = event.time;
  switch (event.type) {
    case 'backfill.requested.v1':
      return [{ at, what: `asked for by ${event.data.by}` }];
    case 'backfill.instructed.v1':
      return [{ at, what: `${INSTRUCTED[event.data.instruction]} by ${event.data.by}` }];
    case 'backfill.ended.v1':
      return [{ at, what: `ended: ${event.data.outcome}, the trigger is let go` }];
    case 'backfill.advanced.v1':
      switch (event.data.step) {
        case 'claimed':
          return [{ at, what: `documents taken, ${chunks} chunks` }];
        case 'compared':
          return [{ at, what: comparedText(event.data, approved) }];
        case 'refused':
          return [{ at, what: `refused: ${event.data.reason}` }];
        default:
          return [{ at, what: STEPS[event.data.step] }];
      }
    case 'batch.failed.v1':
      return [{ at, what: `given up by ${event.data.service}: ${event.data.error.message}` }];
    default:
      return [];
  }
};

const INSTRUCTED = { approve: 'approved', cancel: 'cancelled', rollback: 'rollback asked for' } as const;

const comparedText = (
  { open, barred }: { readonly open: readonly string[]; readonly barred: boolean },
  approved: boolean,
): string => {
  if (barred) return 'compared: more differs than may';
  if (open.length === 0) return 'compared: identical, or as announced';
  return approved ? 'compared: more differs, which was approved beforehand' : 'compared: somebody has to approve';
};

/** One line about the chunks that run: what moves between two steps. */
export const chunkText = ({ chunks }: Pick<BackfillView, 'chunks'>): string => {
  const failed =
    chunks.failed.length > 0 ? `, ${chunks.failed.length} failed (tried ${MAX_ATTEMPTS} times at most)` : '';
  return `${chunks.loaded} of ${chunks.all} chunks rebuilt${failed}`;
};
