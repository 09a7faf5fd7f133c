import * as z from 'zod';
import { literal } from '../../../../shared/sql/literal.ts';
import { fragment, type Fragment } from '../../../../shared/sql/statement.ts';
import { kind, type ExpectationKind } from '../expectation.ts';
import { all, any, Column } from './arguments.ts';
import { ofColumn } from './of-column.ts';
import { toPosix } from './to-posix.ts';

const Regex = z
  .string()
  .min(1)
  .max(2000)
  .superRefine((regex, context) => {
    try {
      toPosix(regex);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  });
const Like = z.string().min(1).max(2000);
const MatchOn = z.enum(['any', 'all']).nullish();

/** A match anywhere in the text, as Great Expectations looks for one. */
const matches = (value: Fragment, regex: string): Fragment => {
  const { pattern, parameters } = toPosix(regex);
  return parameters === ''
    ? fragment`regexp_instr(${value}::varchar, ${pattern}) > 0`
    : fragment`regexp_instr(${value}::varchar, ${pattern}, 1, 1, 0, ${literal(parameters)}) > 0`;
};
const isLike = (value: Fragment, pattern: string): Fragment => fragment`${value}::varchar like ${pattern}`;

const unlessAll = (parts: readonly Fragment[], on: 'any' | 'all' | null | undefined): Fragment =>
  fragment`not (${on === 'all' ? all(...parts) : any(parts)})`;
const how = (on: 'any' | 'all' | null | undefined, count: number): string =>
  `${on === 'all' ? 'all' : 'any'} of ${count}`;

/** Values that look like something. */
export const PATTERNS: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_values_to_match_regex',
    family: 'rows',
    says: 'The pattern is found somewhere in each value.',
    kwargs: z.strictObject({ column: Column, regex: Regex.default('(?s).*') }),
    example: { column: 'SKU', regex: '^[0-9]{5}[A-Z]*$' },
    compile: ({ column, regex }) =>
      ofColumn(column, `does not match ${regex}`, (it) => fragment`not (${matches(it, regex)})`),
  }),
  kind({
    type: 'expect_column_values_to_not_match_regex',
    family: 'rows',
    says: 'The pattern is found in no value.',
    kwargs: z.strictObject({ column: Column, regex: Regex }),
    example: { column: 'DESCRIPTION', regex: '^\\s' },
    compile: ({ column, regex }) => ofColumn(column, `matches ${regex}`, (it) => matches(it, regex)),
  }),
  kind({
    type: 'expect_column_values_to_match_regex_list',
    family: 'rows',
    says: 'Any of the patterns (or `match_on` `all`) is found in each value.',
    kwargs: z.strictObject({ column: Column, regex_list: z.array(Regex).min(1).max(1000), match_on: MatchOn }),
    example: { column: 'SKU', regex_list: ['^[0-9]+$', '^POST$'], match_on: 'any' },
    compile: ({ column, regex_list: list, match_on: on }) =>
      ofColumn(column, `does not match ${how(on, list.length)} patterns`, (value) =>
        unlessAll(
          list.map((it) => matches(value, it)),
          on,
        ),
      ),
  }),
  kind({
    type: 'expect_column_values_to_not_match_regex_list',
    family: 'rows',
    says: 'None of the patterns is found in any value.',
    kwargs: z.strictObject({ column: Column, regex_list: z.array(Regex).min(1).max(1000) }),
    example: { column: 'DESCRIPTION', regex_list: ['^\\?+$', 'damaged'] },
    compile: ({ column, regex_list: list }) =>
      ofColumn(column, `matches one of ${list.length} patterns`, (value) => any(list.map((it) => matches(value, it)))),
  }),
  kind({
    type: 'expect_column_values_to_match_like_pattern',
    family: 'rows',
    says: 'Each value is LIKE the pattern, as a whole.',
    kwargs: z.strictObject({ column: Column, like_pattern: Like }),
    example: { column: 'ORDER_NUMBER', like_pattern: '5%' },
    compile: ({ column, like_pattern: pattern }) =>
      ofColumn(column, `is not like ${pattern}`, (it) => fragment`not (${isLike(it, pattern)})`),
  }),
  kind({
    type: 'expect_column_values_to_not_match_like_pattern',
    family: 'rows',
    says: 'No value is LIKE the pattern.',
    kwargs: z.strictObject({ column: Column, like_pattern: Like }),
    example: { column: 'ORDER_NUMBER', like_pattern: 'TEST%' },
    compile: ({ column, like_pattern: pattern }) => ofColumn(column, `is like ${pattern}`, (it) => isLike(it, pattern)),
  }),
  kind({
    type: 'expect_column_values_to_match_like_pattern_list',
    family: 'rows',
    says: 'Each value is LIKE any of the patterns (or `match_on` `all`).',
    kwargs: z.strictObject({ column: Column, like_pattern_list: z.array(Like).min(1).max(1000), match_on: MatchOn }),
    example: { column: 'ORDER_NUMBER', like_pattern_list: ['5%', 'C5%'] },
    compile: ({ column, like_pattern_list: list, match_on: on }) =>
      ofColumn(column, `is not like ${how(on, list.length)} patterns`, (value) =>
        unlessAll(
          list.map((it) => isLike(value, it)),
          on,
        ),
      ),
  }),
  kind({
    type: 'expect_column_values_to_not_match_like_pattern_list',
    family: 'rows',
    says: 'No value is LIKE any of the patterns.',
    kwargs: z.strictObject({ column: Column, like_pattern_list: z.array(Like).min(1).max(1000) }),
    example: { column: 'ORDER_NUMBER', like_pattern_list: ['TEST%', 'X%'] },
    compile: ({ column, like_pattern_list: list }) =>
      ofColumn(column, `is like one of ${list.length} patterns`, (value) => any(list.map((it) => isLike(value, it)))),
  }),
];
