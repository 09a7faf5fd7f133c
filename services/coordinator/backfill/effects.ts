import type { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import type { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import { Defect } from '../../../shared/errors.ts';
import { answerId } from '../../../shared/bus/answer.ts';
import { count, type QueryTag, type Value, type Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { dropTemp } from '../../../shared/sql/drop-temp.ts';
import type { ResumeRequested } from '../../../events/resume-requested.v1.ts';
import type { SuspendRequested } from '../../../events/suspend-requested.v1.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import * as tables from '../tables.ts';
import { resumeRequest, suspendRequest } from '../trigger-holds/request.ts';
import { compareTable } from './compare.ts';
import type { BackfillState } from './evolve.ts';
import { judge } from './gate.ts';
import { callProcedure } from './sql/call-procedure.ts';
import { claimDocuments, countChunks, countUnsettled, giveBack, noteBatches } from './sql/claim-documents.ts';
import { keepComparison } from './sql/keep-comparison.ts';
import { batchesInFlight, openBackfills } from './sql/read-backfill.ts';

/** What a backfill's steps need of the world. */
export interface EffectDeps {
  readonly warehouse: Warehouse;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
  /** Holds a pipeline's trigger or lets it go; done when it is so. */
  readonly trigger: (request: SuspendRequested | ResumeRequested) => Promise<void>;
}

type Step = BackfillAdvanced['data'];

/** An id out of a result. */
export const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

/** Suspends the trigger in the backfill's name, unless another backfill of the pipeline was there first. */
export const hold = async ({ warehouse, stage, trigger }: EffectDeps, request: BackfillRequested): Promise<Step> => {
  const { rows } = await warehouse.run(openBackfills({ from: tables.batchLog(stage) }), request);
  const first = rows.find((it) => it['PIPELINE'] === request.pipeline)?.['BATCH_ID'];
  if (first !== undefined && first !== request.batchId) {
    return { step: 'refused', reason: `backfill ${textOf(first)} of ${request.pipeline} is under way` };
  }
  // The same event however often it is done, so that doing it late can't outlast the end of the backfill.
  const why = `backfill ${request.batchId} by ${request.data.by}`.slice(0, 500);
  await trigger(suspendRequest({ ...holder(request, 'suspend'), now: new Date(request.time), why }));
  return { step: 'held' };
};

/** Lets the trigger go; whoever else holds it still does. */
export const letGo = async ({ now, trigger }: EffectDeps, request: BackfillRequested): Promise<void> => {
  // Later than the hold, even if the requester's clock runs ahead of ours.
  const after = new Date(Math.max(now().getTime(), Date.parse(request.time) + 1));
  await trigger(resumeRequest({ ...holder(request, 'resume'), now: after }));
};

const holder = ({ id, pipeline, batchId }: BackfillRequested, what: string) => ({
  id: answerId(id, what),
  pipeline,
  holder: batchId,
});

/** Drained once no batch of the trigger is under way; nothing until then. */
export const drain = async ({ warehouse, stage }: EffectDeps, tag: QueryTag): Promise<Step | undefined> => {
  const at = { log: tables.batchLog(stage), outbox: tables.triggerOutbox(stage), pipeline: tag.pipeline };
  const { rows } = await warehouse.run(batchesInFlight(at), tag);
  return rows.length === 0 ? { step: 'drained' } : undefined;
};

/** Takes the documents that are to be read again, once none of them is still on its way to the trigger. */
export const claim = async (
  { warehouse, stage }: EffectDeps,
  request: BackfillRequested,
): Promise<Step | undefined> => {
  const pipeline = pipelineOf(request.pipeline);
  const { batchId: backfillId, data } = request;
  const source = tables.backfillSource(stage, pipeline, backfillId);
  const params = {
    backfillId,
    pipeline,
    source,
    raw: tables.rawTable(stage, pipeline),
    stream: tables.rawStream(stage, pipeline),
    streamed: tables.streamed(stage, pipeline),
    batches: tables.backfillBatches(stage),
    log: tables.batchLog(stage),
    from: data.from,
    to: data.to,
    chunks: data.chunks,
  };
  await warehouse.run(noteBatches(params), request);
  await warehouse.run(claimDocuments(params), request);
  // First the stream, then what waits: whatever has left the one by then is seen in the other.
  const unsettled = count((await warehouse.run(countUnsettled(params), request)).rows[0]?.['UNSETTLED']);
  if (unsettled > 0) return undefined;
  await warehouse.run(giveBack(params), request);
  const { rows } = await warehouse.run(countChunks(params), request);
  const chunks = rows.map((it) => ({ batchId: textOf(it['BATCH_ID']), documents: count(it['DOCUMENTS']) }));
  return { step: 'claimed', source, chunks } as Step;
};

/** Compares both tables with their shadows, keeps the report, and says what the gate makes of it. */
export const compare = async ({ warehouse, stage, now }: EffectDeps, state: BackfillState): Promise<Step> => {
  const request = state.request!;
  const { data, batchId: backfillId, pipeline } = request;
  const tolerances = Object.fromEntries(
    (data.expect ?? []).flatMap((it) => (it.tolerance === undefined ? [] : [[it.column, it.tolerance]])),
  );
  const dateColumn = pipelineOf(pipeline).date.column;
  const batches = tables.backfillBatches(stage);
  const of = { backfillId, batches, dateColumn, tolerances, from: data.from, to: data.to };
  const reports = [
    await compareTable(warehouse, state.history!, of, request),
    await compareTable(warehouse, state.target!, of, request),
  ];
  const verdict = judge(reports, data);
  const report = { backfillId, pipeline, verdict, tables: reports };
  const into = tables.backfillComparisons(stage);
  await warehouse.run(keepComparison({ into, backfillId, pipeline, report, now: now() }), request);
  return { step: 'compared', open: [...verdict.open], barred: verdict.barred };
};

/** What became of a backfill, as the one transaction that decides it says. */
type Fate = 'published' | 'restored' | 'cancelled' | 'failed' | 'overtaken' | 'expired';

const PROCEDURES = {
  publish: tables.publishProcedure,
  restore: tables.restoreProcedure,
  abandon: tables.abandonProcedure,
};
const FATES: readonly string[] = ['published', 'restored', 'cancelled', 'failed', 'overtaken', 'expired'];

const call = async (
  { warehouse, stage }: EffectDeps,
  which: 'publish' | 'restore' | 'abandon',
  request: BackfillRequested,
  more: readonly (string | null)[],
): Promise<Fate> => {
  const procedure = PROCEDURES[which](stage, pipelineOf(request.pipeline));
  const statement = callProcedure(`${which}-backfill`, procedure, [request.batchId, ...more]);
  const fate = Object.values((await warehouse.run(statement, request)).rows[0] ?? {})[0];
  if (typeof fate !== 'string' || !FATES.includes(fate)) throw new Defect(`${which} answers ${JSON.stringify(fate)}`);
  return fate as Fate;
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

/** Drops the documents that were to be read again; the owners drop their shadows when they hear of the end. */
export const dropSource = async ({ warehouse, stage }: EffectDeps, request: BackfillRequested): Promise<void> => {
  const source = tables.backfillSource(stage, pipelineOf(request.pipeline), request.batchId);
  await warehouse.run(dropTemp(source), request);
};
