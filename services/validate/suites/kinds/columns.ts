import * as z from 'zod';
import { kind, type ColumnsVerdict, type ExpectationKind, type JudgedColumn } from '../expectation.ts';
import { Column, columnName, Count, Flag, isOrdered, ORDERED, rangeText } from './arguments.ts';

type Judge = (columns: readonly JudgedColumn[]) => ColumnsVerdict;

const onColumns = (column: string | null, reason: string, judge: Judge) => ({
  column,
  reason,
  rule: { judges: 'columns' as const, judge },
});
const namesOf = (columns: readonly JudgedColumn[]): readonly string[] => columns.map((it) => it.name);

/** Which columns the table has, those left out that Firn adds to every row. */
export const COLUMNS: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_to_exist',
    family: 'table',
    says: 'There is a column of this name, at this place (counted from 0) where `column_index` says so.',
    kwargs: z.strictObject({ column: Column, column_index: Count }),
    example: { column: 'SKU', column_index: 3 },
    compile: ({ column, column_index: at }) =>
      onColumns(column, 'is not there', (columns) => {
        const found = namesOf(columns).indexOf(columnName(column));
        return { success: at ? found === at : found >= 0, observed: null };
      }),
  }),
  kind({
    type: 'expect_table_columns_to_match_ordered_list',
    family: 'table',
    says: 'The columns are those of the list, in its order.',
    kwargs: z.strictObject({ column_list: z.array(Column).max(2000).nullish() }),
    example: { column_list: ['ORDER_NUMBER', 'SKU'] },
    compile: ({ column_list: list }) =>
      onColumns(null, 'columns are not those of the list, in its order', (columns) => {
        const [expected, found] = [list?.map(columnName), namesOf(columns)];
        const places = Array.from({ length: Math.max(expected?.length ?? 0, found.length) }, (_, at) => at);
        const mismatched = places
          .filter((at) => expected?.[at] !== found[at])
          .map((at) => ({
            'Expected Column Position': at,
            Expected: expected?.[at] ?? null,
            Found: found[at] ?? null,
          }));
        const success = !expected || mismatched.length === 0;
        return { success, observed: found, ...(!success && { details: { mismatched } }) };
      }),
  }),
  kind({
    type: 'expect_table_columns_to_match_set',
    family: 'table',
    says: 'The columns are those of the set, in any order; with `exact_match` false there may be more.',
    kwargs: z.strictObject({ column_set: z.array(Column).max(2000).nullish(), exact_match: Flag }),
    example: { column_set: ['SKU', 'ORDER_NUMBER'], exact_match: false },
    compile: ({ column_set: set, exact_match: exact }) =>
      onColumns(null, 'columns are not those of the set', (columns) => {
        const [expected, found] = [set?.map(columnName) ?? [], namesOf(columns)];
        const missing = expected.filter((it) => !found.includes(it)).toSorted();
        const unexpected = found.filter((it) => !expected.includes(it)).toSorted();
        const isMet = missing.length === 0 && (exact === false || unexpected.length === 0);
        const mismatched = { ...(unexpected.length > 0 && { unexpected }), ...(missing.length > 0 && { missing }) };
        const differs = set && (missing.length > 0 || unexpected.length > 0);
        return { success: !set || isMet, observed: found.toSorted(), ...(differs && { details: { mismatched } }) };
      }),
  }),
  kind({
    type: 'expect_table_column_count_to_be_between',
    family: 'table',
    says: 'The number of columns lies in the range.',
    kwargs: z.strictObject({ min_value: Count, max_value: Count }).refine(isOrdered, ORDERED),
    example: { min_value: 2, max_value: 40 },
    compile: (range) =>
      onColumns(null, `the number of columns is not ${rangeText(range)}`, ({ length }) => ({
        success: length >= (range.min_value ?? 0) && length <= (range.max_value ?? Infinity),
        observed: length,
      })),
  }),
  kind({
    type: 'expect_table_column_count_to_equal',
    family: 'table',
    says: 'There are exactly so many columns.',
    kwargs: z.strictObject({ value: z.int().nonnegative() }),
    example: { value: 12 },
    compile: ({ value }) =>
      onColumns(null, `the number of columns is not ${value}`, ({ length }) => ({
        success: length === value,
        observed: length,
      })),
  }),
];
