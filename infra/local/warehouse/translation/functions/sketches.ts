import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { ARRAY, BINARY, fixed, INTEGER } from '../types.ts';
import type { Typed } from '../types.ts';
import { define } from './define.ts';
import { hashOf } from './hashing.ts';
import { starValues } from './star-arguments.ts';

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

/** What two sets make of each other. */
const pair =
  (macro: string): FunctionRule =>
  (call) => {
    call.expect(2);
    const [a, b] = [call.as(0, BINARY), call.as(1, BINARY)];
    return { sql: `CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN _sf.${macro}([${a}, ${b}]) END`, type: BINARY };
  };

/** Rows without a NULL, each once. */
const counted = (values: readonly string[]): string =>
  values.length === 1
    ? `DISTINCT ${values[0]}`
    : `DISTINCT CASE WHEN ${values.map((value) => `${value} IS NOT NULL`).join(' AND ')} THEN row(${values.join(', ')}) END`;

const estimated: FunctionRule = (call) => ({
  sql: call.aggregate('count', counted(starValues(call).map(({ sql }) => sql))),
  type: COUNT,
});

const hashes: FunctionRule = (call) => gathered(call, `CAST(${hashOf(call)} AS HUGEINT)`);

/** Sets of numbers that are gathered, united and counted: bitmaps and HyperLogLog states, which are exact here. */
export const SKETCHES: FunctionRules = {
  APPROX_COUNT_DISTINCT: estimated,
  BITMAP_ABSOLUTE_POSITION: define(INTEGER, 'integer integer', '(($1 - 1) * 32768 + $2 + 1)'),
  BITMAP_AND: pair('common_sets'),
  BITMAP_AND_AGG: (call) => {
    call.expect(1);
    return { sql: `_sf.common_sets(${call.aggregate('list', call.as(0, BINARY))})`, type: BINARY };
  },
  BITMAP_CONSTRUCT_AGG: (call) => {
    call.expect(1);
    return gathered(call, `CAST(${call.as(0, INTEGER)} AS HUGEINT)`);
  },
  BITMAP_COUNT: size,
  BITMAP_OR: pair('united_sets'),
  BITMAP_OR_AGG: combined,
  BITMAP_TO_ARRAY: (call) => {
    call.expect(1, 2);
    return { sql: `_sf.set_places(${call.as(0, BINARY)}, ${call.has(1) ? call.integer(1) : '1'})`, type: ARRAY };
  },
  DATASKETCHES_HLL: estimated,
  DATASKETCHES_HLL_ACCUMULATE: hashes,
  DATASKETCHES_HLL_COMBINE: combined,
  DATASKETCHES_HLL_ESTIMATE: size,
  HLL: estimated,
  HLL_ACCUMULATE: hashes,
  HLL_COMBINE: combined,
  HLL_ESTIMATE: size,
};
