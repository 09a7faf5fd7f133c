import { as, coerce } from '../coerce.ts';
import type { Context, Rule } from '../context.ts';
import { unsupported, wrongArguments } from '../failures.ts';
import type { Scope } from '../scope.ts';
import { nodeAt } from '../tree.ts';
import type { Parts } from '../tree.ts';
import { DATE, displayType, fixed, isNumeric, isSemiStructured, isTimestamp, REAL } from '../types.ts';
import type { Type, Typed } from '../types.ts';
import { addInterval } from './intervals.ts';

export const operands = (parts: Parts, context: Context, scope: Scope): [Typed, Typed] => [
  context.expression(nodeAt(parts, 'left')!, scope),
  context.expression(nodeAt(parts, 'right')!, scope),
];

/** A value in a number's place: text becomes NUMBER(18,5), VARIANT becomes FLOAT, as Snowflake coerces them. */
export const numeric = (value: Typed, operator = '+', all: readonly Typed[] = [value]): Typed => {
  const { name } = value.type;
  if (isNumeric(value.type)) return value;
  if (name === 'text' || name === 'any') return coerce(value, fixed(18, 5));
  if (name === 'null') return coerce(value, fixed(1, 0));
  if (name === 'variant') return coerce(value, REAL);
  throw wrongArguments(operator, all.map(({ type }) => displayType(type)).join(', '));
};

const both = (operator: string, a: Typed, b: Typed): [Typed, Typed] => [
  numeric(a, operator, [a, b]),
  numeric(b, operator, [a, b]),
];

/** DuckDB computes plain integer literals in 32 bits; as decimals they can't overflow. */
const wide = ({ sql, type }: Typed): string =>
  /^\d+$/.test(sql) ? `CAST(${sql} AS DECIMAL(${type.precision},0))` : sql;

/** DuckDB keeps results of up to 18 digits in 64 bits; one wider operand makes it use 128. */
const roomy = (value: Typed, other: Typed, result: Type): string =>
  (result.precision ?? 38) > 18 && (value.type.precision ?? 38) <= 18 && (other.type.precision ?? 38) <= 18
    ? `CAST(${value.sql} AS DECIMAL(19,${value.type.scale ?? 0}))`
    : wide(value);

const isReal = (a: Type, b: Type): boolean => a.name === 'real' || b.name === 'real';

const leading = (type: Type): number => (type.precision ?? 38) - (type.scale ?? 0);

const digits = (value: Typed): string => `CAST(${value.sql} AS VARCHAR)`;

/** What DuckDB has no room for on the way, though the result has few digits enough, is computed digit by digit. */
const exactly = (name: 'product' | 'quotient', a: Typed, b: Typed, { scale }: Type): string =>
  `CAST(sf_${name}(${digits(a)}, ${digits(b)}, '${scale}') AS DECIMAL(38,${scale}))`;

/** Whether a value has no more than that many digits in front of the point; undefined where its type says so. */
const small = ({ sql, type }: Typed, most: number): string | undefined => {
  if (leading(type) <= most) return undefined;
  return most <= 0 ? 'FALSE' : `abs(${sql}) < 1${'0'.repeat(most)}`;
};

const sum = (a: Typed, b: Typed, sign: '+' | '-'): Typed => {
  const [left, right] = both(sign, a, b);
  if (isReal(left.type, right.type)) return { sql: `(${as(left, REAL)} ${sign} ${as(right, REAL)})`, type: REAL };
  const scale = Math.max(left.type.scale ?? 0, right.type.scale ?? 0);
  const type = fixed(Math.max(leading(left.type), leading(right.type)) + scale + 1, scale);
  return { sql: `(${roomy(left, right, type)} ${sign} ${wide(right)})`, type };
};

const temporal = (type: Type): boolean => type.name === 'date' || isTimestamp(type) || type.name === 'time';

const days = (date: Typed, count: Typed, sign: '+' | '-'): Typed => ({
  sql: `(${date.sql} ${sign} CAST(${count.sql} AS INTEGER))`,
  type: DATE,
});

/** `+` for numbers, days added to dates, and intervals. */
export const add: Rule = (parts, context, scope) => {
  const interval = addInterval(parts, '+', context, scope);
  if (interval) return interval;
  const [a, b] = operands(parts, context, scope);
  if (a.type.name === 'date' && isNumeric(b.type)) return days(a, b, '+');
  if (b.type.name === 'date' && isNumeric(a.type)) return days(b, a, '+');
  if (temporal(a.type) || temporal(b.type)) throw wrongArguments('+', `${displayType(a.type)}, ${displayType(b.type)}`);
  return sum(a, b, '+');
};

