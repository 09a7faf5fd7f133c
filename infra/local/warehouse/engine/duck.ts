import { DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import type {
  DuckDBAppender,
  DuckDBConnection,
  DuckDBResult,
  DuckDBValue,
  DuckDBMaterializedResult,
} from '@duckdb/node-api';
import type { Column } from '../contract.ts';
import { quoteString } from '../sql/string-literal.ts';
import { registerFunction } from './native-functions.ts';
import type { NativeFunction } from './native-functions.ts';
import { columnOf } from './wire-columns.ts';

/** Runs DuckDB statements within whatever transaction is open. */
export type Run = (sql: string, values?: readonly DuckDBValue[]) => Promise<DuckDBMaterializedResult>;

const REPEAT_MILLISECONDS = 20;
/** A place of DuckDB's text where a value belongs; its number is caught. Texts and quoted names are matched too, so that nothing inside them is. */
export const PARAMETER = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)/g;

/** One connection to DuckDB. Its owner sees to it that one statement runs at a time. */
export class Duck {
  readonly #connection: DuckDBConnection;
  readonly #onClose: (() => void) | undefined;
  readonly #running = new Set<Promise<unknown>>();
  #interrupting: NodeJS.Timeout | undefined;

  constructor(connection: DuckDBConnection, onClose?: () => void) {
    this.#connection = connection;
    this.#onClose = onClose;
  }

  run: Run = async (sql, values) => {
    try {
      return await this.#while(this.#connection.run(...withUsed(sql, values)));
    } catch (error) {
      if (isInterruption(error)) this.calm();
      throw error;
    }
  };

  /** The result comes chunk by chunk and must be read to its end, or left, before the next statement. */
  stream(sql: string, values: readonly DuckDBValue[]): Promise<DuckDBResult> {
    return this.#while(this.#connection.stream(...withUsed(sql, values)));
  }

  /** Rows as objects of DuckDB's values. */
  async rows(sql: string, values?: readonly DuckDBValue[]): Promise<Record<string, DuckDBValue>[]> {
    return (await this.run(sql, values)).getRowObjects();
  }

  /** The columns that a query would return, without running it. */
  async describe(sql: string, values: readonly DuckDBValue[]): Promise<Column[]> {
    const filled = sql.replace(PARAMETER, (match, index?: string) =>
      index === undefined ? match : literalOf(values[Number(index) - 1] ?? null),
    );
    const prepared = await this.#while(this.#connection.prepare(filled));
    try {
      return Array.from({ length: prepared.columnCount }, (_, i) =>
        columnOf(prepared.columnName(i), prepared.columnType(i)),
      );
    } finally {
      prepared.destroySync();
    }
  }

  /** Makes a function known to all connections of the database. */
  register(native: NativeFunction): void {
    registerFunction(this.#connection, native);
  }

  /** Takes in rows in bulk, without SQL; to be closed by the caller. */
  appender(table: string, schema: string, catalog: string): Promise<DuckDBAppender> {
    return this.#connection.createAppender(table, schema, catalog);
  }

  /** Has all of the database's connections ask JavaScript for the values of a function of texts: it is called anew for every row, with many rows at a time. */
  define(name: string, arity: number, answer: (rows: readonly string[][]) => readonly (string | null)[]): void {
    const made = DuckDBScalarFunction.create({
      name,
      parameterTypes: Array.from({ length: arity }, () => VARCHAR),
      returnType: VARCHAR,
      volatile: true,
      mainFunction: (info, input, output) => {
        try {
          const columns = Array.from({ length: arity }, (__, i) => input.getColumnValues(i).map(String));
          const rows = Array.from({ length: input.rowCount }, (__, row) => columns.map((column) => column[row]!));
          for (const [row, value] of answer(rows).entries()) output.setItem(row, value);
          output.flush();
        } catch (error) {
          info.setError(error instanceof Error ? error.message : String(error));
        }
      },
    });
    this.#connection.registerScalarFunction(made);
  }

  /** Interrupts what runs. DuckDB forgets an interruption that comes between two statements, so it is repeated until one has felt it. */
  interruptUntilFelt(): void {
    this.#connection.interrupt();
    this.#interrupting ??= setInterval(() => this.#connection.interrupt(), REPEAT_MILLISECONDS);
  }

  /** Ends the repetition: nothing that runs from now on is interrupted. */
  calm(): void {
    clearInterval(this.#interrupting);
    this.#interrupting = undefined;
  }

  /** Waits for what runs: DuckDB's thread waits for itself, for good, when a connection is closed under its statement. */
  async close(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
    this.#connection.closeSync();
    this.#onClose?.();
  }

  /** Remembers that DuckDB is at work, until it has ended. */
  async #while<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }
}

/** Whether DuckDB ended a statement because it was told to. */
export const isInterruption = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('INTERRUPT');

/** A statement with the values that it names: it may name only some of them, which DuckDB wants numbered without gaps. */
const withUsed = (
  sql: string,
  values: readonly DuckDBValue[] | undefined,
): [sql: string, values?: Record<string, DuckDBValue>] => {
  if (values === undefined || values.length === 0) return [sql];
  const places = new Map<string, number>();
  const text = sql.replace(PARAMETER, (match, index?: string) => {
    if (index === undefined) return match;
    if (!places.has(index)) places.set(index, places.size + 1);
    return `$${places.get(index)}`;
  });
  if (places.size === 0) return [sql];
  return [text, Object.fromEntries([...places].map(([index, place]) => [place, values[Number(index) - 1] ?? null]))];
};

const literalOf = (value: DuckDBValue): string => {
  if (value === null) return 'CAST(NULL AS VARCHAR)';
  if (typeof value === 'string') return quoteString(value);
  if (typeof value !== 'object') return typeof value === 'number' ? `CAST(${value} AS DOUBLE)` : String(value);
  const type = TYPE_NAMES[value.constructor.name];
  return type === undefined ? quoteString(String(value)) : `CAST(${quoteString(String(value))} AS ${type})`;
};

const TYPE_NAMES: Readonly<Record<string, string>> = {
  DuckDBDateValue: 'DATE',
  DuckDBTimeValue: 'TIME',
  DuckDBTimestampValue: 'TIMESTAMP',
  DuckDBTimestampTZValue: 'TIMESTAMPTZ',
  DuckDBBlobValue: 'BLOB',
  DuckDBDecimalValue: 'DECIMAL(38,10)',
};
