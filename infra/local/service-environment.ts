import { accountNames, roleOf } from '../snowflake/deployment.ts';
import { OPERATOR } from './operator.ts';

/** A service's own environment on the laptop; its stack gives it the same names on AWS. */
export const serviceEnvironment = (at: {
  readonly stage: 'dev' | 'prod';
  readonly service: string;
  readonly privateKey: string;
  readonly warehouseUrl: string;
  readonly busName: string;
}): Record<string, string> => ({
  STAGE: at.stage,
  BUS_NAME: at.busName,
  SNOWFLAKE_ACCOUNT: OPERATOR.account,
  SNOWFLAKE_USER: roleOf(at, at.service),
  SNOWFLAKE_ROLE: roleOf(at, at.service),
  SNOWFLAKE_WAREHOUSE: accountNames(at).warehouse,
  SNOWFLAKE_URL: at.warehouseUrl,
  SNOWFLAKE_PRIVATE_KEY: at.privateKey,
  // Minutes here are what hours are on AWS.
  STANDSTILL_SECONDS: '60',
  // The driver would ask cloud metadata services where it runs, and load a native module, at import.
  SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
  SNOWFLAKE_DISABLE_MINICORE: 'true',
});
