import { attachWarehouse, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { batchLife, type BatchLife } from '../flow/batch-life.ts';
import { findFlow } from '../flow/find-batch.ts';
import { lifeOf } from '../flow/find-batches.ts';
import { queriesOf } from '../flow/queries-of.ts';
import { loggedEvent } from '../flow/read-flow.ts';
import type { CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { openSession } from '../session.ts';
import { batchPage, CLASSES } from '../view/batch-page.ts';

export type BatchOptions = CommonOptions & { readonly queries?: true };

/** Tells a batch's whole life; exits with 1 if it has failed. */
export const batch = async (context: Context, id: string, options: BatchOptions): Promise<number> => {
  const { terminal } = context;
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const warehouse = await attachWarehouse(options.data);
  try {
    const session = await openSession(warehouse.at);
    const { flow, batchId } = await findFlow(session, id, nextCommand(context, 'batches', options.data));
    const life = batchLife((await session.rows(lifeOf(flow, batchId))).map(loggedEvent));
    const queries = options.queries ? await queriesOf(session, batchId) : [];
    await session.close();
    if (!life) {
      throw new Refusal(`batch ${batchId} is claimed, but the coordinator has not heard of it yet`, {
        next: nextCommand(context, 'up', options.data),
        exitCode: 1,
      });
    }
    const next = nextCommand(context, nextOf(life, !warehouse.isOwn), options.data);
    const text = options.json
      ? JSON.stringify({ ...jsonOf(life), ...(options.queries ? { queries } : {}), next })
      : batchPage(terminal, life, next, queries).join('\n');
    await terminal.result(`${text}\n`);
    return life.view.status === 'failed' ? 1 : 0;
  } finally {
    await warehouse.close();
  }
};

/** The exact next command: a verdict is read, what else failed is replayed, what moves is watched, what is over can be looked at. */
export const nextOf = ({ view, events }: Pick<BatchLife, 'view' | 'events'>, isRunning: boolean): string => {
  if (view.status === 'failed') return `${hasVerdict(view.attempt, events) ? 'validation' : 'replay'} ${view.batchId}`;
  if (view.status === 'complete')
    return `sql "select * from DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS where BATCH_ID = '${view.batchId}'"`;
  return isRunning ? `batch ${view.batchId}` : 'up';
};

const hasVerdict = (attempt: number, events: BatchLife['events']): boolean =>
  events.some((it) => it.type === 'batch.failed.v1' && it.attempt === attempt && it.data.verdict !== undefined);

const jsonOf = ({ view, events, stages }: BatchLife) => ({
  ...view,
  ...(view.failure ? { failure: { ...view.failure, meaning: CLASSES[view.failure.kind] } } : {}),
  stages,
  events,
});
