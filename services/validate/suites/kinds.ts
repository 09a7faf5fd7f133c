import * as z from 'zod';
import { name } from '../../../shared/sql/identifier.ts';
import { fragment, join, trusted, type Fragment } from '../../../shared/sql/statement.ts';
import { kind, type ExpectationKind } from './expectation.ts';

const Column = z.string().min(1).max(255);
const Scalar = z.union([z.string(), z.number(), z.boolean()]);

const list = (values: readonly z.infer<typeof Scalar>[]): Fragment =>
  join(
    values.map((it) => fragment`${it}`),
    ', ',
  );

const bounds = (column: Fragment, low: number | string | undefined, high: number | string | undefined): Fragment => {
  const outside = [
    ...(low === undefined ? [] : [fragment`${column} < ${low}`]),
    ...(high === undefined ? [] : [fragment`${column} > ${high}`]),
  ];
  return outside.length === 0 ? fragment`false` : fragment`(${join(outside, ' or ')})`;
};

const col = (column: string): Fragment => fragment`t.${name(column)}`;
const Bound = z.union([z.number(), z.string()]).exactOptional();
const Length = z.int().nonnegative().exactOptional();

// The owner of the suite wrote this predicate; only the one shape that fits into a single scan is taken.
const ROWS_QUERY = /^\s*select\s+\*\s+from\s+\{batch\}\s+where\s+(?<predicate>[^;]+?)\s*$/is;

/** The kinds of expectation that suites may use. NULL breaks none of them but not-null, as Great Expectations has it. */
export const KINDS: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_values_to_not_be_null',
    kwargs: z.strictObject({ column: Column }),
    compile: ({ column }) => ({ column, reason: 'is missing', broken: fragment`${col(column)} is null` }),
  }),
  kind({
    type: 'expect_column_values_to_be_null',
    kwargs: z.strictObject({ column: Column }),
    compile: ({ column }) => ({ column, reason: 'must be empty', broken: fragment`${col(column)} is not null` }),
  }),
  kind({
    type: 'expect_column_values_to_be_between',
    kwargs: z.strictObject({ column: Column, min_value: Bound, max_value: Bound }),
    compile: ({ column, min_value: low, max_value: high }) => ({
      column,
      reason: `is not between ${low ?? 'anything'} and ${high ?? 'anything'}`,
      broken: fragment`coalesce(${bounds(col(column), low, high)}, false)`,
    }),
  }),
  kind({
    type: 'expect_column_values_to_be_in_set',
    kwargs: z.strictObject({ column: Column, value_set: z.array(Scalar).min(1).max(10_000) }),
    compile: ({ column, value_set: values }) => ({
      column,
      reason: `is none of the ${values.length} values allowed`,
      broken: fragment`coalesce(${col(column)} not in (${list(values)}), false)`,
    }),
  }),
  kind({
    type: 'expect_column_values_to_not_be_in_set',
    kwargs: z.strictObject({ column: Column, value_set: z.array(Scalar).min(1).max(10_000) }),
    compile: ({ column, value_set: values }) => ({
      column,
      reason: `is one of the ${values.length} values forbidden`,
      broken: fragment`coalesce(${col(column)} in (${list(values)}), false)`,
    }),
  }),
  kind({
    type: 'expect_column_values_to_match_regex',
    kwargs: z.strictObject({ column: Column, regex: z.string().min(1).max(2000) }),
    compile: ({ column, regex }) => ({
      column,
      reason: `does not match ${regex}`,
      broken: fragment`coalesce(regexp_instr(${col(column)}, ${regex}) = 0, false)`,
    }),
  }),
  kind({
    type: 'expect_column_value_lengths_to_be_between',
    kwargs: z.strictObject({ column: Column, min_value: Length, max_value: Length }),
    compile: ({ column, min_value: low, max_value: high }) => ({
      column,
      reason: `is not ${low ?? 0} to ${high ?? 'any number of'} characters long`,
      broken: fragment`coalesce(${bounds(fragment`length(${col(column)})`, low, high)}, false)`,
    }),
  }),
  kind({
    type: 'expect_compound_columns_to_be_unique',
    kwargs: z.strictObject({ column_list: z.array(Column).min(2).max(16) }),
    compile: ({ column_list: columns }) => ({
      column: columns.join(', '),
      reason: 'occurs more than once',
      broken: fragment`count(*) over (partition by ${join(columns.map(col), ', ')}) > 1`,
    }),
  }),
  kind({
    type: 'unexpected_rows_expectation',
    kwargs: z.strictObject({
      description: z.string().min(1).max(500).exactOptional(),
      unexpected_rows_query: z.string().regex(ROWS_QUERY, 'must read: SELECT * FROM {batch} WHERE <condition>'),
    }),
    compile: ({ description, unexpected_rows_query: query }) => ({
      column: null,
      reason: description === undefined ? 'breaks a rule of its own' : `breaks: ${description}`,
      broken: fragment`coalesce((${trusted(ROWS_QUERY.exec(query)!.groups!['predicate']!)}), false)`,
    }),
  }),
];
