import type { Column } from '../contract.ts';

/** One row as the wire has it: text or null per column. */
export type WireRow = readonly (string | null)[];

/** Rows that were too many to keep in memory: a file whose lines are JSON arrays, one a row. */
export interface Chunk {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
}

/** What a statement gives back. */
export interface Outcome {
  readonly columns: readonly Column[];
  /** The first rows, or all of them. */
  readonly rows: readonly WireRow[];
  /** The rest, in order. */
  readonly chunks: readonly Chunk[];
  readonly statementType: number;
  /** What a driver is told that is to copy files itself. */
  readonly transfer?: Readonly<Record<string, unknown>>;
  /** Rows that DML changed. */
  readonly changed?: number;
  /** What the OUT arguments of a called procedure ended up as, by place. */
  readonly outs?: readonly OutArgument[];
}

/** An OUT argument after the call. */
export interface OutArgument extends Column {
  readonly place: number;
  readonly text: string | null;
}

/** Snowflake's statement type ids; the driver knows DML by them. */
export const STATEMENT_TYPE = {
  select: 0x1000,
  insert: 0x3100,
  update: 0x3200,
  delete: 0x3300,
  merge: 0x3400,
  multiInsert: 0x3500,
  copy: 0x3600,
  session: 0x4000,
  transaction: 0x5000,
  ddl: 0x6000,
} as const;

export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** A column of text. */
export const text = (name: string): Column => ({ name, type: 'text', length: 16_777_216, nullable: true });
/** A column of whole numbers. */
export const integer = (name: string): Column => ({ name, type: 'fixed', precision: 38, scale: 0, nullable: true });
/** A column of booleans. */
export const boolean = (name: string): Column => ({ name, type: 'boolean', nullable: true });
/** A column of TIMESTAMP_LTZ. */
export const timestamp = (name: string): Column => ({ name, type: 'timestamp_ltz', scale: 9, nullable: true });

/** A result built in JavaScript: dates become timestamps, the rest is written as it is. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  statementType: number = STATEMENT_TYPE.ddl,
): Outcome => ({ columns, rows: rows.map((row) => row.map(wireCell)), chunks: [], statementType });

/** The result of a statement that only says how it went. */
export const status = (message: string, statementType: number = STATEMENT_TYPE.ddl): Outcome =>
  table([text('status')], [[message]], statementType);

const wireCell = (cell: Cell): string | null => {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  if (cell instanceof Date) return `${(cell.getTime() / 1000).toFixed(3)}000000`;
  return String(cell);
};
