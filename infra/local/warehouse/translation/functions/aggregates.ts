import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as, coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { sortKey } from '../ordering.ts';
import { numeric, quotient } from '../rules/arithmetic.ts';
import { kindOf, nodeAt } from '../tree.ts';
import { ARRAY, BOOLEAN, fixed, INTEGER, OBJECT, REAL, TEXT, VARIANT } from '../types.ts';
import type { Typed } from '../types.ts';
import { hashOf } from './hashing.ts';

const COUNT = fixed(18, 0);

const count = (call: Call): Typed => {
  if (call.parts.nodes[0] && kindOf(call.parts.nodes[0]) === 'star')
    return { sql: call.aggregate('count', '*'), type: COUNT };
  call.expect(1, 1000);
  if (call.count === 1) return { sql: call.aggregate('count', call.arg(0).sql), type: COUNT };
  const values = call.args.map((arg) => arg.sql);
  const whole = `CASE WHEN ${values.map((value) => `${value} IS NOT NULL`).join(' AND ')} THEN row(${values.join(', ')}) END`;
  return { sql: call.aggregate('count', whole), type: COUNT };
};

const sum = (call: Call): Typed => {
  call.expect(1);
  const value = numeric(call.arg(0));
  return value.type.name === 'real'
    ? { sql: call.aggregate('sum', value.sql), type: REAL }
    : { sql: call.aggregate('sum', value.sql), type: fixed(38, value.type.scale ?? 0) };
};

const average = (call: Call): Typed => {
  call.expect(1);
  const value = numeric(call.arg(0));
  if (value.type.name === 'real') return { sql: call.aggregate('avg', value.sql), type: REAL };
  const total: Typed = { sql: call.aggregate('sum', value.sql), type: fixed(38, value.type.scale ?? 0) };
  const rows: Typed = { sql: `nullif(${call.aggregate('count', value.sql)}, 0)`, type: COUNT };
  const { sql, type } = quotient(total, rows);
  return { sql, type: fixed(38, type.scale) };
};

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
    call.expect(2);
    const [value, by] = [call.arg(0), call.arg(1)];
    return { sql: call.aggregate(duckName, `${value.sql}, ${sortKey(by.sql, by.type)}`), type: value.type };
  };

const real =
  (duckName: string, arity = 1): FunctionRule =>
  (call) => {
    call.expect(arity);
    return { sql: call.aggregate(duckName, call.args.map((arg) => as(arg, REAL)).join(', ')), type: REAL };
  };

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

const listAgg = (call: Call): Typed => {
  call.expect(1, 2);
  const separator = call.has(1) ? call.text(1) : "''";
  const order = orderOf(call, call.text(0));
  return { sql: `coalesce(${call.aggregate('string_agg', `${call.text(0)}, ${separator}`, order)}, '')`, type: TEXT };
};

/** The order within a group; DuckDB sorts DISTINCT values by the value alone. */
const orderOf = (call: Call, value: string): { order?: string } => {
  const { order, orderNodes = [] } = call.parts;
  if (!order) return {};
  if (!call.parts.distinct) return { order };
  if (orderNodes.length !== 1) throw unsupported(`${call.name} DISTINCT ordered by several expressions`);
  const direction = orderNodes[0]!['desc'] === true ? ' DESC' : '';
  const by = call.context.expression(nodeAt(orderNodes[0]!, 'this')!, call.scope);
  if (as(by, TEXT) !== value && by.sql !== value)
    throw unsupported(`${call.name} DISTINCT ordered by another expression`);
  return { order: `${value}${direction}` };
};

const collected = (call: Call, value: string, order: { order?: string }): string => {
  const { over } = call.parts;
  const inner = `list(${call.parts.distinct ? 'DISTINCT ' : ''}${value}${order.order ? ` ORDER BY ${order.order}` : ''}) FILTER (WHERE ${value} IS NOT NULL)`;
  return over ? `${inner} OVER ${over}` : inner;
};

const arrayAgg = (call: Call): Typed => {
  call.expect(1);
  const value = coerce(call.arg(0), VARIANT).sql;
  const order =
    call.parts.distinct && call.parts.order
      ? { order: `${value}${call.parts.orderNodes?.[0]?.['desc'] === true ? ' DESC' : ''}` }
      : orderOf(call, value);
  return { sql: `_sf.list_json(${collected(call, value, order)})`, type: ARRAY };
};

const objectAgg = (call: Call): Typed => {
  call.expect(2);
  const over = call.parts.over ? ` OVER ${call.parts.over}` : '';
  const list = (value: string): string => `list(${value})${over}`;
  return { sql: `_sf.object_drop(${list(call.text(0))}, ${list(call.variant(1))})`, type: OBJECT };
};

