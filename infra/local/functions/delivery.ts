import { randomUUID } from 'node:crypto';
import type { Message } from '@aws-sdk/client-sqs';
import type { Topology } from '../../../shared/topology.ts';
import { failedIds } from './batch-response.ts';
import type { Fate } from './chaos.ts';
import type { Outcome } from './invocation.ts';
import type { Pool } from './pool.ts';
import type { SourceQueue } from './queue.ts';
import { toRecord } from './record.ts';

/** What became of one invocation. */
export interface InvocationReport {
  readonly service: string;
  readonly requestId: string;
  readonly outcome: Outcome['kind'];
  readonly messages: number;
  /** How many of them stay in the queue. */
  readonly failed: number;
  readonly ms: number;
}

export interface DeliveryOptions {
  readonly topology: Topology;
  readonly queue: SourceQueue;
  readonly source: { readonly queueArn: string; readonly region: string };
  readonly pool: Pool;
  readonly fate: Fate;
  /** Seconds until a failed message comes again, by its receives so far; absent: when its visibility timeout ends, as on AWS. */
  readonly retryDelay?: (receives: number) => number;
  /** Writes a line to the function's log. */
  readonly report: (line: string) => void;
  readonly onInvocation: (report: InvocationReport) => void;
}

/** Brings a received batch to the function and deletes what it handled; the rest comes again. */
export const delivery = (options: DeliveryOptions): ((received: readonly Message[]) => Promise<void>) => {
  const { topology, queue, pool, fate, report, retryDelay } = options;

  const invoke = async (batch: readonly Message[], requestId: string): Promise<Outcome> => {
    try {
      const sandbox = await pool.take();
      const event = { Records: batch.map((message) => toRecord(message, options.source)) };
      const outcome = await sandbox.invoke({ requestId, event, deadline: Date.now() + 1000 * topology.timeoutSeconds });
      const crashed = outcome.kind === 'returned' && fate.crash(batch.map(id));
      if (crashed) sandbox.kill();
      pool.give(sandbox, !crashed && (outcome.kind === 'returned' || outcome.kind === 'threw'));
      return crashed ? { kind: 'crashed', message: 'killed on purpose' } : outcome;
    } catch (error) {
      return { kind: 'crashed', message: (error as Error).message };
    }
  };

  /** Returns how many messages stay in the queue. */
  const settle = async (batch: readonly Message[], outcome: Outcome): Promise<number> => {
    const ids = batch.map(id);
    const failures = outcome.kind === 'returned' ? failedIds(ids, outcome.payload) : new Set(ids);
    const handled = batch.filter((message) => !failures.has(id(message)));
    const again = handled.filter((message) => fate.deliverAgain(id(message)));
    await queue.remove(handled.filter((message) => !again.includes(message)));
    await queue.showAfter(again, () => 0);
    const failed = batch.filter((message) => failures.has(id(message)));
    if (retryDelay) await queue.showAfter(failed, (message) => retryDelay(receives(message)));
    return failed.length;
  };

  return async (received) => {
    const putBack = received.filter((message) => fate.putBack(id(message)));
    await queue.showAfter(putBack, () => Math.round(fate.draw()));
    const batch = fate.shuffle(received.filter((message) => !putBack.includes(message)));
    if (batch.length === 0) return;
    await queue.showAfter(
      batch.filter((message) => fate.deliverMeanwhile(id(message))),
      () => 0,
    );

    const requestId = randomUUID();
    const startedAt = Date.now();
    const outcome = await invoke(batch, requestId);
    const ms = Date.now() - startedAt;
    if (outcome.kind !== 'returned') report(`${requestId} ${outcome.kind} after ${ms} ms: ${outcome.message}`);
    const failed = await settle(batch, outcome);
    const { service } = topology;
    options.onInvocation({ service, requestId, outcome: outcome.kind, messages: batch.length, failed, ms });
  };
};

const id = ({ MessageId }: Message): string => MessageId!;
const receives = ({ Attributes }: Message): number => Number(Attributes?.ApproximateReceiveCount ?? 1);
