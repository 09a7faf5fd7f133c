import type { GuestValues } from './guest-values.ts';
import type { GuestResult, StatementAnswer, StatementRequest } from './statement-answer.ts';

/** Asks the session of the procedure for something and waits for its answer. */
export type Asked = (request: StatementRequest) => StatementAnswer;

/** Builds what tells of results inside a procedure's realm, from this function's own text: so it refers to nothing outside of itself. */
// oxlint-disable-next-line typescript/explicit-function-return-type -- classes have no better name than what they are
export const guestResults = (asked: Asked, values: GuestValues) => {
  type Row = readonly (string | null)[];
  type Key = number | string;

  class Columns {
    result(): GuestResult {
      throw new Error('Statement is not executed yet.');
    }
    column(key: Key): GuestResult['columns'][number] {
      return this.result().columns[this.index(key)]!;
    }
    index(key: Key): number {
      const { columns } = this.result();
      const at = typeof key === 'number' ? key - 1 : columns.findIndex(({ name }) => name === key);
      if (columns[at] === undefined) throw new Error(`Given column name/index does not exist: ${key}`);
      return at;
    }
    getColumnCount(): number {
      return this.result().columns.length;
    }
    getColumnName(key: number): string {
      return this.column(key).name;
    }
    getColumnScale(key: Key): number {
      const { type, scale } = this.column(key);
      return type === 'fixed' ? (scale ?? 0) : 0;
    }
    getColumnSqlType(key: Key): string {
      const { type } = this.column(key);
      return type.toUpperCase();
    }
    getColumnType(key: Key): string {
      const { type } = this.column(key);
      if (type === 'fixed' || type === 'real') return 'number';
      if (type === 'text' || type === 'time') return 'string';
      return type === 'date' || type.startsWith('timestamp') ? 'date' : type === 'boolean' ? 'boolean' : 'JSON';
    }
    isColumnNullable(key: Key): boolean {
      return this.column(key).nullable ?? true;
    }
    getQueryId(): string {
      return this.result().queryId;
    }
    getRowCount(): number {
      return this.result().rowCount;
    }
    getNumRowsAffected(): number {
      return this.result().changed;
    }
  }
  const tests: Record<string, (type: string) => boolean> = {
    Text: (type) => type === 'text',
    Array: (type) => type === 'array',
    Binary: (type) => type === 'binary',
    Boolean: (type) => type === 'boolean',
    Date: (type) => type === 'date',
    Number: (type) => type === 'fixed' || type === 'real',
    Object: (type) => type === 'object',
    Time: (type) => type === 'time',
    Timestamp: (type) => type.startsWith('timestamp'),
    Variant: (type) => type === 'variant',
  };
  for (const [name, test] of Object.entries(tests))
    Object.defineProperty(Columns.prototype, `isColumn${name}`, {
      value: function (this: Columns, key: Key) {
        return test(this.column(key).type);
      },
    });

  class ResultSet extends Columns {
    readonly #result: GuestResult;
    #rows: readonly Row[] = [];
    #at = -1;
    constructor(result: GuestResult) {
      super();
      this.#result = result;
      const known = new Set<string>(Object.getOwnPropertyNames(ResultSet.prototype));
      for (const { name } of result.columns)
        if (!known.has(name))
          Object.defineProperty(this, name, {
            enumerable: true,
            configurable: true,
            get: () => (this.#rows[this.#at] === undefined ? undefined : this.getColumnValue(name)),
          });
    }
    override result(): GuestResult {
      return this.#result;
    }
    /** @internal */
    cell(key: Key): string | null {
      const row = this.#rows[this.#at];
      if (row === undefined) throw new Error('ResultSet is empty or not prepared, call next() first');
      return row[this.index(key)]!;
    }
    next(): boolean {
      this.#at += 1;
      if (this.#at >= this.#rows.length) {
        const answer = asked({ kind: 'rows', of: this.#result.queryId });
        this.#rows = 'rows' in answer ? answer.rows : [];
        this.#at = 0;
      }
      return this.#rows[this.#at] !== undefined;
    }
    getColumnValue(key: Key): unknown {
      const text = this.cell(key);
      const column = this.column(key);
      if (column.type === 'time') return this.getColumnValueAsString(key);
      return text === null ? null : values.decode({ ...column, text });
    }
    getColumnValueAsString(key: Key): string | null {
      const text = this.cell(key);
      const { type } = this.column(key);
      if (text === null || ['text', 'fixed', 'variant', 'object', 'array'].includes(type)) return text;
      const answer = asked({ kind: 'text', value: { type, text } });
      return 'text' in answer ? answer.text : text;
    }
  }
  return { Columns, ResultSet };
};
