import * as z from 'zod';
import { fragment, trusted, type Fragment } from '../../../../shared/sql/statement.ts';
import { kind, type Compiled, type ExpectationKind, type Part, type Setting } from '../expectation.ts';
import { all, always, col, Column, Flag, isIn, never, within, ValueSet, type Scalar } from './arguments.ts';

const Arguments = z.strictObject({ column: Column, value_set: ValueSet.nullish(), parse_strings_as_datetimes: Flag });

// The values themselves stay in the warehouse: how many there are tells whether it is met.
const distinct = (value: Fragment): Part => ({ over: 'rows', all: fragment`count(distinct ${value})` });

const ofSet = (
  { column, value_set }: z.infer<typeof Arguments>,
  { scope }: Setting,
  reason: string,
  met: (seen: Fragment, expected: Fragment, size: number) => Fragment,
): Compiled => {
  const set = [...new Map((value_set ?? []).map((it) => [String(it), it] as const)).values()];
  const value = col(column);
  const expected = within(scope, fragment`iff(${isIn(value, set)}, ${value}, null)`);
  return {
    column,
    reason,
    rule: {
      judges: 'figure',
      isNumber: false,
      parts: [distinct(within(scope, value)), distinct(expected)],
      observed: (seen, known) =>
        fragment`object_construct('distinct_values', ${seen}, 'unexpected_values', ${seen} - ${known}, 'missing_values', ${set.length} - ${known})`,
      met: (seen, known) => met(seen, known, set.length),
    },
  };
};

const mostCommon = (column: string, set: readonly Scalar[], { scope }: Setting): Part => {
  const value = col(column);
  const where = all(scope, fragment`${value} is not null`);
  const counted = fragment`select ${value} as V, count(*) as C from {batch} t where ${where} group by ${value} qualify count(*) = max(count(*)) over ()`;
  return {
    over: 'query',
    text: fragment`select count(*) * 1000000 + count_if(${set.length === 0 ? never : isIn(trusted('V'), set)}) as N from (${counted}) m`,
  };
};

/** Which values there are. */
export const DISTINCT: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_distinct_values_to_be_in_set',
    family: 'figure',
    says: 'Every value that occurs is one of the set; an empty set allows all.',
    kwargs: Arguments,
    example: { column: 'COUNTRY', value_set: ['NO', 'SE'] },
    compile: (kwargs, setting) =>
      ofSet(kwargs, setting, 'holds values that are not in the set', (seen, known, size) =>
        size === 0 ? always : fragment`${seen} = ${known}`,
      ),
  }),
  kind({
    type: 'expect_column_distinct_values_to_contain_set',
    family: 'figure',
    says: 'Every value of the set occurs.',
    kwargs: Arguments,
    example: { column: 'COUNTRY', value_set: ['NO', 'SE'] },
    compile: (kwargs, setting) =>
      ofSet(kwargs, setting, 'lacks values of the set', (_, known, size) => fragment`${known} = ${size}`),
  }),
  kind({
    type: 'expect_column_distinct_values_to_equal_set',
    family: 'figure',
    says: 'The values that occur are those of the set, all of them and no others.',
    kwargs: Arguments,
    example: { column: 'COUNTRY', value_set: ['NO', 'SE'] },
    compile: (kwargs, setting) =>
      ofSet(
        kwargs,
        setting,
        'holds other values than the set',
        (seen, known, size) => fragment`(${seen} = ${known} and ${known} = ${size})`,
      ),
  }),
  kind({
    type: 'expect_column_most_common_value_to_be_in_set',
    family: 'figure',
    says: 'The value that occurs most is one of the set; of several, with `ties_okay`, one at least.',
    kwargs: z.strictObject({ column: Column, value_set: ValueSet.nullish(), ties_okay: Flag }),
    example: { column: 'COUNTRY', value_set: ['NO'], ties_okay: true },
    compile: ({ column, value_set: set, ties_okay: ties }, setting) => ({
      column,
      reason: 'its most common value is not in the set',
      rule: {
        judges: 'figure',
        isNumber: false,
        parts: [mostCommon(column, set ?? [], setting)],
        observed: (n) =>
          fragment`object_construct('most_common_values', floor(${n} / 1000000), 'in_set', mod(${n}, 1000000))`,
        met: (n) => (ties ? fragment`mod(${n}, 1000000) > 0` : fragment`${n} = 1000001`),
      },
    }),
  }),
];
