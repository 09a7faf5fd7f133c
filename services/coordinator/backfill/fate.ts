import type { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import { Defect } from '../../../shared/errors.ts';
import { partOf } from '../../../shared/snowflake/course.ts';
import type { QueryTag } from '../../../shared/snowflake/warehouse.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import * as tables from '../tables.ts';
import { textOf, type EffectDeps, type Step } from './effects.ts';
import { callProcedure } from './sql/call-procedure.ts';
import { expirable } from './sql/read-backfill.ts';

const FATES = ['published', 'restored', 'cancelled', 'failed', 'overtaken', 'expired'] as const;

/** What became of a backfill, as the one transaction that decides it says. */
type Fate = (typeof FATES)[number];

const PROCEDURES = {
  publish: tables.publishProcedure,
  restore: tables.restoreProcedure,
  abandon: tables.abandonProcedure,
  expire: tables.expireProcedure,
};

const call = async (
  { warehouse, stage, course }: Pick<EffectDeps, 'warehouse' | 'stage' | 'course'>,
  which: keyof typeof PROCEDURES,
  of: QueryTag,
  more: readonly (string | null)[],
): Promise<Fate> => {
  const procedure = PROCEDURES[which](stage, pipelineOf(of.pipeline));
  const statement = callProcedure(procedure, [of.batchId, ...more]);
  const result = await partOf(course, which, (part) => warehouse.follow(statement, of, part));
  const answer = Object.values(result.rows[0] ?? {})[0];
  const fate = FATES.find((it) => it === answer);
  if (!fate) throw new Defect(`${which} answers ${JSON.stringify(answer)}`);
  return fate;
};

/** Publishes all shadows in one transaction, once; a backfill that was abandoned meanwhile is not published. */
export const publishShadows = (deps: EffectDeps, request: BackfillRequested): Promise<Fate> =>
  call(deps, 'publish', request, [request.data.from ?? null, request.data.to ?? null]);

/** Makes sure that the backfill will never be published; says what became of it if something has already. */
export const abandon = (deps: EffectDeps, request: BackfillRequested, fate: 'cancelled' | 'failed'): Promise<Fate> =>
  call(deps, 'abandon', request, [fate]);

/** Brings back what publishing replaced, once, except orders that newer versions have replaced since. */
export const restore = async (deps: EffectDeps, request: BackfillRequested): Promise<Step> => {
  const fate = await call(deps, 'restore', request, []);
  if (fate === 'restored') return { step: 'restored' };
  const why: Partial<Record<Fate, string>> = {
    overtaken: 'a later backfill has been published on top of it: roll that one back first',
    expired: 'what it replaced is not kept any more',
  };
  return { step: 'refused', reason: why[fate] ?? `it was ${fate}` };
};

/** Has what published backfills replaced deleted, once nobody may ask for it any more. */
export const expireBackfills = async (
  deps: Pick<EffectDeps, 'warehouse' | 'stage' | 'now' | 'course'>,
): Promise<void> => {
  const { warehouse, stage, now } = deps;
  const found = expirable({ from: tables.backfillFates(stage), now: now() });
  const { rows } = await warehouse.run(found, { pipeline: '-', batchId: '-', attempt: 0 });
  for (const row of rows) {
    const tag = { pipeline: textOf(row['PIPELINE']), batchId: textOf(row['BACKFILL_ID']), attempt: 1 };
    await partOf(deps.course, tag.batchId, (course) => call({ ...deps, course }, 'expire', tag, []));
  }
};
