import type { TableRef, ValidationStage } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import type { Suite } from '../suites/compile-suite.ts';
import { brokenColumn, judgingOf, type Judging } from './judging.ts';

/** Judges every row by every expectation in one scan; leaves one verdict a document, with what its figures come to. */
export const judgeRows = (p: {
  readonly suite: Suite;
  readonly stage: ValidationStage;
  readonly from: TableRef;
  readonly into: TableRef;
}): Statement => {
  const judging = judgingOf(p.suite);
  // Business rules need not carry DEFECTS along: no row that has any reaches them.
  const defects = p.stage === 'extracted' ? fragment`min(t.DEFECTS)` : fragment`null::varchar`;
  const key = name(p.suite.key);
  const verdict = [
    fragment`t.ROW_VERSION`,
    fragment`min(t.${key}) as ${key}`,
    fragment`min(t.FILE_NAME) as FILE_NAME`,
    fragment`min(t.FILE_ROW_NUMBER) as FILE_ROW_NUMBER`,
    fragment`count(*) as ROWS_JUDGED`,
    fragment`${defects} as DEFECTS`,
    ...[...judging.broken].map(([index, it]) => fragment`count_if(${it}) as ${name(brokenColumn(index))}`),
    ...judging.measures.flatMap((it) =>
      it.part.over === 'documents' ? [fragment`${it.part.each} as ${name(it.name)}`] : [],
    ),
  ];
  return sql('judge-rows')`
    create or replace transient table ${ident(p.into)} as
    select
      ${join(verdict, ',\n  ')}
    from ${rowsOf(judging, p.from)}
    group by t.ROW_VERSION
  `;
};

const rowsOf = ({ windows }: Judging, from: TableRef): Fragment => {
  if (windows.length === 0) return fragment`${ident(from)} t`;
  const values = windows.map((it) => fragment`${it.value} as ${name(it.name)}`);
  return fragment`(
  select
    ${join([trusted('t.*'), ...values], ',\n  ')}
  from ${ident(from)} t
) t`;
};