const percentile =
  (duckName: 'quantile_cont' | 'quantile_disc'): FunctionRule =>
  (call) => {
    call.expect(1);
    const item = call.parts.orderNodes?.[0];
    if (!item) throw unsupported(`${call.name} without WITHIN GROUP`);
    const value = call.context.expression(nodeAt(item, 'this')!, call.scope);
    const fraction = item['desc'] === true ? `1 - ${call.arg(0).sql}` : call.arg(0).sql;
    if (duckName === 'quantile_disc')
      return { sql: call.aggregate(duckName, `${value.sql}, CAST(${fraction} AS DOUBLE)`), type: value.type };
    return middle(call, value, `quantile_cont`, `, CAST(${fraction} AS DOUBLE)`);
  };

/** An interpolated value: FLOAT of FLOAT, else a NUMBER with three more digits behind the point. */
const middle = (call: Call, value: Typed, duckName: string, rest: string): Typed => {
  const number = numeric(value);
  if (number.type.name === 'real') return { sql: call.aggregate(duckName, `${number.sql}${rest}`), type: REAL };
  const type = fixed(38, Math.min(37, (number.type.scale ?? 0) + 3));
  const wide = `CAST(${number.sql} AS DECIMAL(38,${type.scale}))`;
  return { sql: call.aggregate(duckName, `${wide}${rest}`), type };
};

const grouping: FunctionRule = (call) => ({
  sql: `grouping(${call.args.map((arg) => arg.sql).join(', ')})`,
  type: COUNT,
});

/** Aggregate functions, which are window functions too where OVER follows. */
export const AGGREGATES: FunctionRules = {
  ANY_VALUE: (call) => ({ sql: call.aggregate('any_value', call.arg(0).sql), type: call.arg(0).type }),
  APPROX_COUNT_DISTINCT: (call) => ({
    sql: call.aggregate('count', `DISTINCT ${call.args.map((arg) => arg.sql).join(', ')}`),
    type: COUNT,
  }),
  ARRAYAGG: arrayAgg,
  ARRAY_AGG: arrayAgg,
  AVG: average,
  BITANDAGG: bits('bit_and'),
  BITAND_AGG: bits('bit_and'),
  BITORAGG: bits('bit_or'),
  BITOR_AGG: bits('bit_or'),
  BITXORAGG: bits('bit_xor'),
  BITXOR_AGG: bits('bit_xor'),
  BOOLAND_AGG: boolean((call, value) => call.aggregate('bool_and', value)),
  BOOLOR_AGG: boolean((call, value) => call.aggregate('bool_or', value)),
  BOOLXOR_AGG: boolean((call, value) => `(${call.aggregate('count_if', value)} = 1)`),
  CORR: real('corr', 2),
  COUNT: count,
  COUNT_IF: (call) => ({ sql: call.aggregate('count_if', call.boolean(0)), type: COUNT }),
  COVAR_POP: real('covar_pop', 2),
  COVAR_SAMP: real('covar_samp', 2),
  GROUPING: grouping,
  GROUPING_ID: grouping,
  HASH_AGG: (call) => {
    const hashes = `CAST(${hashOf(call)} AS HUGEINT)`;
    return { sql: `_sf.wrap64(coalesce(${call.aggregate('sum', hashes)}, 0))`, type: fixed(19, 0) };
  },
  HLL: (call) => ({
    sql: call.aggregate('count', `DISTINCT ${call.args.map((arg) => arg.sql).join(', ')}`),
    type: COUNT,
  }),
  KURTOSIS: real('kurtosis'),
  LISTAGG: listAgg,
  MAX: extreme('max'),
  MAX_BY: extremeBy('arg_max'),
  MEDIAN: (call) => middle(call, call.arg(0), 'median', ''),
  MIN: extreme('min'),
  MIN_BY: extremeBy('arg_min'),
  MODE: (call) => ({ sql: call.aggregate('mode', call.arg(0).sql), type: call.arg(0).type }),
  OBJECT_AGG: objectAgg,
  PERCENTILE_CONT: percentile('quantile_cont'),
  PERCENTILE_DISC: percentile('quantile_disc'),
  REGR_AVGX: real('regr_avgx', 2),
  REGR_AVGY: real('regr_avgy', 2),
  REGR_COUNT: (call) => ({ sql: call.aggregate('regr_count', `${call.real(0)}, ${call.real(1)}`), type: COUNT }),
  REGR_INTERCEPT: real('regr_intercept', 2),
  REGR_R2: real('regr_r2', 2),
  REGR_SLOPE: real('regr_slope', 2),
  SKEW: real('skewness'),
  STDDEV: real('stddev_samp'),
  STDDEV_POP: real('stddev_pop'),
  STDDEV_SAMP: real('stddev_samp'),
  STRING_AGG: listAgg,
  SUM: sum,
  VARIANCE: real('var_samp'),
  VARIANCE_POP: real('var_pop'),
  VARIANCE_SAMP: real('var_samp'),
  VAR_POP: real('var_pop'),
  VAR_SAMP: real('var_samp'),
};
