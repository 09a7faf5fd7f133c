import type { FunctionRule, FunctionRules } from '../call.ts';
import { unsupported } from '../failures.ts';
import { BINARY, INTEGER } from '../types.ts';
import { define } from './define.ts';

/** The same on whole numbers and on bytes; bytes of unequal length are filled up on the side that the third argument names. */
const both = (operator: 'and' | 'or' | 'xor', numbers: string): FunctionRule => {
  const ofNumbers = define(INTEGER, 'integer integer', numbers);
  return (call) => {
    if (!call.has(0) || (call.arg(0).type.name !== 'binary' && (!call.has(1) || call.arg(1).type.name !== 'binary')))
      return ofNumbers(call);
    call.expect(2, 3);
    const side = call.has(2) ? call.literal(2)?.toUpperCase() : '';
    if (side === undefined || !['', 'LEFT', 'RIGHT'].includes(side))
      throw unsupported(`${call.name} with this padding`);
    const digits = [0, 1].map((index) => `hex(${call.as(index, BINARY)})`);
    return { sql: `unhex(sf_bits('${operator}', ${digits.join(', ')}, '${side}'))`, type: BINARY };
  };
};

const AND = both('and', '($1 & $2)');
const OR = both('or', '($1 | $2)');
const XOR = both('xor', 'xor($1, $2)');
const NOT: FunctionRule = (call) =>
  call.has(0) && call.arg(0).type.name === 'binary'
    ? { sql: `unhex(sf_bits('not', hex(${call.arg(0).sql}), '', 'RIGHT'))`, type: BINARY }
    : define(INTEGER, 'integer', '(~$1)')(call);

const shift = (direction: 'left' | 'right', numbers: string): FunctionRule => {
  const ofNumbers = define(INTEGER, 'integer integer', numbers);
  return (call) => {
    if (!call.has(0) || call.arg(0).type.name !== 'binary') return ofNumbers(call);
    call.expect(2);
    const places = `CAST(${call.integer(1)} AS VARCHAR)`;
    return { sql: `unhex(sf_shift(hex(${call.arg(0).sql}), ${places}, '${direction}'))`, type: BINARY };
  };
};

const LEFT = shift('left', '(CAST($1 AS HUGEINT) * CAST(pow(2, $2) AS HUGEINT))');
const RIGHT = shift('right', '($1 >> $2)');

/** Bits of numbers and of bytes. */
export const BITS: FunctionRules = {
  BITAND: AND,
  BITNOT: NOT,
  BITOR: OR,
  BITSHIFTLEFT: LEFT,
  BITSHIFTRIGHT: RIGHT,
  BITXOR: XOR,
  BIT_AND: AND,
  BIT_NOT: NOT,
  BIT_OR: OR,
  BIT_SHIFTLEFT: LEFT,
  BIT_SHIFTRIGHT: RIGHT,
  BIT_XOR: XOR,
  GETBIT: define(INTEGER, 'integer integer', '(($1 >> $2) & 1)'),
};
