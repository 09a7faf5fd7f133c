import { resolve } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import { faults, type Schedule, type Stage, type Topology } from '../../../shared/topology.ts';
import type { Chaos } from './chaos.ts';
import type { InvocationReport } from './delivery.ts';
import { reservedIn } from './environment.ts';
import { startFunction } from './local-function.ts';
import { startSchedules } from './schedules.ts';

export interface FunctionsOptions {
  readonly topologies: readonly Topology[];
  /** Each service's queue. */
  readonly queueUrls: Readonly<Record<string, string>>;
  /** What a service's own environment holds beyond what Lambda gives; it sees nothing else. */
  readonly environment: (service: string) => Readonly<Record<string, string>>;
  readonly sqsEndpoint: string;
  readonly eventBridgeEndpoint?: string;
  /** Takes `logs/<service>.log` and each function's own folder. */
  readonly dataDir: string;
  readonly stage?: Stage;
  readonly region?: string;
  /** What handlers' paths are relative to: the repository's root unless given. */
  readonly root?: string;
  /**
   * After how many seconds a failed message comes again, doubled with each receive. Lambda never does this: there a failed message stays
   * hidden for its visibility timeout, six time-outs long, and nobody at a laptop wants to wait for that. Absent: as Lambda does.
   */
  readonly retryDelaySeconds?: number;
  /** Fewer processes a function than its reserved concurrency allows. */
  readonly maxProcesses?: number;
  /** How often a schedule runs here; as it says unless given. */
  readonly scheduleSeconds?: (schedule: Schedule) => number;
  readonly chaos?: Chaos;
  readonly onInvocation?: (report: InvocationReport) => void;
}

/** All services' functions, fed from their queues. */
export interface Functions {
  /** Messages taken from queues and not settled yet. */
  inFlight(): number;
  /** SIGKILL for all of a service's processes, as if it had crashed; fresh ones follow. */
  kill(service: string): void;
  /** Takes no more messages, lets running invocations finish, ends every process; may be called again. */
  close(): Promise<void>;
}

const ROOT = resolve(import.meta.dirname, '../../..');

/** Runs every service's function as Lambda would: own process, own environment, fed from its queue. */
export const startFunctions = (options: FunctionsOptions): Functions => {
  const { topologies, queueUrls, sqsEndpoint, eventBridgeEndpoint, region = 'eu-west-1' } = options;
  refuseWrong(options);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sqs = new SQSClient({ endpoint: sqsEndpoint, region, credentials });
  const running = new Map(
    topologies.map((topology) => [
      topology.service,
      startFunction({
        topology,
        queueUrl: queueUrls[topology.service]!,
        sqs,
        stage: options.stage ?? 'dev',
        region,
        root: options.root ?? ROOT,
        dataDir: resolve(options.dataDir),
        environment: options.environment(topology.service),
        endpoints: { SQS: sqsEndpoint, ...(eventBridgeEndpoint && { EVENTBRIDGE: eventBridgeEndpoint }) },
        maxProcesses: options.maxProcesses ?? Infinity,
        retryDelaySeconds: options.retryDelaySeconds,
        chaos: options.chaos,
        onInvocation: options.onInvocation ?? (() => undefined),
      }),
    ]),
  );
  const stopSchedules = startSchedules(
    sqs,
    topologies.flatMap(({ service, schedules = [] }) =>
      schedules.map((schedule) => ({ ...schedule, queueUrl: queueUrls[service]! })),
    ),
    options.scheduleSeconds ?? ((schedule) => 60 * schedule.everyMinutes),
  );

  const close = async (): Promise<void> => {
    stopSchedules();
    await Promise.all([...running.values()].map((one) => one.close()));
    sqs.destroy();
  };
  let closed: Promise<void> | undefined;

  return {
    inFlight: () => [...running.values()].reduce((sum, one) => sum + one.inFlight(), 0),
    kill: (service) => running.get(service)?.kill(),
    close: () => (closed ??= close()),
  };
};

const refuseWrong = ({ topologies, queueUrls, environment }: FunctionsOptions): void => {
  const wrong = topologies.flatMap((topology) => [
    ...faults(topology).map((fault) => `${topology.service}: ${fault}`),
    ...(queueUrls[topology.service] ? [] : [`${topology.service}: it has no queue`]),
    ...reservedIn(environment(topology.service)).map((name) => `${topology.service}: only Lambda sets ${name}`),
  ]);
  if (wrong.length > 0) throw new Error(`functions can't start: ${wrong.join('; ')}`);
};
