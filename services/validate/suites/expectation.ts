import type * as z from 'zod';
import type { Fragment } from '../../../shared/sql/statement.ts';

/** An expectation as SQL: a predicate that is true for the rows that break it, and how to say so. */
export interface Expectation {
  readonly rule: string;
  /** The column (or columns, comma separated) it is about; null where it is about whole rows. */
  readonly column: string | null;
  readonly reason: string;
  readonly broken: Fragment;
}

/** One kind of expectation: the keyword arguments it takes, and what they become. */
export interface ExpectationKind<Kwargs extends z.ZodType = z.ZodType> {
  readonly type: string;
  readonly kwargs: Kwargs;
  compile(kwargs: z.output<Kwargs>): Omit<Expectation, 'rule'>;
}

/** Gives a kind its types. */
export const kind = <Kwargs extends z.ZodType>(definition: ExpectationKind<Kwargs>): ExpectationKind => definition;
