import * as z from 'zod';
import { name } from '../../../../shared/sql/identifier.ts';
import { fragment, join, trusted, type Fragment } from '../../../../shared/sql/statement.ts';
import { kind, type ExpectationKind, type Setting } from '../expectation.ts';
import { Column, columnName, Flag, within } from './arguments.ts';
import { ofColumn } from './of-column.ts';

/** Rows stand as their documents do in their files; what is left open within a document breaks nothing. */
const before = (value: Fragment, { scope, orderBy }: Setting, falling: boolean): Fragment => {
  const order = [
    fragment`t.FILE_NAME`,
    fragment`t.FILE_ROW_NUMBER`,
    ...orderBy.map((it) => fragment`t.${name(columnName(it))}`),
    falling ? fragment`${value} desc` : value,
  ];
  return fragment`lag(${within(scope, value)}) ignore nulls over (order by ${join(order, ', ')})`;
};

const series = (type: string, says: string, falling: boolean) =>
  kind({
    type,
    family: 'rows',
    says,
    kwargs: z.strictObject({ column: Column, strictly: Flag, parse_strings_as_datetimes: Flag }),
    example: { column: 'ORDER_DATE', strictly: true },
    compile: ({ column, strictly }, setting) => {
      const against = trusted(falling ? (strictly ? '>=' : '>') : strictly ? '<=' : '<');
      const reason = `does not ${falling ? 'fall' : 'rise'}${strictly ? '' : ' or stay'}`;
      return ofColumn(column, reason, (it) => fragment`${it} ${against} ${before(it, setting, falling)}`, true);
    },
  });

/** Values against their neighbours, and against all others. */
export const SERIES: readonly ExpectationKind[] = [
  series(
    'expect_column_values_to_be_increasing',
    'Each value is at least the one before it (more, where `strictly`), in the order of files, lines and `meta.order_by`.',
    false,
  ),
  series(
    'expect_column_values_to_be_decreasing',
    'Each value is at most the one before it (less, where `strictly`), in the same order.',
    true,
  ),
  kind({
    type: 'expect_column_value_z_scores_to_be_less_than',
    family: 'rows',
    says: "Each value is less than so many of the column's standard deviations from its mean; on either side where `double_sided`.",
    kwargs: z.strictObject({ column: Column, threshold: z.number(), double_sided: Flag }),
    example: { column: 'UNIT_PRICE', threshold: 6, double_sided: true },
    compile: ({ column, threshold, double_sided: both }, { scope }) =>
      ofColumn(
        column,
        `is ${threshold} standard deviations or more from the mean`,
        (it) => {
          const all = within(scope, it);
          const score = fragment`(${it} - avg(${all}) over ()) / nullif(stddev_samp(${all}) over (), 0)`;
          return both === false
            ? fragment`${score} >= ${threshold}`
            : fragment`abs(${score}) >= ${Math.abs(threshold)}`;
        },
        true,
      ),
  }),
];
