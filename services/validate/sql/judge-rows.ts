import type { TableRef, ValidationStage } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import type { Suite } from '../suites/compile-suite.ts';
import { brokenColumn, judgingOf, rowsOf, type Judging } from './judging.ts';

/**
 * The columns that say of a figure what it came to, as JSON, and whether it is met.
 * @example observedColumn(0) // 'OBSERVED_1'
 */
export const observedColumn = (index: number): string => `OBSERVED_${index + 1}`;
export const metColumn = (index: number): string => `MET_${index + 1}`;

/** Judges every row by every expectation in one scan, and writes nothing: how many rows break each, and what figures come to. */
export const judgeRows = (p: {
  readonly suite: Pick<Suite, 'expectations'>;
  readonly stage: ValidationStage;
  readonly from: TableRef;
}): Statement => {
  const judging = judgingOf(p.suite);
  const counted = countsOf(p.stage, judging, p.from);
  const figures = p.suite.expectations.flatMap(({ judges }, index) => {
    if (judges.judges !== 'figure') return [];
    const parts = judging.parts.get(index)!.map((it) => fragment`s.${name(it)}`);
    const observed = judges.observed(...parts);
    return [
      fragment`${judges.isNumber ? observed : fragment`to_json(to_variant(${observed}))`} as ${name(observedColumn(index))}`,
      fragment`coalesce(${judges.met(...parts)}, false) as ${name(metColumn(index))}`,
    ];
  });
  if (figures.length === 0) return sql('judge-rows')`${counted}`;
  const told = ['ROWS_JUDGED', 'ROWS_DEFECTIVE', ...countedColumns(judging)].map((it) => fragment`s.${name(it)}`);
  return sql('judge-rows')`
    select
      ${join([...told, ...figures], ',\n  ')}
    from (
    ${withQueries(judging, counted, p.from)}
    ) s
  `;
};

/** What was counted of rows, without the parts of figures. */
const countedColumns = ({ broken, counts }: Judging): readonly string[] => {
  const columns = [...counts.values()].flatMap(({ rows, missing }) => [rows, missing]).filter((it) => it !== null);
  return [...[...broken.keys()].map(brokenColumn), ...new Set(columns)];
};

const countsOf = (stage: ValidationStage, judging: Judging, from: TableRef): Fragment => {
  // Business rules need not carry DEFECTS along: no row that has any reaches them.
  const defective = stage === 'extracted' ? fragment`count(t.DEFECTS)` : fragment`0`;
  const counted = [
    fragment`count(*) as ROWS_JUDGED`,
    fragment`${defective} as ROWS_DEFECTIVE`,
    ...[...judging.broken].map(([index, it]) => fragment`count_if(${it}) as ${name(brokenColumn(index))}`),
    ...judging.measures.flatMap((it) =>
      it.part.over === 'rows' ? [fragment`${it.part.all} as ${name(it.name)}`] : [],
    ),
  ];
  return fragment`select
  ${join(counted, ',\n  ')}
from ${rowsOf(judging, from)}`;
};

const withQueries = (judging: Judging, counted: Fragment, rows: TableRef): Fragment => {
  const queries = judging.measures.flatMap((it) =>
    it.part.over === 'query' ? [fragment`(select N as ${name(it.name)} from (${onBatch(it.part.text, rows)}) n)`] : [],
  );
  const joined = queries.map((it, index) => fragment`cross join ${it} ${trusted(`w${index + 1}`)}`);
  return joined.length === 0 ? counted : fragment`select * from (${counted}) v0 ${join(joined, '\n')}`;
};

const onBatch = ({ text, binds }: Fragment, rows: TableRef): Fragment => ({
  text: text.replaceAll('{batch}', ident(rows).text),
  binds,
});
