/** `dev` and `prod` live side by side; every name carries its stage. */
export type Stage = 'dev' | 'prod';

/** What one service needs around it, as plain data: one rule, one queue, one dead-letter queue and one function follow from it. */
export interface Topology {
  /** The service's folder name, for example `extract`. */
  readonly service: string;
  /** The event types its rule lets through, for example `batch.extracted.v1`. */
  readonly hears: readonly string[];
  /** The module that exports `handler`, relative to the repository's root. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Most messages of one invocation; more than 10 needs a batching window. */
  readonly batchSize: number;
  /** How long to wait for a fuller batch; 0 unless given. */
  readonly batchingWindowSeconds?: number;
  /** After so many deliveries without success a message goes to the dead-letter queue. */
  readonly maxReceives: number;
  readonly reservedConcurrency: number;
  /** The queue also receives the platform's inbound topic, raw: what Snowflake's notifications say. */
  readonly inbound?: true;
  /** Services whose dead-letter queues it empties on a schedule, by name. */
  readonly readsDeadLettersOf?: readonly string[];
  readonly schedules?: readonly Schedule[];
}

/** A clock's message to the service's own queue. */
export interface Schedule {
  readonly name: string;
  readonly everyMinutes: number;
}

/**
 * The name that a service's queue, rule and function share within a stage.
 * @example serviceName('dev', 'extract') // 'firn-dev-extract'
 */
export const serviceName = (stage: Stage, service: string): string => `firn-${stage}-${service}`;

/**
 * The queue that keeps what a service failed to handle `maxReceives` times.
 * @example deadLettersName('prod', 'load') // 'firn-prod-load-dead-letters'
 */
export const deadLettersName = (stage: Stage, service: string): string => `${serviceName(stage, service)}-dead-letters`;

/**
 * The topic through which Snowflake reaches the platform.
 * @example inboundTopicName('dev') // 'firn-dev-inbound'
 */
export const inboundTopicName = (stage: Stage): string => `firn-${stage}-inbound`;

/**
 * Hides a message for six time-outs and the batching window, as AWS asks, so that no slow invocation meets its own message again.
 * @example visibilityTimeoutSeconds({ timeoutSeconds: 30 }) // 180
 */
export const visibilityTimeoutSeconds = (
  topology: Pick<Topology, 'timeoutSeconds' | 'batchingWindowSeconds'>,
): number => 6 * topology.timeoutSeconds + (topology.batchingWindowSeconds ?? 0);

/**
 * The rule's event pattern: the events it hears, from Firn's own services only.
 * @example eventPattern({ hears: ['batch.loaded.v1'] }) // { source: [{ prefix: 'firn.' }], 'detail-type': ['batch.loaded.v1'] }
 */
export const eventPattern = (topology: Pick<Topology, 'hears'>) => ({
  source: [{ prefix: 'firn.' }],
  'detail-type': topology.hears,
});

/**
 * The body that a schedule puts on the service's queue, in the shape of an event from the bus.
 * @example scheduledMessage('sweep') // { source: 'firn.schedule', 'detail-type': 'sweep', detail: {} }
 */
export const scheduledMessage = (schedule: string) => ({
  source: 'firn.schedule',
  'detail-type': schedule,
  detail: {},
});

/** Every reason why AWS or Firn's own rules would refuse a topology; none for a good one. */
export const faults = (topology: Topology): readonly string[] => {
  const between = (name: keyof Topology, low: number, high: number): string[] => {
    const value = Number(topology[name] ?? 0);
    return Number.isInteger(value) && value >= low && value <= high
      ? []
      : [`${name} is ${value}, not between ${low} and ${high}`];
  };
  const window = topology.batchingWindowSeconds ?? 0;
  return [
    ...(/^[a-z][a-z0-9-]{0,39}$/.test(topology.service) ? [] : [`service is "${topology.service}", not kebab-case`]),
    ...(/^(?!\/)(?!.*\.\.).+\.ts$/.test(topology.handler)
      ? []
      : [`handler is "${topology.handler}", not a path below the root`]),
    ...(topology.hears.length > 0 || topology.inbound || topology.schedules?.length ? [] : ['it hears nothing']),
    ...between('timeoutSeconds', 1, 900),
    ...between('memoryMb', 128, 10_240),
    ...between('batchingWindowSeconds', 0, 300),
    ...between('batchSize', 1, window > 0 ? 10_000 : 10),
    // Fewer than five receives and a throttled function sends good messages to the dead letters (AWS's own advice).
    ...between('maxReceives', 5, 1000),
    ...between('reservedConcurrency', 1, 1000),
    ...(topology.schedules ?? []).flatMap(({ name, everyMinutes }) =>
      Number.isInteger(everyMinutes) && everyMinutes >= 1
        ? []
        : [`schedule ${name} runs every ${everyMinutes} minutes`],
    ),
  ];
};
