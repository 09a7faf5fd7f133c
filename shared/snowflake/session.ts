import snowflake from 'snowflake-sdk';
import type { Bind } from '../sql/statement.ts';
import type { SnowflakeConfig } from './config.ts';
import type { QueryTag, Result, Value } from './warehouse.ts';

// The driver would write snowflake.log into the working directory, which a Lambda may not; its errors reach us as errors.
const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
snowflake.configure({ customLogger: silent, additionalLogToConsole: false });

/** One logged-in session: statements run one at a time, in the order of the calls. */
export interface Session {
  execute(text: string, binds: readonly Bind[], tag: QueryTag): Promise<Result>;
}

const LOCK_TIMEOUT_SECONDS = 120; // Snowflake's own default is twelve hours
const STATEMENT_TIMEOUT_SECONDS = 3600;

const credentials = (config: SnowflakeConfig): Partial<snowflake.ConnectionOptions> =>
  config.SNOWFLAKE_PRIVATE_KEY === undefined
    ? { authenticator: 'WORKLOAD_IDENTITY', workloadIdentityProvider: 'AWS' }
    : { authenticator: 'SNOWFLAKE_JWT', privateKey: config.SNOWFLAKE_PRIVATE_KEY };

/** Opens a session with the service's own user and role; rejects with the driver's error. */
export const openSession = async (config: SnowflakeConfig): Promise<Session> => {
  const connection = snowflake.createConnection({
    account: config.SNOWFLAKE_ACCOUNT,
    username: config.SNOWFLAKE_USER,
    role: config.SNOWFLAKE_ROLE,
    warehouse: config.SNOWFLAKE_WAREHOUSE,
    application: 'firn',
    fetchAsString: ['Number'],
    ...(config.SNOWFLAKE_URL === undefined ? {} : { accessUrl: config.SNOWFLAKE_URL }),
    ...credentials(config),
  });
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  const execute: Session['execute'] = (sqlText, binds, tag) =>
    new Promise((resolve, reject) => {
      connection.execute({
        sqlText,
        binds,
        parameters: { QUERY_TAG: JSON.stringify({ app: 'firn', ...tag }) },
        complete: (error, statement, rows) => {
          if (error) return reject(error);
          const changed = 'getNumUpdatedRows' in statement ? (statement.getNumUpdatedRows() ?? 0) : 0;
          const queryId = 'getQueryId' in statement ? statement.getQueryId() : '';
          resolve({ rows: (rows ?? []) as Record<string, Value>[], rowsChanged: Math.max(changed, 0), queryId });
        },
      });
    });
  const none: QueryTag = { pipeline: '-', batchId: '-', attempt: 0 };
  await execute(
    `ALTER SESSION SET LOCK_TIMEOUT = ${LOCK_TIMEOUT_SECONDS}, STATEMENT_TIMEOUT_IN_SECONDS = ${STATEMENT_TIMEOUT_SECONDS}, TIMEZONE = 'UTC'`,
    [],
    none,
  );
  return { execute };
};
