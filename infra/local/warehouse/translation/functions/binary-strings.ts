import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { BINARY, fixed } from '../types.ts';

const LENGTH = fixed(18, 0);

/** The bytes of an argument as hexadecimal digits, two for each byte. */
const digits = (call: Call, index: number): string => `hex(${call.as(index, BINARY)})`;

const padded =
  (macro: 'lpad' | 'rpad'): FunctionRule =>
  (call) => {
    call.expect(3);
    return {
      sql: `unhex(_sf.${macro}(${digits(call, 0)}, 2 * ${call.integer(1)}, ${digits(call, 2)}))`,
      type: BINARY,
    };
  };

/** Where the bytes of the first argument begin within those of the second, counted from 1. */
const place: FunctionRule = (call) => {
  call.expect(2, 3);
  const from = call.has(2) ? call.integer(2) : '1';
  return { sql: `_sf.byte_position(${digits(call, 0)}, ${digits(call, 1)}, ${from})`, type: LENGTH };
};

const substring: FunctionRule = (call) => {
  call.expect(2, 3);
  const start = `_sf.byte_place(${call.integer(1)})`;
  const sql = call.has(2)
    ? `_sf.substring_of(${digits(call, 0)}, ${start}, 2 * ${call.integer(2)})`
    : `_sf.substring_from(${digits(call, 0)}, ${start})`;
  return { sql: `unhex(${sql})`, type: BINARY };
};

const RULES: FunctionRules = {
  BIT_LENGTH: (call) => ({ sql: `(8 * octet_length(${call.as(0, BINARY)}))`, type: LENGTH }),
  CHARINDEX: place,
  LEFT: (call) => ({ sql: `unhex(left(${digits(call, 0)}, 2 * greatest(${call.integer(1)}, 0)))`, type: BINARY }),
  LPAD: padded('lpad'),
  OCTET_LENGTH: (call) => ({ sql: `octet_length(${call.as(0, BINARY)})`, type: LENGTH }),
  POSITION: place,
  REVERSE: (call) => ({ sql: `unhex(_sf.reversed_bytes(${digits(call, 0)}))`, type: BINARY }),
  RIGHT: (call) => ({ sql: `unhex(right(${digits(call, 0)}, 2 * greatest(${call.integer(1)}, 0)))`, type: BINARY }),
  RPAD: padded('rpad'),
  SUBSTR: substring,
  SUBSTRING: substring,
};

/** The functions of text that work on bytes where their argument is BINARY. */
export const alsoOfBytes = (functions: FunctionRules): FunctionRules => ({
  ...functions,
  ...Object.fromEntries(
    Object.entries(RULES).map(([name, ofBytes]): [string, FunctionRule] => [
      name,
      (call) => (call.has(0) && call.arg(0).type.name === 'binary' ? ofBytes(call) : functions[name]!(call)),
    ]),
  ),
});
