import type { TableRef, ValidationStage } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, type Statement } from '../../../shared/sql/statement.ts';
import type { Suite } from '../suites/compile-suite.ts';

/**
 * The column that counts an expectation's broken rows.
 * @example brokenColumn(0) // 'BROKEN_1'
 */
export const brokenColumn = (index: number): string => `BROKEN_${index + 1}`;

/** Judges every row by every expectation in one scan; leaves one verdict a document. */
export const judgeRows = (p: {
  readonly suite: Suite;
  readonly stage: ValidationStage;
  readonly from: TableRef;
  readonly into: TableRef;
}): Statement => {
  const flags = p.suite.expectations.map((it, index) => fragment`${it.broken} as ${name(brokenColumn(index))}`);
  const counts = p.suite.expectations.map((_, index) => {
    const column = name(brokenColumn(index));
    return fragment`count_if(${column}) as ${column}`;
  });
  // Business rules need not carry DEFECTS along: no row that has any reaches them.
  const defects = p.stage === 'extracted' ? fragment`t.DEFECTS` : fragment`null::varchar`;
  const key = name(p.suite.key);
  const judged = join(
    [
      fragment`t.ROW_VERSION`,
      fragment`t.${key}`,
      fragment`t.FILE_NAME`,
      fragment`t.FILE_ROW_NUMBER`,
      fragment`${defects} as DEFECTS`,
      ...flags,
    ],
    ',\n  ',
  );
  const verdict = join(
    [
      fragment`ROW_VERSION`,
      fragment`min(${key}) as ${key}`,
      fragment`min(FILE_NAME) as FILE_NAME`,
      fragment`min(FILE_ROW_NUMBER) as FILE_ROW_NUMBER`,
      fragment`count(*) as ROWS_JUDGED`,
      fragment`min(DEFECTS) as DEFECTS`,
      ...counts,
    ],
    ',\n  ',
  );
  return sql('judge-rows')`
    create or replace transient table ${ident(p.into)} as
    select
      ${verdict}
    from (
      select
        ${judged}
      from ${ident(p.from)} t
    )
    group by ROW_VERSION
  `;
};
