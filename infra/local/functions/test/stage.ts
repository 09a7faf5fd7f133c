import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Topology } from '../../../../shared/topology.ts';
import { startQueues } from '../../queues/server.ts';
import type { InvocationReport } from '../delivery.ts';
import { startFunctions, type FunctionsOptions } from '../functions.ts';
import type { Order, Seen } from './probe.ts';

export const probe: Topology = {
  service: 'probe',
  hears: ['batch.loaded.v1'],
  handler: 'infra/local/functions/test/probe.ts',
  timeoutSeconds: 10,
  memoryMb: 128,
  batchSize: 1,
  maxReceives: 5,
  reservedConcurrency: 1,
};

/** Real queues and one probing function, for tests; `end` closes all of it and deletes its folder. */
export const setStage = async (topology: Partial<Topology> = {}, options: Partial<FunctionsOptions> = {}) => {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'firn-functions-'));
  const seenFile = join(dataDir, 'seen');
  const queues = await startQueues();
  const full = { ...probe, ...topology };
  const { queue, deadLetters } = queues.createServiceQueues('dev', [full])[full.service]!;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sqs = new SQSClient({ endpoint: queues.endpoint, region: queues.region, credentials });
  const reports: InvocationReport[] = [];
  const functions = startFunctions({
    topologies: [full],
    queueUrls: { [full.service]: queue.url },
    environment: () => ({ SEEN: seenFile }),
    sqsEndpoint: queues.endpoint,
    dataDir,
    onInvocation: (report) => reports.push(report),
    ...options,
  });

  return {
    functions,
    queues,
    queue,
    deadLetters,
    reports,
    send: (...orders: readonly Order[]) =>
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: queue.url,
          Entries: orders.map((order, i) => ({ Id: String(i), MessageBody: JSON.stringify(order) })),
        }),
      ),
    seen: (): Seen[] =>
      existsSync(seenFile)
        ? readFileSync(seenFile, 'utf8')
            .split('\n')
            // What comes after the last line's end is being written.
            .slice(0, -1)
            .map((line) => JSON.parse(line) as Seen)
        : [],
    log: (): string => readFileSync(join(dataDir, 'logs', `${full.service}.log`), 'utf8'),
    depths: () => [queues.depth(queue.name), queues.depth(deadLetters.name)],
    end: async () => {
      await functions.close();
      sqs.destroy();
      await queues.close();
      rmSync(dataDir, { recursive: true });
    },
  };
};

/** Looks again and again until something holds; the test's own time limit ends a vain wait. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await sleep(10);
};

/** Whether a process is still there. */
export const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
