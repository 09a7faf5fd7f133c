import type { FunctionRule, FunctionRules } from '../call.ts';
import { numeric, quotient, remainder } from '../rules/arithmetic.ts';
import { fixed, INTEGER, REAL } from '../types.ts';
import type { Typed } from '../types.ts';
import { BITS } from './bits.ts';
import { define } from './define.ts';
import { HASHES } from './hashing.ts';
import { ROUNDING } from './rounding.ts';

const real = (template: string, arity = 1): FunctionRule => define(REAL, Array(arity).fill('real').join(' '), template);

const kept =
  (duckName: string): FunctionRule =>
  (call) => {
    call.expect(1);
    const value = numeric(call.arg(0));
    return { sql: `${duckName}(${value.sql})`, type: value.type };
  };

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

/** Numbers: rounding, powers, trigonometry, bits and hashes. */
export const NUMBERS: FunctionRules = {
  ...BITS,
  ...HASHES,
  ...ROUNDING,
  ABS: kept('abs'),
  ACOS: real('_sf.checked_acos($1)'),
  ACOSH: real('_sf.checked_acosh($1)'),
  ASIN: real('_sf.checked_asin($1)'),
  ASINH: real('asinh($1)'),
  ATAN: real('atan($1)'),
  ATAN2: real('atan2($1, $2)', 2),
  ATANH: real('_sf.checked_atanh($1)'),
  BITMAP_BIT_POSITION: define(INTEGER, 'integer', 'CASE WHEN $1 > 0 THEN ($1 - 1) % 32768 ELSE -($1) % 32768 END'),
  BITMAP_BUCKET_NUMBER: define(
    INTEGER,
    'integer',
    'CASE WHEN $1 > 0 THEN ($1 - 1) // 32768 + 1 ELSE -(-($1) // 32768) END',
  ),
  CBRT: real('_sf.cbrt($1)'),
  COS: real('cos($1)'),
  COSH: real('cosh($1)'),
  COT: real(`CASE WHEN $1 = 0 THEN CAST('inf' AS DOUBLE) ELSE cot($1) END`),
  DEGREES: real('degrees($1)'),
  DIV0: div0(false),
  DIV0NULL: div0(true),
  EXP: real('exp($1)'),
  FACTORIAL: define(INTEGER, 'integer', '_sf.factorial($1)'),
  HAVERSINE: define(
    REAL,
    'real real real real',
    '(2 * 6371 * asin(sqrt(pow(sin(radians($3 - $1) / 2), 2) + cos(radians($1)) * cos(radians($3)) * pow(sin(radians($4 - $2) / 2), 2))))',
  ),
  LN: real('_sf.checked_ln($1)'),
  LOG: real('(_sf.checked_ln($2) / _sf.checked_ln($1))', 2),
  MOD: (call): Typed => {
    call.expect(2);
    return remainder(call.arg(0), call.arg(1));
  },
  PI: define(REAL, '', 'pi()'),
  POW: real('pow($1, $2)', 2),
  POWER: real('pow($1, $2)', 2),
  RADIANS: real('radians($1)'),
  SIGN: sign,
  SIN: real('sin($1)'),
  SINH: real('sinh($1)'),
  SQRT: real('_sf.checked_sqrt($1)'),
  SQUARE: real('($1 * $1)'),
  TAN: real('tan($1)'),
  TANH: real('tanh($1)'),
  WIDTH_BUCKET: define(INTEGER, 'real real real integer', '_sf.width_bucket($1, $2, $3, $4)'),
};
