import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as } from '../coerce.ts';
import { numeric } from '../rules/arithmetic.ts';
import { sortKey } from '../ordering.ts';
import { ARRAY, OBJECT, REAL } from '../types.ts';

const listed = (call: Call, value: string, present: string): string =>
  `list(${value}) FILTER (WHERE ${present} IS NOT NULL)${call.parts.over ? ` OVER ${call.parts.over}` : ''}`;

/** The most frequent values with how often they come, counted exactly; of equal ones the smaller first. */
const topPairs = (call: Call): string => {
  const { sql, type } = call.arg(0);
  return listed(call, `{'value': ${call.variant(0)}, 'key': ${sortKey(sql, type)}}`, sql);
};

const states = (call: Call): string => listed(call, call.variant(0), call.variant(0));

const topState = (counters: string, pairs: string): string => `_sf.top_state(${pairs}, ${counters})`;

const topAccumulate: FunctionRule = (call) => {
  call.expect(2);
  return { sql: topState(call.integer(1), `_sf.top_values(${topPairs(call)}, ${call.integer(1)})`), type: OBJECT };
};

const topCombine: FunctionRule = (call) => {
  call.expect(1, 2);
  const counters = call.has(1) ? call.integer(1) : 'NULL';
  return { sql: `_sf.top_union(${states(call)}, ${counters})`, type: OBJECT };
};

const percentiles: FunctionRule = (call) => {
  call.expect(1);
  const value = as(numeric(call.arg(0)), REAL);
  return { sql: `_sf.digest(list_sort(coalesce(${listed(call, value, value)}, [])))`, type: OBJECT };
};

/** Approximations whose states are kept, united and asked: exact here, as nothing is left out of a state. */
export const APPROXIMATIONS: FunctionRules = {
  APPROX_PERCENTILE_ACCUMULATE: percentiles,
  APPROX_PERCENTILE_COMBINE: (call) => {
    call.expect(1);
    return {
      sql: `_sf.digest(list_sort(flatten(list_transform(${states(call)}, lambda s: _sf.digested(s)))))`,
      type: OBJECT,
    };
  },
  APPROX_PERCENTILE_ESTIMATE: (call) => {
    call.expect(2);
    const state = `_sf.digested(${call.variant(0)})`;
    return { sql: `list_aggregate(${state}, 'quantile_cont', CAST(${call.arg(1).sql} AS DOUBLE))`, type: REAL };
  },
  APPROX_TOP_K: (call) => {
    call.expect(1, 3);
    return { sql: `_sf.top_values(${topPairs(call)}, ${call.has(1) ? call.integer(1) : '1'})`, type: ARRAY };
  },
  APPROX_TOP_K_ACCUMULATE: topAccumulate,
  APPROX_TOP_K_COMBINE: topCombine,
  APPROX_TOP_K_ESTIMATE: (call) => {
    call.expect(1, 2);
    return { sql: `_sf.top_estimate(${call.variant(0)}, ${call.has(1) ? call.integer(1) : '1'})`, type: ARRAY };
  },
};
