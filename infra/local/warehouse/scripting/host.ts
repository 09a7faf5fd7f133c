import type { Column, Value } from '../contract.ts';
import type { Outcome } from '../session/outcome.ts';
import type { TypedValue } from './value.ts';

/** What a statement gave back: its columns, and its rows as often as they are asked for. */
export interface Result {
  readonly queryId: string;
  readonly columns: readonly Column[];
  rows(): AsyncIterable<readonly TypedValue[]>;
  /** Rows that DML changed; undefined for other statements. */
  readonly changed: number | undefined;
  /** The whole of it, to be handed on as it is. */
  readonly outcome: Outcome;
}

/** The warehouse as a block sees it. */
export interface Host {
  /** Runs a statement of the block; each `?` takes its value in order. */
  execute(sql: string, values: readonly Value[]): Promise<Result>;
  /** Evaluates a SELECT that belongs to an expression of the block, not to its statements. */
  evaluate(sql: string, values: readonly Value[]): Promise<Result>;
}
