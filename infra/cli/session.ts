import type { Readable } from 'node:stream';
import snowflake from 'snowflake-sdk';
import type { Bind } from '../../shared/sql/statement.ts';
import { OPERATOR } from '../local/operator.ts';
import { accountConnection } from './account-connection.ts';
import type { Address } from './attach.ts';
import { cellReader, type Cell } from './cells.ts';

// The driver would write snowflake.log into the working directory; its errors reach us as errors.
const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

/** A result on its way: its columns are known, its rows come as they are read. */
export interface Result {
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly rows: AsyncIterable<readonly Cell[]>;
}

/** A statement, named or not. */
type Text = { readonly text: string; readonly binds?: readonly Bind[] };

/** A result that has been read to its end. */
export interface Collected {
  readonly columns: Result['columns'];
  readonly rows: readonly (readonly Cell[])[];
}

/** Reads a short result to its end. */
export const collect = async ({ columns, rows }: Result): Promise<Collected> => {
  const all: (readonly Cell[])[] = [];
  for await (const row of rows) all.push(row);
  return { columns, rows: all };
};

export type Row = Readonly<Record<string, Cell>>;

/** One logged-in session of the command line, in UTC. */
export interface Session {
  /** Runs one statement; rejects with the driver's error. */
  stream(statement: Text): Promise<Result>;
  /** Runs one statement and returns all its rows by column name. */
  rows(statement: Text): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** Logs the command line in: to a stage's account, or as the laptop's operator to the warehouse at this address. */
export const openSession = async (at: Address): Promise<Session> => {
  snowflake.configure({ customLogger: silent, additionalLogToConsole: false });
  const connection =
    typeof at === 'string'
      ? snowflake.createConnection({
          ...OPERATOR,
          accessUrl: at,
          application: 'firn',
          representNullAsStringNull: false,
        })
      : accountConnection(at);
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));

  const stream: Session['stream'] = ({ text: sqlText, binds = [] }) =>
    new Promise((resolve, reject) => {
      connection.execute({
        sqlText,
        binds: [...binds],
        streamResult: true,
        rowMode: 'array',
        // As text everything is exact, and JSON is not evaluated by the driver.
        fetchAsString: ['Number', 'Date', 'Buffer', 'JSON'],
        complete: (error, statement) => {
          if (error) return reject(error);
          const columns = statement.getColumns() ?? [];
          resolve({
            columns: columns.map((it) => ({ name: it.getName(), isNumber: it.isNumber() })),
            rows: cellsOf(statement.streamRows(), columns),
          });
        },
      });
    });
  const rows: Session['rows'] = async (statement) => {
    const { columns, rows } = await collect(await stream(statement));
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
  };
  await rows({ text: "ALTER SESSION SET TIMEZONE = 'UTC'" });
  return { stream, rows, close: () => new Promise((resolve) => connection.destroy(() => resolve())) };
};

async function* cellsOf(rows: Readable, columns: readonly snowflake.Column[]): AsyncGenerator<readonly Cell[]> {
  const readers = columns.map(cellReader);
  for await (const row of rows as AsyncIterable<readonly unknown[]>) yield readers.map((read, at) => read(row[at]));
}
