import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { numeric, quotient, remainder } from '../rules/arithmetic.ts';
import { dateUnit } from '../rules/date-units.ts';
import { fixed, INTEGER, isTimestamp, REAL } from '../types.ts';
import type { Typed } from '../types.ts';
import { define } from './define.ts';
import { DATES } from './dates.ts';
import { HASHES } from './hashing.ts';

const real = (template: string, arity = 1): FunctionRule => define(REAL, Array(arity).fill('real').join(' '), template);

/** The whole number in an argument's place, where it is a literal. */
const literalInteger = (call: Call, index: number): number | undefined => {
  const match = /^\(?(-?\d+)\)?$/.exec(call.has(index) ? call.arg(index).sql : '0');
  return match ? Number(match[1]) : undefined;
};

/** ROUND, TRUNC, CEIL and FLOOR: the scale of the result is the asked one, never more than the argument has. */
const rounded =
  (duckName: 'round' | 'trunc' | 'ceil' | 'floor'): FunctionRule =>
  (call) => {
    call.expect(1, duckName === 'round' ? 3 : 2);
    if (call.has(2) && call.literal(2)?.toUpperCase() !== 'HALF_AWAY_FROM_ZERO') return halfToEven(call);
    const value = numeric(call.arg(0));
    const places = literalInteger(call, 1);
    if (value.type.name === 'real' || places === undefined) {
      const number = as(value, REAL);
      return { sql: `_sf.${duckName}_real(${number}, ${call.has(1) ? call.integer(1) : '0'})`, type: REAL };
    }
    const scale = value.type.scale ?? 0;
    if (places >= scale) return value;
    const kept = Math.max(0, places);
    const type = fixed(Math.min(38, (value.type.precision ?? 38) - scale + kept + 1), kept);
    const sql = `CAST(${scaledDown(duckName, value.sql, places)} AS DECIMAL(${type.precision},${kept}))`;
    return { sql, type };
  };

const halfToEven = (call: Call): Typed => {
  const value = numeric(call.arg(0));
  const places = literalInteger(call, 1);
  if (
    call.literal(2)?.toUpperCase() !== 'HALF_TO_EVEN' ||
    value.type.name === 'real' ||
    places === undefined ||
    places < 0
  )
    throw unsupported('ROUND with this rounding mode');
  if (places >= (value.type.scale ?? 0)) return value;
  const factor = `1${'0'.repeat(places)}`;
  const type = fixed(value.type.precision, places);
  const shifted = `(${value.sql} * CAST(${factor} AS DECIMAL(${places + 1},0)))`;
  const unit = places === 0 ? '' : ` * 0.${'1'.padStart(places, '0')}`;
  return { sql: `CAST(_sf.half_even(${shifted})${unit} AS DECIMAL(${type.precision},${places}))`, type };
};

const scaledDown = (duckName: string, sql: string, places: number): string => {
  if (duckName === 'round') return `round(${sql}, ${places})`;
  if (places === 0) return `${duckName}(${sql})`;
  const factor = `CAST(1${'0'.repeat(Math.abs(places))} AS DECIMAL(${Math.abs(places) + 1},0))`;
  return places > 0
    ? `${duckName}(${sql} * ${factor}) * 0.${'1'.padStart(places, '0')}`
    : `${duckName}(CAST(${sql} AS DECIMAL(38,${Math.abs(places)})) * 0.${'1'.padStart(-places, '0')}) * ${factor}`;
};

const kept =
  (duckName: string): FunctionRule =>
  (call) => {
    call.expect(1);
    const value = numeric(call.arg(0));
    return { sql: `${duckName}(${value.sql})`, type: value.type };
  };

const trunc: FunctionRule = (call) => {
  const first = call.arg(0);
  const isDate = first.type.name === 'date' || isTimestamp(first.type);
  if (!isDate) return rounded('trunc')(call);
  const unit = dateUnit(call.word(1));
  return DATES['DATE_TRUNC']!(
    Object.assign(Object.create(call) as Call, { word: () => unit, arg: () => first, expect: () => undefined }),
  );
};

const bitwise = (template: string): FunctionRule =>
  define(INTEGER, template.includes('$2') ? 'integer integer' : 'integer', template);

const sign: FunctionRule = (call) => ({ sql: `sign(${numeric(call.arg(0)).sql})`, type: fixed(1, 0) });

const div0 =
  (orNull: boolean): FunctionRule =>
  (call) => {
    call.expect(2);
    const [a, b] = [numeric(call.arg(0)), numeric(call.arg(1))];
    const zero = orNull ? `coalesce(${b.sql}, 0) = 0` : `${b.sql} = 0`;
    const { sql, type } = quotient(a, b);
    return {
      sql: `CASE WHEN ${zero} THEN ${orNull ? `CASE WHEN ${a.sql} IS NOT NULL THEN 0 END` : `CASE WHEN ${a.sql} IS NOT NULL THEN 0 END`} ELSE ${sql} END`,
      type,
    };
  };

/** Numbers: rounding, powers, trigonometry, bits, hashes and random values. */
export const NUMBERS: FunctionRules = {
  ...HASHES,
  ABS: kept('abs'),
  ACOS: real('acos($1)'),
  ACOSH: real('acosh($1)'),
  ASIN: real('asin($1)'),
  ASINH: real('asinh($1)'),
  ATAN: real('atan($1)'),
  ATAN2: real('atan2($1, $2)', 2),
  ATANH: real('atanh($1)'),
  BITAND: bitwise('($1 & $2)'),
  BITNOT: bitwise('(~$1)'),
  BITOR: bitwise('($1 | $2)'),
  BITSHIFTLEFT: bitwise('($1 << $2)'),
  BITSHIFTRIGHT: bitwise('($1 >> $2)'),
  BITXOR: bitwise('xor($1, $2)'),
  CBRT: real('cbrt($1)'),
  CEIL: rounded('ceil'),
  CEILING: rounded('ceil'),
  COS: real('cos($1)'),
  COSH: real('cosh($1)'),
  COT: real('cot($1)'),
  DEGREES: real('degrees($1)'),
  DIV0: div0(false),
  DIV0NULL: div0(true),
  EXP: real('exp($1)'),
  FACTORIAL: define(INTEGER, 'integer', 'factorial(CAST($1 AS INTEGER))'),
  FLOOR: rounded('floor'),
  HAVERSINE: define(
    REAL,
    'real real real real',
    '(2 * 6371 * asin(sqrt(pow(sin(radians($3 - $1) / 2), 2) + cos(radians($1)) * cos(radians($3)) * pow(sin(radians($4 - $2) / 2), 2))))',
  ),
  LN: real('ln($1)'),
  LOG: real('(ln($2) / ln($1))', 2),
  MOD: (call): Typed => {
    call.expect(2);
    return remainder(call.arg(0), call.arg(1));
  },
  PI: define(REAL, '', 'pi()'),
  POW: real('pow($1, $2)', 2),
  POWER: real('pow($1, $2)', 2),
  RADIANS: real('radians($1)'),
  ROUND: rounded('round'),
  SIGN: sign,
  SIN: real('sin($1)'),
  SINH: real('sinh($1)'),
  SQRT: real('sqrt($1)'),
  SQUARE: real('($1 * $1)'),
  TAN: real('tan($1)'),
  TANH: real('tanh($1)'),
  TRUNC: trunc,
  TRUNCATE: trunc,
  WIDTH_BUCKET: define(INTEGER, 'real real real integer', '_sf.width_bucket($1, $2, $3, $4)'),
};
