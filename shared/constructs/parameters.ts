import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Stage } from '../topology.ts';

/** What differs between the stages on AWS; names follow from the stage (`shared/topology.ts`). */
export interface StageParameters {
  readonly stage: Stage;
  /** Where the stage lives; a deploy with credentials for another account is refused by CDK. */
  readonly region: string;
  readonly snowflakeAccount: string;
  readonly logRetention: RetentionDays;
  readonly archiveDays: number;
  /** A message may wait so long in a queue before its owner is told. */
  readonly maxMessageAgeSeconds: number;
  /** A row may wait so long for a batch before somebody is told: the trigger's own limit, and time to work. */
  readonly maxWaitSeconds: number;
  /** So many documents may be held back within a quarter of an hour before somebody is told. */
  readonly maxQuarantinedDocuments: number;
  /** Removing the platform's stack keeps what holds data. */
  readonly keepsData: boolean;
  /** Where services log in to Snowflake by key pairs: the secrets that hold their private keys. Without it they log in by their AWS roles. */
  readonly privateKeys?: PrivateKeySecrets;
  /**
   * What Snowflake names when its integrations are described (`DESC INTEGRATION`): unknown before the first `firn snowflake apply`,
   * filled in before the platform's second deploy.
   */
  readonly snowflake: {
    /** `SF_AWS_IAM_USER_ARN` of the notification integration and its `SF_AWS_EXTERNAL_ID`. */
    readonly notifier?: SnowflakePrincipal;
    /** `STORAGE_AWS_IAM_USER_ARN` of the storage integration and its `STORAGE_AWS_EXTERNAL_ID`. */
    readonly reader?: SnowflakePrincipal;
    /** `API_AWS_IAM_USER_ARN` of the API integration and its `API_AWS_EXTERNAL_ID`. */
    readonly caller?: SnowflakePrincipal;
    /** `notification_channel` of the pipes (`SHOW PIPES`): one queue for an account and bucket. */
    readonly pipeQueueArn?: string;
  };
}

/** One secret a service, made by hand so that no private key passes through a template. */
export interface PrivateKeySecrets {
  /** What their names begin with; the service's name follows: `firn/dev/snowflake-key/extract`. */
  readonly namePrefix: string;
  /** The key of KMS that encrypts them, if it is one of your own; AWS's own key for Secrets Manager asks for no permission. */
  readonly kmsKeyArn?: string;
}

/** Who on Snowflake's side of a trust assumes a role, and the id that it brings along. */
export interface SnowflakePrincipal {
  readonly iamUserArn: string;
  readonly externalId: string;
}

const SHARED = { region: 'eu-west-1', snowflakeAccount: 'EXAMPLE-ACCOUNT', snowflake: {} } as const;

/** The parameters of each stage: the one file to edit before a first deploy. */
export const PARAMETERS: Readonly<Record<Stage, StageParameters>> = {
  dev: {
    ...SHARED,
    stage: 'dev',
    logRetention: RetentionDays.TWO_WEEKS,
    archiveDays: 14,
    maxMessageAgeSeconds: 1800,
    maxWaitSeconds: 7200,
    maxQuarantinedDocuments: 1000,
    keepsData: false,
  },
  prod: {
    ...SHARED,
    stage: 'prod',
    logRetention: RetentionDays.THREE_MONTHS,
    archiveDays: 90,
    maxMessageAgeSeconds: 900,
    maxWaitSeconds: 3600,
    maxQuarantinedDocuments: 100,
    keepsData: true,
  },
};
