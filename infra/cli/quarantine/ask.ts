import { randomUUID } from 'node:crypto';
import { BatchId } from '../../../events/contract.ts';
import type { DiscardRequested } from '../../../events/discard-requested.v1.ts';
import type { ReleaseRequested } from '../../../events/release-requested.v1.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { count } from '../../../shared/snowflake/warehouse.ts';
import { nextCommand, type Context } from '../context.ts';
import { foldBatches, type BatchView } from '../flow/batch-view.ts';
import { lifeOf } from '../flow/find-batches.ts';
import type { Flow } from '../flow/flow-tables.ts';
import { pipelineStatus } from '../flow/pipeline-status.ts';
import { loggedEvent } from '../flow/read-flow.ts';
import { awaited } from '../operate/ask.ts';
import type { CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import type { Session } from '../session.ts';

const ANSWER_SECONDS = 60;
const BATCH_SECONDS = 600;

const envelope = (pipeline: string, now: Date) => {
  const id = randomUUID();
  return { id, time: now.toISOString(), pipeline, attempt: 1, causationId: null, traceId: id };
};

/** Asks that documents go through again; the id of their batch tells when and by which request. */
export const releaseRequest = (flow: Flow, data: Omit<ReleaseRequested['data'], 'quarantine'>): ReleaseRequested => {
  const of = envelope(flow.pipeline, new Date());
  const at = of.time.replace(/\D/g, '').slice(0, 14);
  const batchId = BatchId.parse(`R${at}_${of.id.replaceAll('-', '').slice(0, 8).toUpperCase()}`);
  return { type: 'release.requested.v1', ...of, batchId, data: { quarantine: flow.quarantine, ...data } };
};

/** Gives documents up. */
export const discardRequest = (flow: Flow, data: Omit<DiscardRequested['data'], 'quarantine'>): DiscardRequested => ({
  type: 'discard.requested.v1',
  ...envelope(flow.pipeline, new Date()),
  batchId: BatchId.parse('QUARANTINE'),
  data: { quarantine: flow.quarantine, ...data },
});

const answerTo = (flow: Flow, batchId: string, id: string): Statement => sql('answer-to')`
  select DETAIL:data:documents::number as DOCUMENTS from ${ident(flow.log)}
  where BATCH_ID = ${batchId} and EVENT_TYPE in ('quarantine.released.v1', 'quarantine.discarded.v1')
    and DETAIL:causationId::varchar = ${id}
`;

/** How many documents validate has released or discarded, as soon as it has said so. */
export const documentsAnswered = async (
  session: Session,
  context: Context,
  flow: Flow,
  { id, batchId }: ReleaseRequested | DiscardRequested,
  options: CommonOptions,
): Promise<number> => {
  const find = async () => (await session.rows(answerTo(flow, batchId, id)))[0];
  const row = await awaited(find, { seconds: ANSWER_SECONDS, stop: context.stop });
  if (!row)
    throw new Refusal(`validate has not answered within ${ANSWER_SECONDS} s; the request waits in its queue`, {
      next: nextCommand(context, 'quarantine list', options.data),
      exitCode: 1,
    });
  return count(row['DOCUMENTS'] ?? null);
};

/** Follows a released batch to its end; undefined where the trigger is held, so that it waits. */
export const batchEnded = async (
  session: Session,
  { stop }: Context,
  flow: Flow,
  batchId: string,
): Promise<BatchView | undefined> => {
  const view = async () => foldBatches((await session.rows(lifeOf(flow, batchId))).map(loggedEvent))[0];
  let isWaiting = false;
  const find = async () => {
    const known = await view();
    if (known?.status === 'complete' || known?.status === 'failed') return known;
    isWaiting = known?.status === 'claimed' && (await pipelineStatus(session, flow)).holds.length > 0;
    return isWaiting ? known : undefined;
  };
  const found = await awaited(find, { seconds: BATCH_SECONDS, stop });
  return isWaiting ? undefined : found;
};
