import type { IntegrationDetails } from './integration-object.ts';

type Property = readonly [name: string, type: string, value: string, otherwise: string];

// Whom a role in AWS has to trust; on an account these are Snowflake's own.
const IAM_USER = 'arn:aws:iam::000000000000:user/local';
const EXTERNAL_ID = 'LOCAL_SFCRole=1';

/** What DESCRIBE tells of an integration. */
export const described = (details: IntegrationDetails, comment: string): readonly Property[] => [
  ['ENABLED', 'Boolean', String(details.enabled), 'false'],
  ...(details.category === 'API'
    ? ([
        ['API_PROVIDER', 'String', details.provider, ''],
        ['API_KEY', 'String', details.apiKey === undefined ? '' : '☺☺☺☺☺', ''],
        ['API_ALLOWED_PREFIXES', 'List', details.allowed.join(','), '[]'],
        ['API_BLOCKED_PREFIXES', 'List', details.blocked.join(','), '[]'],
        ['API_AWS_IAM_USER_ARN', 'String', IAM_USER, ''],
        ['API_AWS_ROLE_ARN', 'String', details.roleArn, ''],
        ['API_AWS_EXTERNAL_ID', 'String', EXTERNAL_ID, ''],
      ] as const)
    : details.category === 'STORAGE'
      ? ([
          ['STORAGE_PROVIDER', 'String', 'S3', ''],
          ['STORAGE_ALLOWED_LOCATIONS', 'List', details.allowed.join(','), '[]'],
          ['STORAGE_BLOCKED_LOCATIONS', 'List', details.blocked.join(','), '[]'],
          ['STORAGE_AWS_IAM_USER_ARN', 'String', IAM_USER, ''],
          ['STORAGE_AWS_ROLE_ARN', 'String', details.roleArn, ''],
          ['STORAGE_AWS_EXTERNAL_ID', 'String', EXTERNAL_ID, ''],
        ] as const)
      : ([
          ['NOTIFICATION_PROVIDER', 'String', 'AWS_SNS', ''],
          ['DIRECTION', 'String', 'OUTBOUND', 'INBOUND'],
          ['AWS_SNS_TOPIC_ARN', 'String', details.topicArn, ''],
          ['AWS_SNS_ROLE_ARN', 'String', details.roleArn ?? '', ''],
          ['SF_AWS_IAM_USER_ARN', 'String', IAM_USER, ''],
          ['SF_AWS_EXTERNAL_ID', 'String', EXTERNAL_ID, ''],
        ] as const)),
  ['COMMENT', 'String', comment, ''],
];
