import type { Call, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { quoteString } from '../../sql/string-literal.ts';
import { nameParts } from '../../sql/identifier.ts';
import { displayType, NULL, TEXT } from '../types.ts';
import type { Type, Typed } from '../types.ts';

const FIXED_BYTES: readonly (readonly [digits: number, bytes: number])[] = [
  [2, 1],
  [4, 2],
  [9, 4],
  [18, 8],
  [38, 16],
];

const BYTES: Partial<Record<Type['name'], string>> = {
  boolean: 'SB1',
  date: 'SB4',
  real: 'DOUBLE',
  time: 'SB8',
  timestamp_ltz: 'SB16',
  timestamp_ntz: 'SB16',
  timestamp_tz: 'SB16',
};

/** A type with how Snowflake holds it, as SYSTEM$TYPEOF shows it. */
const typeOf = (call: Call): Typed => {
  call.expect(1);
  const { sql, type } = call.arg(0);
  if (type.name === 'any') throw unsupported(`${call.name} of a bind`);
  const digits = type.precision ?? 38;
  const bytes = /^\d{1,19}$/.test(sql) ? literalBytes(BigInt(sql)) : FIXED_BYTES.find(([most]) => digits <= most)![1];
  const holding = type.name === 'fixed' ? `SB${bytes}` : (BYTES[type.name] ?? 'LOB');
  const shown = displayType(type).replace(/^VARCHAR\((?:16777216|134217728)\)$/, 'VARCHAR');
  return { sql: quoteString(`${shown}[${holding}]`), type: TEXT };
};

/** The bytes that hold a literal, which has its value and not only its digits. */
const literalBytes = (value: bigint): number => [1, 2, 4, 8].find((bytes) => value < 2n ** BigInt(8 * bytes - 1)) ?? 16;

/** What depends on names and types alone. */
export const NAMES: FunctionRules = {
  GETVARIABLE: (call) => {
    call.expect(1);
    const name = call.literal(0);
    if (name === undefined) throw unsupported('GETVARIABLE of a computed name');
    const { names } = call.context;
    const value = names.variable(name);
    if (value === undefined) return coerce({ sql: 'NULL', type: NULL }, TEXT);
    const { node, context } = call.context.elsewhere(value, names);
    return coerce(context.expression(node, call.scope), TEXT);
  },
  IDENTIFIER: (call) => {
    call.expect(1);
    const name = call.literal(0);
    if (name === undefined) throw unsupported('IDENTIFIER of a computed name');
    return call.scope.resolve(nameParts(name));
  },
  SYSTEM$TYPEOF: typeOf,
};
