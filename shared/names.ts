import type { Stage } from './topology.ts';

/**
 * The bus of a stage.
 * @example busName('dev') // 'firn-dev'
 */
export const busName = (stage: Stage): string => `firn-${stage}`;

/**
 * The AWS role that Snowflake assumes for one thing that it does here.
 * @example snowflakeTrustRole('dev', 'reader') // 'firn-dev-snowflake-reader'
 */
export const snowflakeTrustRole = (stage: Stage, does: 'notifier' | 'reader' | 'caller'): string =>
  `firn-${stage}-snowflake-${does}`;

/**
 * The bucket in which a stage's files land.
 * @example landingBucket('dev') // 'firn-dev-landing'
 */
export const landingBucket = (stage: Stage): string => `firn-${stage}-landing`;

/**
 * The topic that alarms are sent to.
 * @example alarmsTopicName('prod') // 'firn-prod-alarms'
 */
export const alarmsTopicName = (stage: Stage): string => `firn-${stage}-alarms`;

/**
 * A service's role on Snowflake, which is its user's name too.
 * @example snowflakeRole('dev', 'extract') // 'FIRN_DEV_EXTRACT'
 */
export const snowflakeRole = (stage: Stage, service: string): string =>
  `FIRN_${stage.toUpperCase()}_${service.toUpperCase()}`;

/**
 * The warehouse that the services of a stage run their statements on.
 * @example snowflakeWarehouse('dev') // 'FIRN_DEV'
 */
export const snowflakeWarehouse = (stage: Stage): string => `FIRN_${stage.toUpperCase()}`;
