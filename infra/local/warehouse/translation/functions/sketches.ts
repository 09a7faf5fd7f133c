import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { sortKey } from '../ordering.ts';
import { ARRAY, BINARY, fixed, INTEGER } from '../types.ts';
import type { Typed } from '../types.ts';
import { hashOf } from './hashing.ts';

const COUNT = fixed(18, 0);

/** A set of whole numbers, as the bytes of its JSON: what BITMAP_... and HLL_... keep here, exactly. */
const gathered = (call: Call, numbers: string): Typed => {
  const list = `list(DISTINCT ${numbers}) FILTER (WHERE ${call.arg(0).sql} IS NOT NULL)${call.parts.over ? ` OVER ${call.parts.over}` : ''}`;
  return { sql: `_sf.set_bytes(${list})`, type: BINARY };
};

const combined: FunctionRule = (call) => {
  call.expect(1);
  return { sql: `_sf.united_sets(${call.aggregate('list', call.as(0, BINARY))})`, type: BINARY };
};

const size: FunctionRule = (call) => {
  call.expect(1);
  return { sql: `_sf.set_size(${call.as(0, BINARY)})`, type: COUNT };
};

/** The most frequent values with how often they come, counted exactly; of equal ones the smaller first. */
const topK: FunctionRule = (call) => {
  call.expect(1, 3);
  const { sql, type } = call.arg(0);
  const key = sortKey(sql, type);
  const pairs = `list({'value': ${call.variant(0)}, 'key': ${key}}) FILTER (WHERE ${sql} IS NOT NULL)${call.parts.over ? ` OVER ${call.parts.over}` : ''}`;
  return { sql: `_sf.top_values(${pairs}, ${call.has(1) ? call.integer(1) : '1'})`, type: ARRAY };
};

/** Sets of numbers that are gathered, united and counted: bitmaps and HyperLogLog states, which are exact here. */
export const SKETCHES: FunctionRules = {
  APPROX_TOP_K: topK,
  BITMAP_CONSTRUCT_AGG: (call) => {
    call.expect(1);
    return gathered(call, `CAST(${call.as(0, INTEGER)} AS HUGEINT)`);
  },
  BITMAP_COUNT: size,
  BITMAP_OR_AGG: combined,
  HLL_ACCUMULATE: (call) => gathered(call, `CAST(${hashOf(call)} AS HUGEINT)`),
  HLL_COMBINE: combined,
  HLL_ESTIMATE: size,
};
