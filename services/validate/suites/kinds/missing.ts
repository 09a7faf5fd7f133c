import * as z from 'zod';
import { fragment, join, type Fragment } from '../../../../shared/sql/statement.ts';
import { never } from './arguments.ts';

/** Which rows an expectation on two columns passes over. */
export const IgnorePair = z.enum(['both_values_are_missing', 'either_value_is_missing', 'neither']).nullish();
/** Which rows an expectation on several columns passes over. */
export const IgnoreColumns = z.enum(['all_values_are_missing', 'any_value_is_missing', 'never']).nullish();

type Ignore = NonNullable<z.infer<typeof IgnorePair> | z.infer<typeof IgnoreColumns>>;

/** True for the rows that are passed over. */
export const ifMissing = (columns: readonly Fragment[], ignore: Ignore): Fragment => {
  const nulls = columns.map((it) => fragment`${it} is null`);
  switch (ignore) {
    case 'both_values_are_missing':
    case 'all_values_are_missing':
      return fragment`(${join(nulls, ' and ')})`;
    case 'either_value_is_missing':
    case 'any_value_is_missing':
      return fragment`(${join(nulls, ' or ')})`;
    case 'neither':
    case 'never':
      return never;
  }
};
