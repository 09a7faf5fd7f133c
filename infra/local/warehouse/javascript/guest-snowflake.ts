import type { GuestValues } from './guest-values.ts';
import type { Asked, guestResults } from './guest-results.ts';
import type { GuestBind, GuestResult, StatementAnswer } from './statement-answer.ts';

/** What the `snowflake` of a procedure is given to work with. */
export interface GuestTools {
  readonly asked: Asked;
  readonly values: GuestValues;
  readonly results: ReturnType<typeof guestResults>;
  /** Line and position of the handler's own code that called. */
  readonly place: () => string;
}

/** Builds a procedure's `snowflake` inside its realm, from this function's own text: so it refers to nothing outside of itself. */
export const guestSnowflake = ({ asked, values, results, place }: GuestTools): object => {
  const { Columns, ResultSet } = results;

  const binding = (value: unknown, i: number): GuestBind => {
    if (value === null) return { type: 'text', text: null };
    if (typeof value === 'string') return { type: 'text', text: value };
    if (typeof value === 'boolean') return { type: 'boolean', text: value ? '1' : '0' };
    if (typeof value === 'number') return { type: Number.isSafeInteger(value) ? 'fixed' : 'real', text: String(value) };
    if (values.isSnowflakeDate(value)) return { type: value.origin.type, text: value.origin.text };
    throw new Error(`Unsupported type for binding argument ${i + 1}${value as string}`);
  };

  const run = (sql: string, binds: readonly GuestBind[], method: string): InstanceType<typeof ResultSet> => {
    const answer = asked({ kind: 'run', sql, binds });
    if ('result' in answer) return new ResultSet(answer.result);
    const { code, state, message } = (answer as Extract<StatementAnswer, { error: object }>).error;
    const stackTraceTxt = `${method}, ${place()}`;
    const error = Object.assign(new Error(message), { code, state, stackTraceTxt });
    throw Object.defineProperty(error, 'failedStatement', { value: true });
  };

  class Statement extends Columns {
    readonly #sql: string;
    readonly #binds: readonly GuestBind[];
    #last: InstanceType<typeof ResultSet> | undefined;
    constructor(command?: { sqlText?: unknown; binds?: readonly unknown[] }) {
      super();
      if (typeof command?.sqlText !== 'string' || command.sqlText.trim() === '')
        throw new Error('empty argument passed');
      this.#sql = command.sqlText;
      this.#binds = (command.binds ?? []).map(binding);
    }
    override result(): GuestResult {
      return this.#last?.result() ?? super.result();
    }
    execute(): InstanceType<typeof ResultSet> {
      this.#last = run(this.#sql, this.#binds, 'Statement.execute');
      return this.#last;
    }
    getSqlText(): string {
      return this.#sql;
    }
    getNumRowsInserted(): number {
      return this.result().counts.inserted;
    }
    getNumRowsUpdated(): number {
      return this.result().counts.updated;
    }
    getNumRowsDeleted(): number {
      return this.result().counts.deleted;
    }
    getNumDuplicateRowsUpdated(): number {
      return this.result().counts.multiJoined;
    }
  }

  const levels = ['off', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'];
  /** Logging and tracing have no destination here; what they refuse on Snowflake is refused. */
  class Snowflake {
    createStatement(command?: { sqlText?: unknown; binds?: readonly unknown[] }): Statement {
      return new Statement(command);
    }
    execute(command?: { sqlText?: unknown; binds?: readonly unknown[] }): InstanceType<typeof ResultSet> {
      const statement = new Statement(command);
      return run(statement.getSqlText(), (command?.binds ?? []).map(binding), 'Snowflake.execute');
    }
    log(level: unknown): void {
      if (typeof level !== 'string' || !levels.includes(level)) throw new Error(`Invalid log level: ${String(level)}`);
    }
    addEvent(...args: readonly unknown[]): void {
      if (typeof args[0] !== 'string' || args.length > 2) throw new Error('addEvent takes a name and attributes');
    }
    setSpanAttribute(...args: readonly unknown[]): void {
      if (typeof args[0] !== 'string' || args.length !== 2) throw new Error('setSpanAttribute takes a key and a value');
    }
  }
  return new Snowflake();
};
