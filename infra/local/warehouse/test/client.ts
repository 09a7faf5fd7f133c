import snowflake, {
  type Connection,
  type ConnectionOptions,
  type RowStatement,
  type StatementOption,
} from 'snowflake-sdk';
import { startWarehouse, type ServerOptions, type StartedWarehouse } from '../server.ts';

snowflake.configure({ logLevel: 'OFF', additionalLogToConsole: false });

/** A row as the driver gives it. */
export type Row = Record<string, unknown>;

/** A connection of the real driver, with promises. */
export interface Client {
  readonly connection: Connection;
  run(sqlText: string, binds?: readonly unknown[], options?: Partial<StatementOption>): Promise<Row[]>;
  /** The statement itself, once it is complete. */
  statement(sqlText: string, options?: Partial<StatementOption>): Promise<RowStatement>;
  /** Code and state of the error that the statement must end in. */
  refusal(sqlText: string, binds?: readonly unknown[]): Promise<{ code: string; sqlState: string; message: string }>;
  close(): Promise<void>;
}

/** Connects the unmodified driver to a warehouse. */
export const connectClient = async (
  { url }: { url: string },
  options: Partial<ConnectionOptions> = {},
): Promise<Client> => {
  const connection = snowflake.createConnection({
    account: 'local',
    accessUrl: url,
    username: 'tester',
    password: 'any',
    ...options,
  });
  // connectAsync resolves even when the login was refused.
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  const execute = (
    sqlText: string,
    more: Partial<StatementOption>,
  ): Promise<{ statement: RowStatement; rows: Row[] }> =>
    new Promise((resolve, reject) => {
      connection.execute({
        sqlText,
        ...more,
        complete: (error, statement, rows) =>
          error ? reject(error) : resolve({ statement, rows: (rows ?? []) as Row[] }),
      });
    });
  const run: Client['run'] = async (sqlText, binds, more = {}) =>
    (await execute(sqlText, { ...(binds && { binds: binds as never }), ...more })).rows;
  return {
    connection,
    run,
    statement: async (sqlText, more = {}) => (await execute(sqlText, more)).statement,
    refusal: async (sqlText, binds) => {
      try {
        await run(sqlText, binds);
      } catch (error) {
        const { code, sqlState, message } = error as { code: string; sqlState: string; message: string };
        return { code, sqlState, message };
      }
      throw new Error(`not refused: ${sqlText}`);
    },
    close: () => new Promise((resolve) => connection.destroy(() => resolve())),
  };
};

/** A warehouse for one test file, with clients that are closed together with it. */
export class Fixture {
  readonly #clients: Client[] = [];
  #started: StartedWarehouse | undefined;

  get warehouse(): StartedWarehouse {
    if (this.#started === undefined) throw new Error('the warehouse has not been started');
    return this.#started;
  }

  async start(options: ServerOptions = {}): Promise<Client> {
    this.#started = await startWarehouse(options);
    const client = await this.connect();
    await client.run('CREATE DATABASE test');
    return client;
  }

  async connect(options: Partial<ConnectionOptions> = {}): Promise<Client> {
    const client = await connectClient(this.warehouse, { database: 'TEST', ...options });
    this.#clients.push(client);
    return client;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) if (client.connection.isUp()) await client.close();
    await this.#started?.close();
  }
}
