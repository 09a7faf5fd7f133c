/** What was counted of an expectation that judges row by row. */
export interface RowCounts {
  readonly rows: number;
  /** Rows that had nothing to judge; null where each had. */
  readonly missing: number | null;
  readonly unexpected: number;
  readonly mostly: number;
}

/** Great Expectations' figures of a row-wise expectation, without its values. */
export interface RowFigures {
  readonly element_count: number;
  readonly unexpected_count: number;
  readonly unexpected_percent: number | null;
  readonly partial_unexpected_list: readonly [];
  readonly missing_count?: number;
  readonly missing_percent?: number | null;
  readonly unexpected_percent_total?: number | null;
  readonly unexpected_percent_nonmissing?: number | null;
}

/** Whether enough of the judged rows are good; so they are where there is none. Divides in doubles, as Great Expectations does. */
export const isMostlyMet = ({ rows, missing, unexpected, mostly }: RowCounts): boolean => {
  const judged = rows - (missing ?? 0);
  return judged === 0 || (judged - unexpected) / judged >= mostly;
};

/** The figures, as Great Expectations defines them. */
export const rowFigures = ({ rows, missing, unexpected }: RowCounts): RowFigures => {
  const percent = (part: number, of: number): number | null => (of > 0 ? (part / of) * 100 : null);
  const total = percent(unexpected, rows);
  const nonmissing = missing === null ? total : percent(unexpected, rows - missing);
  return {
    element_count: rows,
    unexpected_count: unexpected,
    unexpected_percent: nonmissing,
    partial_unexpected_list: [],
    ...(missing !== null && {
      missing_count: missing,
      missing_percent: percent(missing, rows),
      unexpected_percent_total: total,
      unexpected_percent_nonmissing: nonmissing,
    }),
  };
};
