import * as z from 'zod';
import { fragment, type Fragment } from '../../../../shared/sql/statement.ts';
import { kind, type ExpectationKind, type Part } from '../expectation.ts';
import { col, Column, Flag, isInside, isOrdered, ORDERED, Range, rangeText, within } from './arguments.ts';

const ofAll = (all: Fragment): Part => ({ over: 'rows', all });
const countOf = (value: Fragment): Part => ofAll(fragment`count(${value})`);
const rowsOf = (scope: Fragment | undefined): Part => ofAll(scope ? fragment`count_if(${scope})` : fragment`count(*)`);

interface Figure {
  readonly isNumber: boolean;
  parts(value: Fragment, scope: Fragment | undefined): readonly Part[];
  observed(...parts: Fragment[]): Fragment;
}

const only = (part: (value: Fragment) => Part, isNumber = true): Figure => ({
  isNumber,
  parts: (value) => [part(value)],
  observed: (it) => it,
});
const ratio = (divided: Fragment, by: Fragment): Fragment =>
  fragment`iff(${by} > 0, ${divided}::float / nullif(${by}, 0), 0)`;

const between = (type: string, says: string, what: string, figure: Figure): ExpectationKind =>
  kind({
    type,
    family: 'figure',
    says,
    kwargs: z.strictObject({ column: Column, ...Range, parse_strings_as_datetimes: Flag }).refine(isOrdered, ORDERED),
    example: { column: 'UNIT_PRICE', min_value: 0, max_value: 1000 },
    compile: ({ column, ...range }, { scope }) => ({
      column,
      reason: `${what} is not ${rangeText(range)}`,
      rule: {
        judges: 'figure',
        isNumber: figure.isNumber,
        parts: figure.parts(within(scope, col(column)), scope),
        observed: (...parts) => figure.observed(...parts),
        met: (...parts) => isInside(figure.observed(...parts), range),
      },
    }),
  });

/** One number about a column. A figure that does not exist, as the mean of no values, is outside of every range. */
export const FIGURES: readonly ExpectationKind[] = [
  between(
    'expect_column_max_to_be_between',
    'The greatest value lies in the range.',
    'its maximum',
    only((it) => ofAll(fragment`max(${it})`), false),
  ),
  between(
    'expect_column_min_to_be_between',
    'The least value lies in the range.',
    'its minimum',
    only((it) => ofAll(fragment`min(${it})`), false),
  ),
  between(
    'expect_column_sum_to_be_between',
    'The sum of all values lies in the range.',
    'its sum',
    only((it) => ofAll(fragment`sum(${it})`)),
  ),
  between('expect_column_mean_to_be_between', 'The mean of the values that are there lies in the range.', 'its mean', {
    isNumber: true,
    parts: (it) => [ofAll(fragment`sum(${it})`), countOf(it)],
    observed: (sum, count) => fragment`${sum}::float / nullif(${count}, 0)`,
  }),
  between(
    'expect_column_median_to_be_between',
    'The median lies in the range.',
    'its median',
    only((it) => ofAll(fragment`median(${it})`)),
  ),
  between(
    'expect_column_stdev_to_be_between',
    'The standard deviation of the sample (divided by n - 1) lies in the range.',
    'its standard deviation',
    only((it) => ofAll(fragment`stddev_samp(${it})`)),
  ),
  between(
    'expect_column_unique_value_count_to_be_between',
    'The number of distinct values lies in the range.',
    'its number of distinct values',
    only((it) => ofAll(fragment`count(distinct ${it})`)),
  ),
  between(
    'expect_column_proportion_of_unique_values_to_be_between',
    'The number of distinct values, divided by that of values, lies in the range; 0 where there are none.',
    'its share of distinct values',
    {
      isNumber: true,
      parts: (it) => [ofAll(fragment`count(distinct ${it})`), countOf(it)],
      observed: (distinct, count) => ratio(distinct, count),
    },
  ),
  between(
    'expect_column_proportion_of_non_null_values_to_be_between',
    'The share of rows that have a value lies in the range; 0 where there are no rows.',
    'its share of values that are there',
    {
      isNumber: true,
      parts: (it, scope) => [countOf(it), rowsOf(scope)],
      observed: (count, rows) => ratio(count, rows),
    },
  ),
];
