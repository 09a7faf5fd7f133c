import { OPERATOR } from '../../local/operator.ts';
import type { Endpoints } from '../../local/stack.types.ts';
import { LOCAL_CREDENTIALS } from '../local-credentials.ts';

/** What a shell needs so that any AWS SDK, and any snowflake-sdk client, talks to this stack. */
export const environmentOf = (at: Endpoints): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL_SQS: at.queues,
  AWS_ENDPOINT_URL_SNS: at.queues,
  AWS_ENDPOINT_URL_S3: at.queues,
  AWS_ENDPOINT_URL_EVENTBRIDGE: at.bus,
  AWS_REGION: at.region,
  AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  SNOWFLAKE_URL: at.warehouse,
  SNOWFLAKE_ACCOUNT: OPERATOR.account,
  SNOWFLAKE_USER: OPERATOR.username,
  SNOWFLAKE_PASSWORD: OPERATOR.password,
  NO_PROXY: '127.0.0.1,localhost',
});

/** Endpoints, then `export` lines to paste into a shell. */
export const environmentLines = (at: Endpoints): readonly string[] => [
  `# Warehouse (snowflake-sdk's accessUrl)  ${at.warehouse}`,
  `# SQS, SNS, S3                           ${at.queues}`,
  '# S3 clients address buckets by path: forcePathStyle: true',
  `# EventBridge                            ${at.bus}`,
  `# Bucket that Snowpipe loads from        s3://${at.bucket}/<pipeline>/`,
  ...Object.entries(environmentOf(at)).map(([name, value]) => `export ${name}=${value}`),
];
