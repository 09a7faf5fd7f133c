import { BatchId } from '../../../events/contract.ts';
import type { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import { count } from '../../../shared/snowflake/warehouse.ts';
import { dropExpired } from '../../../shared/snowflake/drop-expired.ts';
import { dropTemp } from '../../../shared/sql/drop-temp.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import * as tables from '../tables.ts';
import { textOf, type EffectDeps, type Step } from './effects.ts';
import { claimDocuments, countChunks, countUnsettled, giveBack, noteBatches } from './sql/claim-documents.ts';

/** Takes the documents that are to be read again, once none of them is still on its way to the trigger. */
export const claim = async (
  { warehouse, stage, course }: EffectDeps,
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
  await warehouse.follow(claimDocuments(params), request, course);
  // First the stream, then what waits: whatever has left the one by then is seen in the other.
  const unsettled = count((await warehouse.run(countUnsettled(params), request)).rows[0]?.['UNSETTLED']);
  if (unsettled > 0) return undefined;
  await warehouse.run(giveBack(params), request);
  const { rows } = await warehouse.run(countChunks(params), request);
  const chunks = rows.map((it) => ({
    batchId: BatchId.parse(textOf(it['BATCH_ID'])),
    documents: count(it['DOCUMENTS']),
  }));
  return { step: 'claimed', source, chunks };
};

/** Drops the documents that were to be read again, and those that were left behind two weeks ago; the owners drop their shadows. */
export const dropSource = async ({ warehouse, stage, now }: EffectDeps, request: BackfillRequested): Promise<void> => {
  const source = tables.backfillSource(stage, pipelineOf(request.pipeline), request.batchId);
  await warehouse.run(dropTemp(source), request);
  await dropExpired(warehouse, { beside: source, prefix: tables.sourcePrefix(request.pipeline), now: now() }, request);
};
