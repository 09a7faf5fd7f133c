import type { FunctionRule, FunctionRules } from '../call.ts';
import { unsupported } from '../failures.ts';
import { quoteString } from '../../sql/string-literal.ts';
import { TEXT } from '../types.ts';

const KINDS = new Set(['table', 'external_table', 'view']);

const describe: FunctionRule = (call) => {
  call.expect(2, 2);
  const kind = call.literal(1)?.toLowerCase();
  if (kind === undefined || !KINDS.has(kind))
    throw unsupported(`GENERATE_COLUMN_DESCRIPTION for ${kind ?? 'a computed kind'}`);
  return { sql: `sf_column_descriptions(CAST(${call.variant(0)} AS VARCHAR), ${quoteString(kind)})`, type: TEXT };
};

/** What INFER_SCHEMA has found, as a list of columns for CREATE. */
export const COLUMN_DESCRIPTIONS: FunctionRules = { GENERATE_COLUMN_DESCRIPTION: describe };
