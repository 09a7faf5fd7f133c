import { quoteString } from '../../sql/string-literal.ts';
import { as } from '../coerce.ts';
import { REAL, TEXT } from '../types.ts';
import type { Typed } from '../types.ts';

const MODEL = /^((?:"[^"]*")*)(?:(TM9?|TME)|(S|MI)?(0*)(X+)(S|MI)?)((?:"[^"]*")*)$/i;

const inner = (literals: string | undefined): string => (literals ?? '').replaceAll('"', '');

/** A number printed in hexadecimal digits, or as short as it can be (TM, TM9, TME); undefined for any other format. */
export const otherNumberText = (value: Typed, format: string): string | undefined => {
  const match = MODEL.exec(format);
  if (!match) return undefined;
  const [, before, minimal, lead, zeros = '', digits = '', trail, after] = match;
  const printed =
    minimal === undefined
      ? hexText(value, zeros, digits, lead ?? (trail && `trailing ${trail}`))
      : minimal.toUpperCase() === 'TME'
        ? `_sf.scientific(${value.type.name === 'real' ? `CAST(${as(value, REAL)} AS DECIMAL(38,12))` : value.sql})`
        : as(value, TEXT);
  const [head, tail] = [inner(before), inner(after)];
  return head || tail ? `(${quoteString(head)} || ${printed} || ${quoteString(tail)})` : printed;
};

/** Without a sign in the format, negative numbers are printed as their complement. */
const hexText = ({ sql }: Typed, zeros: string, digits: string, sign: string | undefined): string => {
  const width = zeros.length + digits.length;
  const whole = `CAST(trunc(${sql}) AS HUGEINT)`;
  const body = `_sf.hex_text(${sign ? `abs(${whole})` : whole}, ${width}, ${zeros ? "'0'" : "' '"})`;
  const cased = digits.startsWith('x') ? `lower(${body})` : body;
  if (sign === undefined) return cased;
  const mark = `CASE WHEN ${sql} < 0 THEN '-' ELSE ${/S$/i.test(sign) ? "'+'" : "' '"} END`;
  return sign.startsWith('trailing') ? `(${cased} || ${mark})` : `(${mark} || ${cased})`;
};

/** The pattern of hexadecimal digits that a format reads; undefined for any other format. */
export const hexDigits = (format: string): number | undefined => {
  const match = /^(0*)(X+)$/i.exec(format);
  return match ? match[0].length : undefined;
};
