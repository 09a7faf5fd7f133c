import * as z from 'zod';
import { ident } from '../../../../shared/sql/identifier.ts';
import { fragment, type Fragment } from '../../../../shared/sql/statement.ts';
import { kind, type ExpectationKind, type Part } from '../expectation.ts';
import { Count, isInside, isOrdered, ORDERED, rangeText } from './arguments.ts';

const rows = (scope: Fragment | undefined): Part => ({
  over: 'rows',
  all: scope ? fragment`count_if(${scope})` : fragment`count(*)`,
});

/** How many rows the batch has. */
export const TABLE: readonly ExpectationKind[] = [
  kind({
    type: 'expect_table_row_count_to_be_between',
    family: 'figure',
    says: 'The number of rows lies in the range.',
    kwargs: z.strictObject({ min_value: Count, max_value: Count }).refine(isOrdered, ORDERED),
    example: { min_value: 1, max_value: 1_000_000 },
    compile: (range, { scope }) => ({
      column: null,
      reason: `the number of rows is not ${rangeText(range)}`,
      rule: {
        judges: 'figure',
        isNumber: true,
        parts: [rows(scope)],
        observed: (count) => count,
        met: (count) => isInside(count, range),
      },
    }),
  }),
  kind({
    type: 'expect_table_row_count_to_equal',
    family: 'figure',
    says: 'There are exactly so many rows.',
    kwargs: z.strictObject({ value: z.int().nonnegative() }),
    example: { value: 500 },
    compile: ({ value }, { scope }) => ({
      column: null,
      reason: `the number of rows is not ${value}`,
      rule: {
        judges: 'figure',
        isNumber: true,
        parts: [rows(scope)],
        observed: (count) => count,
        met: (count) => fragment`${count} = ${value}`,
      },
    }),
  }),
  kind({
    type: 'expect_table_row_count_to_equal_other_table',
    family: 'figure',
    says: 'There are as many rows as in another table, `DATABASE.SCHEMA.TABLE`, which validate may read.',
    kwargs: z.strictObject({
      other_table_name: z
        .string()
        .regex(
          /^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*){2}$/,
          'must be written DATABASE.SCHEMA.TABLE, in plain identifiers',
        ),
    }),
    example: { other_table_name: 'DEV_RAW_PROCESSED.ECOMM.ORDERS' },
    compile: ({ other_table_name: other }, { scope }) => ({
      column: null,
      reason: `the number of rows is not that of ${other}`,
      rule: {
        judges: 'figure',
        isNumber: false,
        parts: [
          rows(scope),
          { over: 'query', text: fragment`select count(*) as N from ${ident(other.toUpperCase())}` },
        ],
        observed: (count, theirs) => fragment`object_construct('self', ${count}, 'other', ${theirs})`,
        met: (count, theirs) => fragment`${count} = ${theirs}`,
      },
    }),
  }),
];
