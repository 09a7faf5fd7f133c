import { randomBytes, randomUUID } from 'node:crypto';
import { BatchId } from '../../../events/contract.ts';
import type { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import { attachPlace, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { statusOf } from '../flow/backfill-state.ts';
import { flowNamed } from '../flow/find-batch.ts';
import type { Flow } from '../flow/flow-tables.ts';
import { put } from '../operate/ask.ts';
import { followBackfill } from '../operate/follow-backfill.ts';
import { PACE, type CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { openSession } from '../session.ts';
import { tellBackfill } from './show-backfill.ts';

export interface BackfillOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly columns?: readonly string[];
  readonly expect?: readonly string[];
  readonly tolerance?: Readonly<Record<string, number>>;
  readonly chunks: number;
  readonly approveAutomatically?: true;
  readonly by: string;
  readonly follow: boolean;
  readonly timeout: number;
}

/** Asks for a backfill, and follows it until it has ended or waits for somebody. */
export const backfill = async (context: Context, pipeline: string, options: BackfillOptions): Promise<number> => {
  const flow = flowNamed(pipeline);
  expectUsage(flow, options);
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const request = requestOf(flow, options, new Date());
  const { batchId: id } = request;
  const stack = await attachPlace(options.data, PACE);
  try {
    const session = await openSession(stack.at.warehouse);
    await put(stack.at, [request]);
    context.terminal.note(`Backfill ${id} of ${flow.pipeline} is asked for\n`);
    if (!options.follow && !stack.isOwn) {
      await session.close();
      await context.terminal.result(
        options.json
          ? `${JSON.stringify({ id, pipeline: flow.pipeline, status: 'asked for' })}\n`
          : `next   ${nextCommand(context, `backfill show ${id}`, options.data)}\n`,
      );
      return 0;
    }
    const timeoutSeconds = options.timeout;
    const { known } = await followBackfill(context, session, {
      id,
      timeoutSeconds,
      isDone: ({ state }) => !['asked for', 'running'].includes(statusOf(state)),
    });
    const exitCode = await tellBackfill(context, session, known, options);
    await session.close();
    return exitCode;
  } finally {
    await stack.close();
  }
};

const expectUsage = ({ pipeline, extract, load }: Flow, options: BackfillOptions): void => {
  const { from, to, columns = [], expect = [], tolerance = {} } = options;
  if (from !== undefined && to !== undefined && from > to) throw new Refusal(`--from ${from} is after --to ${to}`);
  const known = [...new Set([...load.columns, ...extract.columns].map((it) => it.name))];
  const unknown = [...columns, ...expect, ...Object.keys(tolerance)].filter((it) => !known.includes(it));
  if (unknown.length > 0)
    throw new Refusal(`${pipeline} has no column ${unknown.join(', ')}; there are ${known.join(', ')}`);
  const numbers = new Set(
    [...load.columns, ...extract.columns].filter((it) => it.type.startsWith('NUMBER')).map((it) => it.name),
  );
  const others = Object.keys(tolerance).filter((it) => !numbers.has(it));
  if (others.length > 0) throw new Refusal(`${others.join(', ')} is no number: give it by --expect`);
};

const requestOf = (flow: Flow, options: BackfillOptions, now: Date): BackfillRequested => {
  const { from, to, columns, expect = [], tolerance = {}, chunks, by } = options;
  const id = randomUUID();
  const digits = now.toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const announced = [
    ...expect.map((column) => ({ column })),
    ...Object.entries(tolerance).map(([column, upTo]) => ({ column, tolerance: upTo })),
  ];
  return {
    type: 'backfill.requested.v1',
    id,
    time: now.toISOString(),
    pipeline: flow.pipeline,
    batchId: BatchId.parse(`BF${digits}_${randomBytes(4).toString('hex').toUpperCase()}`),
    attempt: 1,
    causationId: null,
    traceId: id,
    data: {
      by,
      chunks,
      approveAutomatically: options.approveAutomatically ?? false,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(columns && { columns: [...columns] }),
      ...(announced.length > 0 && { expect: announced }),
    },
  };
};
