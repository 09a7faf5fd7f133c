import type { TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import type { Suite } from '../suites/compile-suite.ts';
import { brokenColumn, judgingOf, type Judging, type Measure } from './judging.ts';
import { isRejected, isUnreadable, verdictsOf } from './rejected.ts';

/**
 * The columns that say of a figure what it came to, as JSON, and whether it is met.
 * @example observedColumn(0) // 'OBSERVED_1'
 */
export const observedColumn = (index: number): string => `OBSERVED_${index + 1}`;
export const metColumn = (index: number): string => `MET_${index + 1}`;

/** Sums the verdicts up: what was judged, what is to be held back, and what figures came to. What needs all rows at once is one scan more. */
export const sumVerdicts = (p: {
  readonly suite: Suite;
  readonly from: TableRef;
  /** Where the rows are. */
  readonly rows: TableRef;
}): Statement => {
  const judging = judgingOf(p.suite);
  const figures = p.suite.expectations.flatMap(({ judges }, index) => {
    if (judges.judges !== 'figure') return [];
    const parts = judging.parts.get(index)!.map((it) => fragment`s.${name(it)}`);
    return [
      fragment`to_json(to_variant(${judges.observed(...parts)})) as ${name(observedColumn(index))}`,
      fragment`coalesce(${judges.met(...parts)}, false) as ${name(metColumn(index))}`,
    ];
  });
  if (figures.length === 0) return sql('sum-verdicts')`${sums(p.suite, judging, p.from)}`;
  return sql('sum-verdicts')`
    select
      ${join([trusted('s.*'), ...figures], ',\n  ')}
    from (${withWhole(judging, sums(p.suite, judging, p.from), p.rows)}) s
  `;
};

const sums = (suite: Suite, judging: Judging, from: TableRef): Fragment => {
  const rejected = isRejected(suite);
  const counted = [
    fragment`count(*) as DOCUMENTS`,
    fragment`coalesce(sum(v.ROWS_JUDGED), 0) as ROWS_JUDGED`,
    fragment`count_if(${rejected}) as REJECTED_DOCUMENTS`,
    fragment`coalesce(sum(iff(${rejected}, v.ROWS_JUDGED, 0)), 0) as REJECTED_ROWS`,
    fragment`count_if(${isUnreadable}) as UNREADABLE_DOCUMENTS`,
    ...[...judging.broken.keys()].map((index) => {
      const column = name(brokenColumn(index));
      return fragment`coalesce(sum(v.${column}), 0) as ${column}`;
    }),
    ...judging.measures.flatMap((it) => (it.part.over === 'documents' ? [total(it, it.part.total)] : [])),
  ];
  return fragment`select
  ${join(counted, ',\n  ')}
from ${verdictsOf(suite, from)}`;
};

const total = (measure: Measure, by: 'sum' | 'min' | 'max'): Fragment =>
  fragment`${trusted(by)}(v.${name(measure.name)}) as ${name(measure.name)}`;

const withWhole = (judging: Judging, summed: Fragment, rows: TableRef): Fragment => {
  const whole = judging.measures.flatMap((it) =>
    it.part.over === 'rows' ? [fragment`${it.part.all} as ${name(it.name)}`] : [],
  );
  const scans = whole.length === 0 ? [] : [fragment`(select ${join(whole, ', ')} from ${ident(rows)} t)`];
  const queries = judging.measures.flatMap((it) =>
    it.part.over === 'query' ? [fragment`(select N as ${name(it.name)} from (${onBatch(it.part.text, rows)}) n)`] : [],
  );
  const joined = [...scans, ...queries].map((it, index) => fragment`cross join ${it} ${trusted(`w${index + 1}`)}`);
  return joined.length === 0
    ? summed
    : fragment`
select * from (${summed}) v0 ${join(joined, '\n')}
`;
};

const onBatch = ({ text, binds }: Fragment, rows: TableRef): Fragment => ({
  text: text.replaceAll('{batch}', ident(rows).text),
  binds,
});
