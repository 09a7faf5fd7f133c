import type { Chaos } from './functions/chaos.ts';

/** How the laptop's schedules and thresholds are set: minutes on Snowflake, seconds here. */
export interface Pace {
  /** How often TASK1 and TASK2 run; what their five minutes on Snowflake become sets the pace of the services' schedules, too. */
  readonly scheduleSeconds: number;
  /** TASK2 triggers a batch when more rows than this wait … */
  readonly thresholdRows: number;
  /** … or when the oldest has waited this long. */
  readonly maxAgeSeconds: number;
}

/** The two ways by which the trigger tells AWS of a claim. */
export type Notify = 'sns' | 'external-function';

/** Where a running stack can be reached; written to `<data>/stack.json` while it runs. */
export interface Endpoints {
  readonly pid: number;
  /** Base URL of the warehouse: snowflake-sdk's `accessUrl`. */
  readonly warehouse: string;
  /** SQS, SNS and S3 share one address. */
  readonly queues: string;
  /** EventBridge. */
  readonly bus: string;
  readonly bucket: string;
  readonly region: string;
}

/** A running stack. */
export interface Stack {
  readonly endpoints: Endpoints;
  /** Stops everything in order: functions finish what they hold, then queues, bus and warehouse close. */
  close(): Promise<void>;
}

export interface StackOptions {
  /** Duplicates, reordering and crashes on purpose, for tests. */
  readonly chaos?: Chaos;
  /** Where all state lives; created if it doesn't exist. */
  readonly dataDir: string;
  readonly pace: Pace;
  /** How Snowflake tells the coordinator of a claim: a notification to SNS unless given. */
  readonly notify?: Notify;
}
