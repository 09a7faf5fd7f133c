import type { TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, trusted, type Fragment } from '../../../shared/sql/statement.ts';
import type { Suite } from '../suites/compile-suite.ts';
import type { Expectation, Part } from '../suites/expectation.ts';

/**
 * The column that counts an expectation's broken rows.
 * @example brokenColumn(0) // 'BROKEN_1'
 */
export const brokenColumn = (index: number): string => `BROKEN_${index + 1}`;

/** One figure; expectations that ask for the same share it. */
export interface Measure {
  readonly name: string;
  readonly part: Part;
}

/** What a suite asks of a table: window functions, which stand in a query of their own, and figures. */
export interface Judging {
  readonly windows: readonly { readonly name: string; readonly value: Fragment }[];
  /** Of each row-wise expectation, by its place in the suite: true for broken rows. */
  readonly broken: ReadonlyMap<number, Fragment>;
  readonly measures: readonly Measure[];
  /** What counts an expectation's rows, and those that have nothing to judge; null for all rows, and for none. */
  readonly counts: ReadonlyMap<number, { readonly rows: string | null; readonly missing: string | null }>;
  /** What a figure is made of, by its expectation's place. */
  readonly parts: ReadonlyMap<number, readonly string[]>;
}

/** Collects what a suite asks of a table, each thing once. */
export const judgingOf = ({ expectations }: Pick<Suite, 'expectations'>): Judging => {
  const windows: { name: string; value: Fragment }[] = [];
  const measures = new Map<string, Measure>();
  const broken = new Map<number, Fragment>();
  const counts = new Map<number, { rows: string | null; missing: string | null }>();
  const parts = new Map<number, readonly string[]>();

  const measure = (part: Part): string => {
    const asked = part.over === 'rows' ? part.all : part.text;
    const key = JSON.stringify([part.over, asked.text, asked.binds]);
    const known = measures.get(key) ?? { name: `FIGURE_${measures.size + 1}`, part };
    measures.set(key, known);
    return known.name;
  };
  const countOf = (predicate: Fragment): string => measure({ over: 'rows', all: fragment`count_if(${predicate})` });

  expectations.forEach(({ judges, scope }, index) => {
    if (judges.judges === 'figure') parts.set(index, judges.parts.map(measure));
    if (judges.judges !== 'rows') return;
    const isBroken = within(scope, judges.broken);
    const window = `WINDOW_${windows.length + 1}`;
    if (judges.windowed) windows.push({ name: window, value: isBroken });
    broken.set(index, judges.windowed ? fragment`t.${name(window)}` : isBroken);
    counts.set(index, {
      rows: scope ? countOf(scope) : null,
      missing: judges.missing && countOf(within(scope, judges.missing)),
    });
  });
  return { windows, broken, measures: [...measures.values()], counts, parts };
};

const within = (scope: Fragment | undefined, predicate: Fragment): Fragment =>
  scope ? fragment`(${scope}) and ${predicate}` : predicate;

/** Everything in an expectation that reads columns of the rows `t`, for a check against what they are. */
export const readsOf = ({ judges, scope }: Expectation): readonly Fragment[] => [
  ...(scope ? [scope] : []),
  ...(judges.judges === 'rows' ? [judges.broken] : []),
  ...(judges.judges === 'figure' ? judges.parts.flatMap((it) => (it.over === 'rows' ? [it.all] : [])) : []),
];

/** The rows of a table, as `t`, with what window functions say of each. */
export const rowsOf = ({ windows }: Pick<Judging, 'windows'>, from: TableRef): Fragment => {
  if (windows.length === 0) return fragment`${ident(from)} t`;
  const values = windows.map((it) => fragment`${it.value} as ${name(it.name)}`);
  return fragment`(
  select
    ${join([trusted('t.*'), ...values], ',\n  ')}
  from ${ident(from)} t
) t`;
};
