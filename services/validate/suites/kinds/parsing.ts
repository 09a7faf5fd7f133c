import * as z from 'zod';
import { literal } from '../../../../shared/sql/literal.ts';
import { fragment } from '../../../../shared/sql/statement.ts';
import { kind, type ExpectationKind } from '../expectation.ts';
import { Column } from './arguments.ts';
import { ofColumn } from './of-column.ts';
import { toTimeFormat } from './to-time-format.ts';

const Strftime = z
  .string()
  .min(1)
  .max(200)
  .superRefine((format, context) => {
    try {
      toTimeFormat(format);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  });

/** Text that can be read as something else. */
export const PARSING: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_values_to_be_json_parseable',
    family: 'rows',
    says: 'Each text is JSON.',
    kwargs: z.strictObject({ column: Column }),
    example: { column: 'ATTRIBUTES' },
    compile: ({ column }) =>
      ofColumn(column, 'is not JSON', (it) => fragment`(${it} is not null and try_parse_json(${it}::varchar) is null)`),
  }),
  kind({
    type: 'expect_column_values_to_be_dateutil_parseable',
    family: 'rows',
    says: "Each text is a time in one of the spellings that Snowflake's TRY_TO_TIMESTAMP finds out by itself: fewer than dateutil's.",
    kwargs: z.strictObject({ column: Column }),
    example: { column: 'SHIPPED' },
    compile: ({ column }) =>
      ofColumn(
        column,
        'is not a time',
        (it) => fragment`(${it} is not null and try_to_timestamp_ntz(${it}::varchar) is null)`,
      ),
  }),
  kind({
    type: 'expect_column_values_to_match_strftime_format',
    family: 'rows',
    says: 'Each text is a time in this format; of strftime the directives %Y %y %m %d %H %I %M %S %f %p %b %B %a %z %%.',
    kwargs: z.strictObject({ column: Column, strftime_format: Strftime }),
    example: { column: 'SHIPPED', strftime_format: '%Y-%m-%d' },
    compile: ({ column, strftime_format: format }) =>
      ofColumn(
        column,
        `is not a time like ${format}`,
        (it) =>
          fragment`(${it} is not null and try_to_timestamp_ntz(${it}::varchar, ${literal(toTimeFormat(format))}) is null)`,
      ),
  }),
];
