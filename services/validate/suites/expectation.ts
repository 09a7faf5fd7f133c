import type * as z from 'zod';
import type { Fragment } from '../../../shared/sql/statement.ts';

/** What becomes of an expectation that is not met: documents are held back, the batch stops, or it is only reported. */
export type Severity = 'quarantine' | 'fail' | 'warn';

/** A column of the table that is judged, as INFORMATION_SCHEMA describes it. */
export interface JudgedColumn {
  readonly name: string;
  readonly type: string;
  readonly scale: number | null;
}

/** Judges rows one by one. */
export interface RowRule {
  readonly judges: 'rows';
  /** True for the rows `t` that break it; NULL counts as false. */
  readonly broken: Fragment;
  /** True for the rows that have nothing to judge; null where each row has. */
  readonly missing: Fragment | null;
  /** Holds a window function, which stands in a query of its own. */
  readonly windowed: boolean;
}

/** A piece of a figure. */
export type Part =
  /** An aggregate over the rows `t`. */
  | { readonly over: 'rows'; readonly all: Fragment }
  /** A query of one row with one column N; `{batch}` stands for the table. */
  | { readonly over: 'query'; readonly text: Fragment };

/** Judges the table by a figure; the functions are given what the parts came to, as SQL. */
export interface FigureRule {
  readonly judges: 'figure';
  readonly parts: readonly Part[];
  /** What it comes to is a number, whatever the column holds: that needs no JSON to be told. */
  readonly isNumber: boolean;
  observed(...parts: Fragment[]): Fragment;
  met(...parts: Fragment[]): Fragment;
}

/** What was found out about an expectation on the table's columns. */
export interface ColumnsVerdict {
  readonly success: boolean;
  readonly observed: unknown;
  readonly details?: unknown;
}

/** Judges which columns the table has. */
export interface ColumnsRule {
  readonly judges: 'columns';
  judge(columns: readonly JudgedColumn[]): ColumnsVerdict;
}

export type Rule = RowRule | FigureRule | ColumnsRule;

/** What a kind makes of its keyword arguments. */
export interface Compiled {
  /** The column (or columns, comma separated) it is about; null where it is about whole rows or the table. */
  readonly column: string | null;
  readonly reason: string;
  readonly rule: Rule;
}

/** What all expectations of a suite have in common, and what one says besides its own arguments. */
export interface Setting {
  /** True for the rows that the expectation is about; undefined where it is about all. */
  readonly scope: Fragment | undefined;
  /** In which order rows stand, apart from their documents' order. */
  readonly orderBy: readonly string[];
}

/** One expectation of a suite, ready to be asked. */
export interface Expectation {
  /** Its kind. */
  readonly rule: string;
  readonly column: string | null;
  readonly reason: string;
  readonly severity: Severity;
  /** The share of judged rows that must be good. */
  readonly mostly: number;
  readonly scope: Fragment | undefined;
  readonly judges: Rule;
  /** As the suite spells it, for results. */
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly id?: string;
}

/** Which of the arguments that many kinds know a kind takes. */
export type Family = 'rows' | 'pair' | 'columns' | 'figure' | 'table' | 'query';

/** One kind of expectation: the keyword arguments it takes, and what they become. */
export interface ExpectationKind<Kwargs extends z.ZodObject = z.ZodObject> {
  readonly type: string;
  readonly family: Family;
  /** One sentence for its documentation. */
  readonly says: string;
  readonly kwargs: Kwargs;
  /** Arguments for its documentation, which a test compiles. */
  readonly example: Readonly<Record<string, unknown>>;
  compile(kwargs: z.output<Kwargs>, setting: Setting): Compiled;
}

/** Gives a kind its types. */
export const kind = <Kwargs extends z.ZodObject>(definition: ExpectationKind<Kwargs>): ExpectationKind => definition;
