import * as z from 'zod';
import { fragment } from '../../../../shared/sql/statement.ts';
import { kind, type ExpectationKind } from '../expectation.ts';
import {
  Column,
  Count,
  Flag,
  isIn,
  isOrdered,
  isOutside,
  never,
  ORDERED,
  Range,
  rangeText,
  ValueSet,
} from './arguments.ts';
import { ofColumn } from './of-column.ts';

const values = (count: number): string => (count === 1 ? '1 value' : `${count} values`);

/** Values in ranges and sets, and how long they are. */
export const VALUES: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_values_to_be_between',
    family: 'rows',
    says: 'Each value lies in the range; `strict_min` and `strict_max` leave its ends out.',
    kwargs: z
      .strictObject({ column: Column, ...Range, parse_strings_as_datetimes: Flag })
      .refine((it) => (it.min_value ?? it.max_value ?? null) !== null, {
        error: 'min_value and max_value are both missing',
      })
      .refine(isOrdered, ORDERED),
    example: { column: 'QUANTITY', min_value: 0, max_value: 100, strict_min: true },
    compile: ({ column, parse_strings_as_datetimes: parse, ...range }) =>
      ofColumn(column, `is not ${rangeText(range)}`, (it) =>
        isOutside(parse ? fragment`try_to_timestamp_ntz(${it}::varchar)` : it, range),
      ),
  }),
  kind({
    type: 'expect_column_values_to_be_in_set',
    family: 'rows',
    says: 'Each value is one of the set.',
    kwargs: z.strictObject({ column: Column, value_set: ValueSet.nullish(), parse_strings_as_datetimes: Flag }),
    example: { column: 'COUNTRY', value_set: ['NO', 'SE', 'DK'] },
    compile: ({ column, value_set: set }) =>
      ofColumn(column, `is none of the ${values(set?.length ?? 0)} allowed`, (it) =>
        !set ? never : set.length === 0 ? fragment`${it} is not null` : fragment`not (${isIn(it, set)})`,
      ),
  }),
  kind({
    type: 'expect_column_values_to_not_be_in_set',
    family: 'rows',
    says: 'No value is one of the set.',
    kwargs: z.strictObject({ column: Column, value_set: ValueSet.nullish(), parse_strings_as_datetimes: Flag }),
    example: { column: 'SKU', value_set: ['TEST', 'DUMMY'] },
    compile: ({ column, value_set: set }) =>
      ofColumn(column, `is one of the ${values(set?.length ?? 0)} forbidden`, (it) => isIn(it, set ?? [])),
  }),
  kind({
    type: 'expect_column_value_lengths_to_be_between',
    family: 'rows',
    says: "Each value's number of characters lies in the range.",
    kwargs: z
      .strictObject({ column: Column, ...Range, min_value: Count, max_value: Count })
      .refine((it) => (it.min_value ?? it.max_value ?? null) !== null, {
        error: 'min_value and max_value are both missing',
      })
      .refine(isOrdered, ORDERED),
    example: { column: 'SKU', min_value: 1, max_value: 20 },
    compile: ({ column, ...range }) =>
      ofColumn(column, `is not ${rangeText(range)} characters long`, (it) =>
        isOutside(fragment`length(${it}::varchar)`, range),
      ),
  }),
  kind({
    type: 'expect_column_value_lengths_to_equal',
    family: 'rows',
    says: 'Each value has exactly so many characters.',
    kwargs: z.strictObject({ column: Column, value: z.int().nonnegative() }),
    example: { column: 'COUNTRY', value: 2 },
    compile: ({ column, value }) =>
      ofColumn(column, `is not ${value} characters long`, (it) => fragment`length(${it}::varchar) <> ${value}`),
  }),
];
