import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as } from '../coerce.ts';
import { sortKey } from '../ordering.ts';
import { numeric } from '../rules/arithmetic.ts';
import { kindOf, nodesAt, partsOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { ARRAY, BOOLEAN, fixed, INTEGER, REAL } from '../types.ts';
import type { Typed } from '../types.ts';
import { COLLECTING } from './collecting.ts';
import { hashOf } from './hashing.ts';
import { starValues } from './star-arguments.ts';
import { average, sum } from './sums.ts';

const COUNT = fixed(18, 0);

const count = (call: Call): Typed => {
  const [first] = call.parts.nodes;
  if (first && isWholeStar(first)) return { sql: call.aggregate('count', '*'), type: COUNT };
  call.expect(1, 1000);
  const values = starValues(call).map(counted);
  if (values.length === 1) return { sql: call.aggregate('count', values[0]!), type: COUNT };
  const whole = `CASE WHEN ${values.map((value) => `${value} IS NOT NULL`).join(' AND ')} THEN row(${values.join(', ')}) END`;
  return { sql: call.aggregate('count', whole), type: COUNT };
};

/** A star that means the rows themselves, and not those without a NULL. */
const isWholeStar = (node: Node): boolean =>
  kindOf(node) === 'star' && !partsOf(node)['table'] && nodesAt(partsOf(node), 'except').length === 0;

/** A null of JSON counts as little as one of SQL; texts of a collation are counted by it. */
const counted = ({ sql, type }: Typed): string =>
  type.collation !== undefined
    ? sortKey(sql, type)
    : type.name === 'variant'
      ? `CASE WHEN ${sql} <> 'null' THEN ${sql} END`
      : sql;

const extreme =
  (duckName: 'min' | 'max'): FunctionRule =>
  (call) => {
    call.expect(1);
    const { sql, type } = call.arg(0);
    const key = sortKey(sql, type);
    return {
      sql: key === sql ? call.aggregate(duckName, sql) : call.aggregate(`arg_${duckName}`, `${sql}, ${key}`),
      type,
    };
  };

const extremeBy =
  (duckName: 'arg_min' | 'arg_max'): FunctionRule =>
  (call) => {
    call.expect(2, 3);
    const [value, by] = [call.arg(0), call.arg(1)];
    const key = sortKey(by.sql, by.type);
    if (call.has(2)) {
      const over = call.parts.over ? ` OVER ${call.parts.over}` : '';
      const rows = `list({'key': ${key}, 'value': ${call.variant(0)}}) FILTER (WHERE ${by.sql} IS NOT NULL)${over}`;
      return { sql: `_sf.${duckName}_values(${rows}, ${call.integer(2)})`, type: ARRAY };
    }
    return { sql: call.aggregate(duckName, `${value.sql}, ${key}`), type: value.type };
  };

const real =
  (duckName: string, arity = 1): FunctionRule =>
  (call) => {
    call.expect(arity);
    return { sql: call.aggregate(duckName, call.args.map((arg) => as(arg, REAL)).join(', ')), type: REAL };
  };

/** What DuckDB makes of nothing to divide by, such as the correlation of one pair, is NULL; a NaN among the values stays one. */
const related =
  (duckName: string): FunctionRule =>
  (call) => {
    const { sql, type } = real(duckName, 2)(call);
    const spread = call.aggregate('covar_pop', `${call.real(0)}, ${call.real(1)}`);
    return { sql: `CASE WHEN isnan(${sql}) AND NOT isnan(${spread}) THEN NULL ELSE ${sql} END`, type };
  };

/** Variances of NUMBER are NUMBER, with six digits more behind the point than the square has. */
const variance =
  (duckName: string): FunctionRule =>
  (call) => {
    call.expect(1);
    const value = numeric(call.arg(0));
    const found = call.aggregate(duckName, as(value, REAL));
    if (value.type.name === 'real') return { sql: found, type: REAL };
    const type = fixed(38, Math.min(2 * (value.type.scale ?? 0) + 6, 12));
    return { sql: `CAST(${found} AS DECIMAL(38,${type.scale}))`, type };
  };

/** The root of the variance, with the digits that the variance has. */
const deviation =
  (duckName: string): FunctionRule =>
  (call) => ({ sql: `sqrt(${as(variance(duckName)(call), REAL)})`, type: REAL });

const boolean =
  (template: (call: Call, value: string) => string): FunctionRule =>
  (call) => {
    call.expect(1);
    return { sql: template(call, call.boolean(0)), type: BOOLEAN };
  };

const bits =
  (duckName: string): FunctionRule =>
  (call) => {
    call.expect(1);
    return { sql: call.aggregate(duckName, call.integer(0)), type: INTEGER };
  };

const grouping: FunctionRule = (call) => ({
  sql: `grouping(${call.args.map((arg) => arg.sql).join(', ')})`,
  type: COUNT,
});

/** Aggregate functions, which are window functions too where OVER follows. */
export const AGGREGATES: FunctionRules = {
  ...COLLECTING,
  ANY_VALUE: (call) => ({ sql: call.aggregate('any_value', call.arg(0).sql), type: call.arg(0).type }),
  AVG: average,
  BITANDAGG: bits('bit_and'),
  BITAND_AGG: bits('bit_and'),
  BITORAGG: bits('bit_or'),
  BITOR_AGG: bits('bit_or'),
  BITXORAGG: bits('bit_xor'),
  BITXOR_AGG: bits('bit_xor'),
  BOOLAND_AGG: boolean((call, value) => call.aggregate('bool_and', value)),
  BOOLOR_AGG: boolean((call, value) => call.aggregate('bool_or', value)),
  BOOLXOR_AGG: boolean(
    (call, value) =>
      `CASE WHEN ${call.aggregate('count', value)} > 0 THEN ${call.aggregate('count_if', value)} = 1 END`,
  ),
  CORR: related('corr'),
  COUNT: count,
  // DuckDB's own count_if is NULL where there are no rows.
  COUNT_IF: (call) => ({ sql: call.aggregate('count', `CASE WHEN ${call.boolean(0)} THEN 1 END`), type: COUNT }),
  COVAR_POP: real('covar_pop', 2),
  COVAR_SAMP: real('covar_samp', 2),
  GROUPING: grouping,
  GROUPING_ID: grouping,
  HASH_AGG: (call) => {
    const hashes = `CAST(${hashOf(call)} AS HUGEINT)`;
    return { sql: `_sf.wrap64(coalesce(${call.aggregate('sum', hashes)}, 0))`, type: fixed(19, 0) };
  },
  KURTOSIS: real('kurtosis'),
  MAX: extreme('max'),
  MAX_BY: extremeBy('arg_max'),
  MIN: extreme('min'),
  MIN_BY: extremeBy('arg_min'),
  MODE: (call) => ({ sql: call.aggregate('mode', call.arg(0).sql), type: call.arg(0).type }),
  REGR_AVGX: real('regr_avgx', 2),
  REGR_AVGY: real('regr_avgy', 2),
  REGR_COUNT: (call) => ({ sql: call.aggregate('regr_count', `${call.real(0)}, ${call.real(1)}`), type: COUNT }),
  REGR_INTERCEPT: related('regr_intercept'),
  REGR_R2: related('regr_r2'),
  REGR_SLOPE: related('regr_slope'),
  REGR_SXX: real('regr_sxx', 2),
  REGR_SXY: real('regr_sxy', 2),
  REGR_SYY: real('regr_syy', 2),
  SKEW: real('skewness'),
  STDDEV: deviation('var_samp'),
  STDDEV_POP: deviation('var_pop'),
  STDDEV_SAMP: deviation('var_samp'),
  SUM: sum,
  VARIANCE: variance('var_samp'),
  VARIANCE_POP: variance('var_pop'),
  VARIANCE_SAMP: variance('var_samp'),
  VAR_POP: variance('var_pop'),
  VAR_SAMP: variance('var_samp'),
};
