import { count, type Result } from '../../../shared/snowflake/warehouse.ts';
import { brokenColumn, judgingOf } from '../sql/judging.ts';
import { metColumn, observedColumn } from '../sql/judge-rows.ts';
import type { Suite } from '../suites/compile-suite.ts';
import type { Expectation, JudgedColumn } from '../suites/expectation.ts';
import { shown } from './observed.ts';
import { isMostlyMet, rowFigures, type RowFigures } from './row-figures.ts';

/** What came of one expectation; the figures are those of Great Expectations, and hold no text out of the data. */
export interface Finding {
  readonly expectation: Expectation;
  readonly success: boolean;
  readonly result: RowFigures | { readonly observed_value: unknown; readonly details?: unknown };
}

/** What came of each expectation, out of what was counted and the table's columns. */
export const findResults = (
  suite: Pick<Suite, 'expectations'>,
  sums: Result['rows'][number],
  columns: readonly JudgedColumn[],
): readonly Finding[] => {
  const { counts } = judgingOf(suite);
  const counted = (name: string): number => count(sums[name] ?? 0);
  return suite.expectations.map((expectation, index) => {
    const { judges, mostly } = expectation;
    switch (judges.judges) {
      case 'rows': {
        const { rows, missing } = counts.get(index)!;
        const of = {
          rows: counted(rows ?? 'ROWS_JUDGED'),
          missing: missing === null ? null : counted(missing),
          unexpected: counted(brokenColumn(index)),
          mostly,
        };
        return { expectation, success: isMostlyMet(of), result: rowFigures(of) };
      }
      case 'figure':
        return {
          expectation,
          success: sums[metColumn(index)] === true,
          result: { observed_value: shown(parsed(sums[observedColumn(index)])) },
        };
      case 'columns': {
        const { success, observed, details } = judges.judge(columns);
        const result = { observed_value: observed, ...(details !== undefined && { details }) };
        return { expectation, success, result };
      }
    }
  });
};

/** The expectations that hold documents back, by their places in the suite. */
export const holding = (findings: readonly Finding[]): readonly number[] =>
  findings.flatMap((it, index) => (it.expectation.severity === 'quarantine' && !it.success ? [index] : []));

const parsed = (json: unknown): unknown => (typeof json === 'string' ? JSON.parse(json) : (json ?? null));
