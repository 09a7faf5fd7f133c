import * as z from 'zod';
import { fragment } from '../../../../shared/sql/statement.ts';
import { kind, type ExpectationKind } from '../expectation.ts';
import { col, Column } from './arguments.ts';

/** Values that are there, and values that are not. */
export const NULLS: readonly ExpectationKind[] = [
  kind({
    type: 'expect_column_values_to_not_be_null',
    family: 'rows',
    says: 'Each row has a value.',
    kwargs: z.strictObject({ column: Column }),
    example: { column: 'SKU' },
    compile: ({ column }) => ({
      column,
      reason: 'is missing',
      rule: { judges: 'rows', broken: fragment`${col(column)} is null`, missing: null, windowed: false },
    }),
  }),
  kind({
    type: 'expect_column_values_to_be_null',
    family: 'rows',
    says: 'No row has a value.',
    kwargs: z.strictObject({ column: Column }),
    example: { column: 'DELETED_AT' },
    compile: ({ column }) => ({
      column,
      reason: 'must be empty',
      rule: { judges: 'rows', broken: fragment`${col(column)} is not null`, missing: null, windowed: false },
    }),
  }),
];
