import type { Rule } from '../context.ts';
import { unsupported } from '../failures.ts';
import { quoteString } from '../../sql/string-literal.ts';
import { textAt } from '../tree.ts';
import { BINARY, BOOLEAN, DATE, fixed, NTZ, NULL, REAL, TEXT, TIME } from '../types.ts';
import type { Typed } from '../types.ts';
import { as } from '../coerce.ts';

const number = (text: string): Typed => {
  if (/e/i.test(text)) return scientific(text);
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole.replace(/^0+/, '').length + fraction.length;
  if (digits > 38 || fraction.length > 37) return { sql: `CAST('${text}' AS DOUBLE)`, type: REAL };
  return { sql: fraction ? text : whole, type: fixed(Math.max(1, digits), fraction.length) };
};

/** A number with an exponent is exact as long as its digits fit. */
const scientific = (text: string): Typed => {
  const [mantissa = '', power = ''] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const shift = Number(power) - fraction.length;
  const digits = (whole + fraction).replace(/^0+/, '') || '0';
  const scale = Math.max(0, -shift);
  if (digits.length + Math.max(0, shift) > 38 || scale > 37 || digits.length > 38)
    return { sql: `CAST(${text} AS DOUBLE)`, type: REAL };
  const all = digits + '0'.repeat(Math.max(0, shift));
  const padded = all.padStart(scale + 1, '0');
  return number(scale === 0 ? all : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`);
};

/** Literals: strings, numbers with their own precision and scale, and typed ones such as DATE '2024-01-31'. */
export const literal: Rule = (parts, context) => {
  const value = textAt(parts, 'value') ?? '';
  const text: Typed = {
    sql: quoteString(context.string(value)),
    type: { ...TEXT, length: context.string(value).length },
  };
  switch (parts['literal_type']) {
    case 'number':
      return number(value);
    case 'string':
      return text;
    case 'date':
      return { sql: as(text, DATE), type: DATE };
    case 'timestamp':
    case 'datetime':
      return { sql: as(text, NTZ), type: NTZ };
    case 'time':
      return { sql: as(text, TIME), type: TIME };
    case 'hex_string':
      return { sql: `unhex(${text.sql})`, type: BINARY };
    default:
      throw unsupported(`${String(parts['literal_type'])} literal`);
  }
};

export const nullLiteral: Rule = () => ({ sql: 'NULL', type: NULL });

export const booleanLiteral: Rule = (parts) => ({ sql: parts['value'] ? 'TRUE' : 'FALSE', type: BOOLEAN });
