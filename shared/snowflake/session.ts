import snowflake from 'snowflake-sdk';
import type { Bind } from '../sql/statement.ts';
import type { SnowflakeConfig } from './config.ts';
import type { QueryTag, Result, Value } from './warehouse.ts';

// The driver would write snowflake.log into the working directory, which a Lambda may not; its errors reach us as errors.
const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
snowflake.configure({ customLogger: silent, additionalLogToConsole: false });

/** One logged-in session: statements run one at a time, in the order of the calls. */
export interface Session {
  /** Cancels the statement when the signal says so, and then rejects. */
  execute(text: string, binds: readonly Bind[], tag: QueryTag, signal?: AbortSignal): Promise<Result>;
  /** Starts a statement, which goes on whatever becomes of us; its query id leads any session of this user to the result. */
  submit(text: string, binds: readonly Bind[], tag: QueryTag): Promise<string>;
  /** Waits for a statement's result. */
  fetch(queryId: string): Promise<Result>;
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
    // A number that is not there would be the text NULL otherwise.
    representNullAsStringNull: false,
    ...(config.SNOWFLAKE_URL === undefined ? {} : { accessUrl: config.SNOWFLAKE_URL }),
    ...credentials(config),
  });
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  const session = sessionOn(connection);
  await limit(session);
  return session;
};

const NOBODYS: QueryTag = { pipeline: '-', batchId: '-', attempt: 0 };

/** Lets no statement of a session wait for a lock, or run, for longer than a service can; its clock is UTC. */
export const limit = async (session: Session): Promise<void> => {
  await session.execute(
    `ALTER SESSION SET LOCK_TIMEOUT = ${LOCK_TIMEOUT_SECONDS}, STATEMENT_TIMEOUT_IN_SECONDS = ${STATEMENT_TIMEOUT_SECONDS}, TIMEZONE = 'UTC'`,
    [],
    NOBODYS,
  );
};

/** A session on a connection that is logged in. */
export const sessionOn = (connection: snowflake.Connection): Session => {
  const parameters = (tag: QueryTag) => ({ QUERY_TAG: JSON.stringify({ app: 'firn', ...tag }) });
  const execute: Session['execute'] = (sqlText, binds, tag, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(outOfTime());
      const statement = connection.execute({
        sqlText,
        binds,
        parameters: parameters(tag),
        complete: settle(resolve, reject),
      });
      signal?.addEventListener('abort', () => statement.cancel(() => undefined), { once: true });
    });
  const submit: Session['submit'] = (sqlText, binds, tag) =>
    new Promise((resolve, reject) => {
      connection.execute({
        sqlText,
        binds,
        parameters: parameters(tag),
        asyncExec: true,
        complete: (error, statement) => (error ? reject(error) : resolve(queryIdOf(statement))),
      });
    });
  const fetch: Session['fetch'] = (queryId) =>
    new Promise((resolve, reject) => {
      void connection.fetchResult({ queryId, fetchAsString: ['Number'], complete: settle(resolve, reject) });
    });
  return { execute, submit, fetch };
};

// As Snowflake calls a statement that was cancelled.
const outOfTime = (): Error => Object.assign(new Error('not begun: the time is up'), { code: '000604' });

type Statement = snowflake.RowStatement | snowflake.FileAndStageBindStatement;

const queryIdOf = (statement: Statement): string => ('getQueryId' in statement ? statement.getQueryId() : '');

const settle =
  (
    resolve: (result: Result) => void,
    reject: (error: unknown) => void,
  ): NonNullable<snowflake.StatementOption['complete']> =>
  (error, statement, rows) => {
    if (error) return reject(error);
    const changed = 'getNumUpdatedRows' in statement ? (statement.getNumUpdatedRows() ?? 0) : 0;
    resolve({
      rows: (rows ?? []) as Record<string, Value>[],
      rowsChanged: Math.max(changed, 0),
      queryId: queryIdOf(statement),
    });
  };
