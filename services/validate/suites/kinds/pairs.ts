import * as z from 'zod';
import { fragment, type Fragment } from '../../../../shared/sql/statement.ts';
import { kind, type Compiled, type ExpectationKind } from '../expectation.ts';
import { any, col, Column, Columns, Flag, Scalar } from './arguments.ts';
import { ifMissing, IgnoreColumns, IgnorePair } from './missing.ts';

const Pair = { column_A: Column, column_B: Column, ignore_row_if: IgnorePair };
type Pair = { column_A: string; column_B: string; ignore_row_if?: z.infer<typeof IgnorePair> };

const ofPair = (p: Pair, reason: string, broken: (a: Fragment, b: Fragment) => Fragment): Compiled => {
  const [a, b] = [col(p.column_A), col(p.column_B)];
  const missing = ifMissing([a, b], p.ignore_row_if ?? 'both_values_are_missing');
  return {
    column: `${p.column_A}, ${p.column_B}`,
    reason,
    rule: { judges: 'rows', broken: fragment`(not ${missing} and ${broken(a, b)})`, missing, windowed: false },
  };
};

const isValue = (column: Fragment, value: Scalar | null): Fragment =>
  value === null ? fragment`${column} is null` : fragment`${column} = ${value}`;

/** Columns of one row against each other. Where SQL can't tell, because a value is missing, a row breaks nothing but equality. */
export const PAIRS: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_pair_values_to_be_equal',
    family: 'pair',
    says: 'Both columns hold the same; one value beside none is not the same.',
    kwargs: z.strictObject(Pair),
    example: { column_A: 'CURRENCY', column_B: 'INVOICE_CURRENCY' },
    compile: (p) => ofPair(p, 'differ', (a, b) => fragment`not equal_null(${a}, ${b})`),
  }),
  kind({
    type: 'expect_column_pair_values_a_to_be_greater_than_b',
    family: 'pair',
    says: 'A is greater than B, or equal where `or_equal` says so.',
    kwargs: z.strictObject({
      ...Pair,
      or_equal: Flag,
      parse_strings_as_datetimes: Flag,
      allow_cross_type_comparisons: Flag,
    }),
    example: { column_A: 'SHIPPED_AT', column_B: 'ORDERED_AT', or_equal: true },
    compile: (p) =>
      ofPair(p, 'is not the greater', (a, b) => {
        const [x, y] = p.parse_strings_as_datetimes
          ? [fragment`try_to_timestamp_ntz(${a}::varchar)`, fragment`try_to_timestamp_ntz(${b}::varchar)`]
          : [a, b];
        return p.or_equal ? fragment`${x} < ${y}` : fragment`${x} <= ${y}`;
      }),
  }),
  kind({
    type: 'expect_column_pair_values_to_be_in_set',
    family: 'pair',
    says: 'The two values are one of the pairs; null in a pair means a missing value.',
    kwargs: z.strictObject({
      ...Pair,
      value_pairs_set: z.array(z.tuple([Scalar.nullable(), Scalar.nullable()])).max(5000),
    }),
    example: {
      column_A: 'COUNTRY',
      column_B: 'CURRENCY',
      value_pairs_set: [
        ['NO', 'NOK'],
        ['SE', 'SEK'],
      ],
    },
    compile: (p) =>
      ofPair(p, `is none of the ${p.value_pairs_set.length} pairs allowed`, (a, b) => {
        const pairs = p.value_pairs_set.map(([x, y]) => fragment`(${isValue(a, x)} and ${isValue(b, y)})`);
        return fragment`not ${any(pairs)}`;
      }),
  }),
  kind({
    type: 'expect_multicolumn_sum_to_equal',
    family: 'columns',
    says: 'In each row the columns add up to the total.',
    kwargs: z.strictObject({ column_list: Columns, sum_total: z.number(), ignore_row_if: IgnoreColumns }),
    example: { column_list: ['SHARE_A', 'SHARE_B'], sum_total: 100 },
    compile: ({ column_list: list, sum_total: total, ignore_row_if: ignore }) => {
      const columns = list.map(col);
      const missing = ifMissing(columns, ignore ?? 'all_values_are_missing');
      const sum = columns.reduce((before, it) => fragment`${before} + ${it}`);
      return {
        column: list.join(', '),
        reason: `do not add up to ${total}`,
        rule: {
          judges: 'rows',
          broken: fragment`(not ${missing} and ${sum} <> ${total})`,
          missing,
          windowed: false,
        },
      };
    },
  }),
];
