import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { serviceName, visibilityTimeoutSeconds, type Stage, type Topology } from '../../../shared/topology.ts';
import { fateOf, type Chaos } from './chaos.ts';
import { delivery, type InvocationReport } from './delivery.ts';
import { environmentOf } from './environment.ts';
import { startMapping } from './mapping.ts';
import { createPool } from './pool.ts';
import { sourceQueue } from './queue.ts';

export interface LocalFunctionOptions {
  readonly topology: Topology;
  readonly queueUrl: string;
  readonly sqs: SQSClient;
  readonly stage: Stage;
  readonly region: string;
  readonly root: string;
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly maxProcesses: number;
  readonly retryDelaySeconds: number | undefined;
  readonly chaos: Chaos | undefined;
  readonly onInvocation: (report: InvocationReport) => void;
}

/** One service's function with the mapping that feeds it. */
export interface LocalFunction {
  inFlight(): number;
  kill(): void;
  close(): Promise<void>;
}

/** Starts a function's first process and its event source mapping. */
export const startFunction = (options: LocalFunctionOptions): LocalFunction => {
  const { topology, queueUrl, region, root, dataDir } = options;
  const { service } = topology;
  const home = join(dataDir, 'functions', service);
  const environment = environmentOf(
    topology,
    { functionName: serviceName(options.stage, service), region, root, home, endpoints: options.endpoints },
    options.environment,
  );
  for (const folder of [home, join(dataDir, 'logs')]) mkdirSync(folder, { recursive: true });
  const log = openSync(join(dataDir, 'logs', `${service}.log`), 'a');
  const report = (line: string): void => void writeSync(log, `${line}\n`);

  const pool = createPool(
    {
      handler: join(root, topology.handler),
      memoryMb: topology.memoryMb,
      environment,
      root,
      cacheDir: join(root, 'node_modules/.cache/firn-functions'),
      log,
    },
    report,
  );
  const queue = sourceQueue(options.sqs, queueUrl);
  const { retryDelaySeconds } = options;
  const mapping = startMapping({
    queue,
    batchSize: topology.batchSize,
    batchingWindowSeconds: topology.batchingWindowSeconds ?? 0,
    concurrency: Math.min(topology.reservedConcurrency, options.maxProcesses),
    deliver: delivery({
      topology,
      queue,
      source: { queueArn: arnOf(queueUrl, region), region },
      pool,
      fate: fateOf(service, options.chaos),
      ...(retryDelaySeconds !== undefined && { retryDelay: doubling(retryDelaySeconds, topology) }),
      report,
      onInvocation: options.onInvocation,
    }),
    report,
  });
  pool.warm();

  return {
    inFlight: () => mapping.inFlight(),
    kill: () => pool.kill(),
    close: async () => {
      pool.close();
      await mapping.drain();
      await pool.stop();
      closeSync(log);
    },
  };
};

/** Never longer than Lambda itself would wait. */
const doubling =
  (seconds: number, topology: Topology) =>
  (receives: number): number =>
    Math.min(Math.ceil(seconds * 2 ** (receives - 1)), visibilityTimeoutSeconds(topology));

/** A queue's ARN from its URL, whose path is the account and the name. */
const arnOf = (url: string, region: string): string => {
  const [account, name] = new URL(url).pathname.split('/').slice(1);
  return `arn:aws:sqs:${region}:${account}:${name}`;
};
