import type { Call, FunctionRules } from '../call.ts';
import { as } from '../coerce.ts';
import { fixed, isNumeric, isSemiStructured, TEXT } from '../types.ts';
import type { Typed } from '../types.ts';
import { starValues } from './star-arguments.ts';

/** A value in a form that is equal for values that Snowflake hashes alike: numbers by value whatever their type. */
const canonical = ({ sql, type }: Typed): string => {
  if (type.name === 'real') return `_sf.number_key(${sql})`;
  if (isNumeric(type)) return type.scale ? `_sf.number_key(${sql})` : `('#' || CAST(${sql} AS VARCHAR))`;
  if (isSemiStructured(type)) return `('{' || CAST(${sql} AS VARCHAR))`;
  return type.name === 'null' ? 'CAST(NULL AS VARCHAR)' : as({ sql, type }, TEXT);
};

/** A whole number of 64 bits that depends on the values and their order, never NULL. */
export const hashOf = (call: Call): string => `_sf.signed64(hash(${starValues(call).map(canonical).join(', ')}))`;

export const HASHES: FunctionRules = {
  HASH: (call) => ({ sql: hashOf(call), type: fixed(19, 0) }),
};