/** `-` for numbers, days between dates, and intervals. */
export const subtract: Rule = (parts, context, scope) => {
  const interval = addInterval(parts, '-', context, scope);
  if (interval) return interval;
  const [a, b] = operands(parts, context, scope);
  if (a.type.name === 'date' && b.type.name === 'date') return { sql: `(${a.sql} - ${b.sql})`, type: fixed(9, 0) };
  if (a.type.name === 'date' && isNumeric(b.type)) return days(a, b, '-');
  if (isTimestamp(a.type) && isTimestamp(b.type)) throw unsupported('type INTERVAL');
  if (temporal(a.type) || temporal(b.type)) throw wrongArguments('-', `${displayType(a.type)}, ${displayType(b.type)}`);
  return sum(a, b, '-');
};

/** `*`: the scale is the sum of both, held to the greater of 12 and either scale. */
export const multiply: Rule = (parts, context, scope) => {
  const [left, right] = both('*', ...operands(parts, context, scope));
  if (isReal(left.type, right.type)) return { sql: `(${as(left, REAL)} * ${as(right, REAL)})`, type: REAL };
  const [s1, s2] = [left.type.scale ?? 0, right.type.scale ?? 0];
  const scale = Math.min(s1 + s2, Math.max(s1, s2, 12));
  const type = fixed(leading(left.type) + leading(right.type) + scale, scale);
  if (s1 + s2 > 37) return { sql: exactly('product', left, right, type), type };
  const quick = `(${roomy(left, right, type)} * ${wide(right)})`;
  if (s1 + s2 <= scale) return { sql: quick, type };
  const cut = `CAST(${quick} AS DECIMAL(${type.precision},${scale}))`;
  const fits = (left.type.precision ?? 38) + (right.type.precision ?? 38) <= 38;
  return { sql: fits ? cut : `coalesce(TRY(${cut}), ${exactly('product', left, right, type)})`, type };
};

/** A quotient with six digits more than the dividend has, at most twelve, rounded half away from zero. */
export const quotient = (a: Typed, b: Typed): Typed => {
  const [left, right] = both('/', a, b);
  if (isReal(left.type, right.type))
    return { sql: `_sf.real_quotient(${as(left, REAL)}, ${as(right, REAL)})`, type: REAL };
  const [s1, s2] = [left.type.scale ?? 0, right.type.scale ?? 0];
  const scale = Math.max(s1, Math.min(s1 + 6, 12));
  const type = fixed(leading(left.type) + s2 + scale, scale);
  const dividend = unscaled(left, s1, scale + s2);
  const divisor = unscaled(right, s2, s2);
  const unit = scale === 0 ? '' : ` * 0.${'1'.padStart(scale, '0')}`;
  const quick = `(CAST(_sf.quotient(${dividend}, ${divisor}) AS DECIMAL(38,0))${unit})`;
  const roomy = [small(left, 37 - s1 - scale - s2), s2 > 0 ? small(right, 38 - 2 * s2) : undefined].filter(Boolean);
  if (roomy.length === 0) return { sql: quick, type };
  return {
    sql: `CASE WHEN ${roomy.join(' AND ')} THEN ${quick} ELSE ${exactly('quotient', left, right, type)} END`,
    type,
  };
};

const unscaled = (value: Typed, scale: number, shift: number): string => {
  const power = `1${'0'.repeat(shift)}`;
  const factor = scale > 0 ? `CAST(${power} AS DECIMAL(${shift + 1},0))` : `CAST(${power} AS HUGEINT)`;
  const base = `CAST(${value.sql} AS ${scale > 0 ? `DECIMAL(38,${scale})` : 'HUGEINT'})`;
  return shift === 0 ? base : scale > 0 ? `CAST(${base} * ${factor} AS HUGEINT)` : `${base} * ${factor}`;
};

export const divide: Rule = (parts, context, scope) => quotient(...operands(parts, context, scope));

export const remainder = (a: Typed, b: Typed): Typed => {
  const [left, right] = both('%', a, b);
  if (isReal(left.type, right.type)) return { sql: `_sf.remainder(${as(left, REAL)}, ${as(right, REAL)})`, type: REAL };
  const scale = Math.max(left.type.scale ?? 0, right.type.scale ?? 0);
  return {
    sql: `_sf.remainder(${wide(left)}, ${wide(right)})`,
    type: fixed(Math.max(leading(left.type), leading(right.type)) + scale, scale),
  };
};

export const modulo: Rule = (parts, context, scope) => remainder(...operands(parts, context, scope));

export const negate: Rule = (parts, context, scope) => {
  const value = context.expression(nodeAt(parts, 'this')!, scope);
  const number = isSemiStructured(value.type) || !isNumeric(value.type) ? numeric(value) : value;
  return { sql: `(-${number.sql})`, type: number.type };
};
