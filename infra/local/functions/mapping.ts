import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import type { SourceQueue } from './queue.ts';

export interface MappingOptions {
  readonly queue: SourceQueue;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** Most batches under way at a time; the queue is not asked for more. */
  readonly concurrency: number;
  readonly deliver: (batch: readonly Message[]) => Promise<void>;
  /** Writes a line to the function's log. */
  readonly report: (line: string) => void;
}

/** A running event source mapping: takes messages from a queue and has them delivered. */
export interface Mapping {
  /** Messages taken from the queue and not settled yet. */
  inFlight(): number;
  /** Takes no more messages, and waits until those in flight are settled. */
  drain(): Promise<void>;
}

const LONGEST_POLL_SECONDS = 20;
const LONGEST_PAUSE_MS = 5000;

/** Polls a queue for as long as it runs; a queue that refuses is asked again, ever more slowly. */
export const startMapping = ({ queue, batchSize, concurrency, ...options }: MappingOptions): Mapping => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = new Set<Promise<void>>();
  let inFlight = 0;

  /** A batch: at once what is there, or whatever more comes within the batching window. */
  const gather = async (): Promise<readonly Message[]> => {
    const batch = [...(await queue.receive(batchSize, LONGEST_POLL_SECONDS, signal))];
    const end = Date.now() + 1000 * options.batchingWindowSeconds;
    while (batch.length > 0 && batch.length < batchSize && Date.now() < end) {
      const seconds = Math.min(Math.ceil((end - Date.now()) / 1000), LONGEST_POLL_SECONDS);
      const more = await queue.receive(batchSize - batch.length, seconds, signal).catch(() => undefined);
      if (!more) break;
      batch.push(...more);
    }
    return batch;
  };

  const start = (batch: readonly Message[]): void => {
    inFlight += batch.length;
    const run = options
      .deliver(batch)
      .catch((error: Error) => options.report(`could not settle a batch: ${error.message}`))
      .finally(() => {
        inFlight -= batch.length;
        running.delete(run);
      });
    running.add(run);
  };

  const poll = async (): Promise<void> => {
    let pause = 100;
    while (!signal.aborted) {
      try {
        const batch = await gather();
        if (batch.length > 0) start(batch);
        pause = 100;
      } catch (error) {
        if (signal.aborted) return;
        options.report(`could not receive: ${(error as Error).message}`);
        await sleep(pause, undefined, { signal }).catch(() => undefined);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
      while (running.size >= concurrency) await Promise.race(running);
    }
  };
  const polling = poll();

  return {
    inFlight: () => inFlight,
    drain: async () => {
      stopping.abort();
      await polling;
      await Promise.all(running);
    },
  };
};
