import * as z from 'zod';
import { fragment, join, type Fragment } from '../../../../shared/sql/statement.ts';
import { kind, type ExpectationKind } from '../expectation.ts';
import { all, any, col, Column, Columns } from './arguments.ts';
import { ifMissing, IgnoreColumns } from './missing.ts';
import { ofColumn } from './of-column.ts';

const repeats = (columns: readonly Fragment[], scope: Fragment | undefined): Fragment => {
  const counted = scope ? fragment`sum(iff(${scope}, 1, 0))` : fragment`count(*)`;
  return all(
    ...columns.map((it) => fragment`${it} is not null`),
    fragment`${counted} over (partition by ${join(columns, ', ')}) > 1`,
  );
};

const withinRecord = (type: string, says: string) =>
  kind({
    type,
    family: 'columns',
    says,
    kwargs: z.strictObject({ column_list: Columns, ignore_row_if: IgnoreColumns }),
    example: { column_list: ['BILLING_ID', 'SHIPPING_ID', 'OWNER_ID'] },
    compile: ({ column_list: list, ignore_row_if: ignore }) => {
      const columns = list.map(col);
      const pairs = columns.flatMap((a, at) =>
        columns.slice(at + 1).map((b) => fragment`(${a} = ${b} or (${a} is null and ${b} is null))`),
      );
      const missing = ifMissing(columns, ignore ?? 'all_values_are_missing');
      return {
        column: list.join(', '),
        reason: 'holds a value twice in one row',
        rule: { judges: 'rows', broken: unless(missing, any(pairs)), missing, windowed: false },
      };
    },
  });

const unless = (missing: Fragment, broken: Fragment): Fragment => fragment`(not ${missing} and ${broken})`;

/** Values that occur once. A row in which a part of a key is missing is no repeat of another, as SQL's UNIQUE has it. */
export const UNIQUENESS: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_values_to_be_unique',
    family: 'rows',
    says: 'No value occurs in two rows of the batch; all rows that share one break it.',
    kwargs: z.strictObject({ column: Column, parse_strings_as_datetimes: z.boolean().nullish() }),
    example: { column: 'ORDER_LINE_ID' },
    compile: ({ column }, { scope }) => ofColumn(column, 'occurs more than once', (it) => repeats([it], scope), true),
  }),
  kind({
    type: 'expect_compound_columns_to_be_unique',
    family: 'columns',
    says: 'No combination of these values occurs in two rows of the batch.',
    kwargs: z.strictObject({ column_list: Columns, ignore_row_if: IgnoreColumns }),
    example: { column_list: ['ORDER_NUMBER', 'LINE_NUMBER'] },
    compile: ({ column_list: list, ignore_row_if: ignore }, { scope }) => {
      const columns = list.map(col);
      return {
        column: list.join(', '),
        reason: 'occurs more than once',
        rule: {
          judges: 'rows',
          broken: repeats(columns, scope),
          missing: ifMissing(columns, ignore ?? 'all_values_are_missing'),
          windowed: true,
        },
      };
    },
  }),
  withinRecord('expect_select_column_values_to_be_unique_within_record', 'No two of these columns are alike in a row.'),
  withinRecord(
    'expect_multicolumn_values_to_be_unique',
    'The older name of `expect_select_column_values_to_be_unique_within_record`.',
  ),
];
