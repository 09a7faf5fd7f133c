import snowflake from 'snowflake-sdk';

/** The laptop's administrator; the local warehouse asks nobody for a password until users are configured. */
export const OPERATOR = { account: 'local', username: 'FIRN_OPERATOR', password: 'local' } as const;

/** Runs one statement and returns its rows, numbers that doubles can't hold as strings. */
export type Execute = (sqlText: string) => Promise<readonly Record<string, unknown>[]>;

const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

/** Logs the operator in to the warehouse at `accessUrl`, by the unmodified driver. */
export const operate = async (accessUrl: string): Promise<{ execute: Execute; close(): Promise<void> }> => {
  snowflake.configure({ customLogger: silent, additionalLogToConsole: false });
  const connection = snowflake.createConnection({ ...OPERATOR, accessUrl, application: 'firn' });
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  return {
    execute: (sqlText) =>
      new Promise((resolve, reject) => {
        connection.execute({ sqlText, complete: (error, _, rows) => (error ? reject(error) : resolve(rows ?? [])) });
      }),
    close: () => new Promise((resolve) => connection.destroy(() => resolve())),
  };
};
