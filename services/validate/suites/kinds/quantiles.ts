import * as z from 'zod';
import { fragment, join, trusted, type Fragment } from '../../../../shared/sql/statement.ts';
import { kind, type ExpectationKind } from '../expectation.ts';
import { all, any, Bound, col, Column, within } from './arguments.ts';

const QuantileRanges = z
  .strictObject({
    quantiles: z.array(z.number().min(0).max(1)).min(1).max(100),
    value_ranges: z
      .array(z.tuple([Bound, Bound]))
      .min(1)
      .max(100),
  })
  .refine((it) => it.quantiles.length === it.value_ranges.length, {
    error: 'quantiles and value_ranges are not equally many',
  });

/** A bound is met by what is within a ten-thousandth of it, as Great Expectations has it. */
const CLOSE = trusted('0.0001');

const reaches = (value: Fragment, bound: number | string | null | undefined, against: '<=' | '>='): Fragment | null => {
  if (bound === null || bound === undefined) return null;
  const beyond = fragment`${value} ${trusted(against)} ${bound}`;
  return typeof bound === 'number'
    ? any([beyond, fragment`abs(${value} - ${bound}) <= ${CLOSE} * abs(${bound})`])
    : beyond;
};

// NULL in an array would be printed as `undefined`, which is no JSON.
const orNull = (value: Fragment): Fragment => fragment`coalesce(to_variant(${value}), parse_json('null'))`;

/** Quantiles of a column. */
export const QUANTILES: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_quantile_values_to_be_between',
    family: 'figure',
    says: 'Each quantile, a value that occurs (PERCENTILE_DISC), lies in its range; null leaves an end open.',
    kwargs: z.strictObject({
      column: Column,
      quantile_ranges: QuantileRanges,
      allow_relative_error: z.union([z.literal(false), z.literal(0)]).nullish(),
    }),
    example: {
      column: 'UNIT_PRICE',
      quantile_ranges: {
        quantiles: [0.05, 0.95],
        value_ranges: [
          [0, 1],
          [null, 50],
        ],
      },
    },
    compile: ({ column, quantile_ranges: { quantiles, value_ranges: ranges } }, { scope }) => {
      const value = within(scope, col(column));
      return {
        column,
        reason: 'a quantile is outside of its range',
        rule: {
          judges: 'figure',
          isNumber: false,
          parts: quantiles.map((it) => ({
            over: 'rows',
            // Snowflake takes no bind here, and stumbles over the last digits of a double.
            all: fragment`percentile_disc(${trusted(it.toFixed(10))}) within group (order by ${value})`,
          })),
          observed: (...parts) =>
            fragment`object_construct('quantiles', array_construct(${join(
              quantiles.map((it) => trusted(String(it))),
              ', ',
            )}), 'values', array_construct(${join(parts.map(orNull), ', ')}))`,
          met: (...parts) =>
            all(
              ...parts.flatMap((it, index) => [
                fragment`${it} is not null`,
                reaches(it, ranges[index]![0], '>='),
                reaches(it, ranges[index]![1], '<='),
              ]),
            ),
        },
      };
    },
  }),
];
