import type { Statement } from '../sql/statement.ts';
import type { Course } from './course.ts';

/** A value of a result row; exact decimals arrive as strings, so that nothing is rounded on the way. */
export type Value = string | number | boolean | Date | null | object;

export interface Result {
  readonly rows: readonly Readonly<Record<string, Value>>[];
  /** Rows inserted, updated and deleted; 0 for queries and DDL. */
  readonly rowsChanged: number;
  readonly queryId: string;
}

/** Says whose work a statement is; Snowflake's query history shows it. */
export interface QueryTag {
  readonly pipeline: string;
  readonly batchId: string;
  readonly attempt: number;
  /** The service that does it; its connection adds it. */
  readonly stage?: string;
}

/** The way to Snowflake. Statements go one after another; failures are PipelineErrors. */
export interface Warehouse {
  run(statement: Statement, tag: QueryTag): Promise<Result>;
  /**
   * Runs a statement that may take longer than a function should wait, or may live: then it throws StillRunning, and the next
   * invocation on this course takes up the same statement, which is known by its name.
   */
  follow(statement: Statement, tag: QueryTag, course: Course): Promise<Result>;
  /**
   * Runs DML statements, and queries about them, as one transaction: all of them are committed, or none, also when the course's deadline
   * comes first, or `expect` throws about what they came to.
   */
  transaction(
    statements: readonly Statement[],
    tag: QueryTag,
    course?: Course,
    expect?: (results: readonly Result[]) => void,
  ): Promise<readonly Result[]>;
}

/**
 * A count out of a result, whatever of number or string the driver made of it; throws for anything else.
 * @example count('12') // 12
 */
export const count = (value: Value | undefined): number => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw new TypeError(`not a count: ${JSON.stringify(value)}`);
  return number;
};
