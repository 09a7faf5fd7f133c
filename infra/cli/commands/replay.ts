import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchId, type ReplayStage } from '../../../events/contract.ts';
import type { ReplayRequested } from '../../../events/replay-requested.v1.ts';
import type { BatchEvent } from '../../../services/coordinator/batch-event.ts';
import { answerId } from '../../../shared/bus/answer.ts';
import { attachPlace, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { findFlow, flowNamed } from '../flow/find-batch.ts';
import { findBatches, lifeOf } from '../flow/find-batches.ts';
import type { Status } from '../flow/statuses.ts';
import { flows } from '../flow/flow-tables.ts';
import { loggedEvent } from '../flow/read-flow.ts';
import { awaited, put } from '../operate/ask.ts';
import { previewOf, previewLine, type Preview } from '../operate/replay-preview.ts';
import { PACE, type CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { openSession, type Session } from '../session.ts';
import { plural } from '../view/numbers.ts';

export interface ReplayOptions extends CommonOptions {
  readonly from?: ReplayStage;
  readonly dryRun?: true;
  readonly status?: Status;
  readonly since?: Date;
  readonly stage?: string;
  readonly pipeline?: string;
  readonly incident?: string;
  readonly rate: number;
  readonly most: number;
}

interface Asked {
  readonly request: ReplayRequested;
  readonly history: readonly BatchEvent[];
}

const ANSWER_SECONDS = 60;

/** Runs batches again: one by its id, or all that are asked for, each at most once an incident. */
export const replay = async (context: Context, id: string | undefined, options: ReplayOptions): Promise<number> => {
  expectUsage(context, id, options);
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const stack = await attachPlace(options.data, PACE);
  try {
    const session = await openSession(stack.at.warehouse);
    const asked = await askedFor(session, context, id, options);
    const previews = asked.map(({ request, history }) => previewOf(history, request, new Date()));
    const doable = asked.filter((_, index) => previews[index]!.refused === undefined && !previews[index]!.isDone);
    if (!options.dryRun) {
      for (const [index, one] of doable.entries()) {
        if (context.stop.aborted) break;
        if (index > 0) await sleep(1000 / options.rate);
        await put(stack.at, [one.request]);
      }
      if (stack.isOwn) await settled(session, context, doable);
      else if (id !== undefined) await answers(session, context, doable);
    }
    await session.close();
    await tell(context, previews, options);
    return id !== undefined && previews.some((it) => it.refused !== undefined) ? 1 : 0;
  } finally {
    await stack.close();
  }
};

const expectUsage = (context: Context, id: string | undefined, options: ReplayOptions): void => {
  if (id === undefined && options.incident === undefined) {
    const next = `${context.firn} replay --status failed --since 2h --incident NAME`;
    throw new Refusal('name a batch to replay, or an incident (--incident) to replay many for, each once', { next });
  }
  if (id !== undefined && (options.status ?? options.since ?? options.stage) !== undefined)
    throw new Refusal('give either the id of one batch or --status, --since and --stage', {
      next: `${context.firn} replay ${id}`,
    });
};

const askedFor = async (
  session: Session,
  context: Context,
  id: string | undefined,
  options: ReplayOptions,
): Promise<readonly Asked[]> => {
  const incident = options.incident ?? null;
  const found = await (async () => {
    if (id !== undefined) return [await findFlow(session, id, nextCommand(context, 'batches', options.data))];
    const pipelines = options.pipeline === undefined ? flows() : [flowNamed(options.pipeline)];
    const all = [];
    for (const flow of pipelines) {
      const wanted = { status: options.status ?? 'failed', ...options };
      for (const it of await findBatches(session, flow, wanted)) all.push({ flow, batchId: it.batchId });
    }
    return all;
  })();
  const asked: Asked[] = [];
  for (const { flow, batchId } of found) {
    const history = (await session.rows(lifeOf(flow, batchId))).map(loggedEvent);
    // Of one incident a batch has one request, whoever asks and however often: the coordinator obeys an id once.
    const requestId = incident === null ? randomUUID() : answerId(`${incident} ${batchId}`, 'replay.requested.v1');
    const request: ReplayRequested = {
      type: 'replay.requested.v1',
      id: requestId,
      time: new Date().toISOString(),
      pipeline: flow.pipeline,
      batchId: BatchId.parse(batchId),
      attempt: 1,
      causationId: null,
      traceId: requestId,
      data: { from: options.from ?? null, incident },
    };
    asked.push({ request, history });
  }
  return asked;
};

const eventsNow = async (session: Session, { request }: Asked): Promise<readonly BatchEvent[]> =>
  (await session.rows(lifeOf(flowNamed(request.pipeline), request.batchId))).map(loggedEvent);

/** Waits until the coordinator has answered. */
const answers = async (session: Session, { stop }: Context, asked: readonly Asked[]): Promise<void> => {
  for (const one of asked) {
    const isAnswered = async () =>
      (await eventsNow(session, one)).find(
        (it) => it.type === 'replay.answered.v1' && it.causationId === one.request.id,
      );
    if (!(await awaited(isAnswered, { seconds: ANSWER_SECONDS, stop })))
      throw new Refusal(`the coordinator has not answered within ${ANSWER_SECONDS} s; the request waits in its queue`, {
        exitCode: 1,
      });
  }
};

/** Waits until a stack that ends with us has nothing more to do for these batches. */
const settled = async (session: Session, { stop }: Context, asked: readonly Asked[]): Promise<void> => {
  const END = new Set(['batch.completed.v1', 'batch.failed.v1']);
  for (const one of asked) {
    const isOver = async () =>
      (await eventsNow(session, one)).find((it) => it.traceId === one.request.id && END.has(it.type));
    await awaited(isOver, { seconds: ANSWER_SECONDS, stop });
  }
};

const tell = async (context: Context, previews: readonly Preview[], options: ReplayOptions): Promise<void> => {
  const { terminal } = context;
  if (options.json)
    return terminal.result(`${JSON.stringify({ dryRun: options.dryRun ?? false, replays: previews })}\n`);
  const head = options.dryRun ? 'Would replay' : 'Replays';
  const count = previews.filter((it) => it.refused === undefined && !it.isDone).length;
  const next = nextCommand(context, previews.length === 1 ? `batch ${previews[0]!.batchId}` : 'batches', options.data);
  const lines = [
    `${head} ${plural(count, 'batch').replace('batchs', 'batches')}`,
    ...previews.flatMap(previewLine),
    `next   ${next}`,
  ];
  return terminal.result(`${lines.join('\n')}\n`);
};
