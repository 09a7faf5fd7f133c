import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as, coerce } from '../coerce.ts';
import { uncollated } from '../collations.ts';
import { unsupported } from '../failures.ts';
import { numeric } from '../rules/arithmetic.ts';
import { nodeAt } from '../tree.ts';
import { ARRAY, fixed, OBJECT, REAL, TEXT, VARIANT } from '../types.ts';
import type { Typed } from '../types.ts';

const listAgg = (call: Call): Typed => {
  call.expect(1, 2);
  if (call.parts.distinct) uncollated(call.arg(0), `${call.name} DISTINCT`);
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
  if (call.parts.distinct) uncollated(call.arg(0), `${call.name} DISTINCT`);
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
  const [key, value] = [call.text(0), call.variant(1)];
  const list = (one: string): string =>
    `list(${one}) FILTER (WHERE ${key} IS NOT NULL AND ${value} IS NOT NULL)${over}`;
  return { sql: `coalesce(_sf.object_agg(${list(key)}, ${list(value)}), CAST('{}' AS JSON))`, type: OBJECT };
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
  const found = call.aggregate(duckName, `${wide}${rest}`);
  const largest = call.aggregate('max', `abs(${wide})`);
  const feature = `${call.name} of numbers with more than ${15 - type.scale!} digits before the point`;
  // DuckDB interpolates in double precision.
  const exact = `1e${15 - type.scale!}`;
  return {
    sql: `CASE WHEN ${largest} >= ${exact} THEN error('Unsupported feature ''${feature}''') ELSE ${found} END`,
    type,
  };
};

const approximate: FunctionRule = (call) => {
  call.expect(2);
  return { sql: call.aggregate('quantile_cont', `${call.real(0)}, CAST(${call.arg(1).sql} AS DOUBLE)`), type: REAL };
};

/** Aggregates that gather values in an order: lists, arrays, objects, percentiles. */
export const COLLECTING: FunctionRules = {
  APPROX_PERCENTILE: approximate,
  ARRAYAGG: arrayAgg,
  ARRAY_AGG: arrayAgg,
  LISTAGG: listAgg,
  MEDIAN: (call) => middle(call, call.arg(0), 'median', ''),
  OBJECT_AGG: objectAgg,
  PERCENTILE_CONT: percentile('quantile_cont'),
  PERCENTILE_DISC: percentile('quantile_disc'),
  STRING_AGG: listAgg,
};
