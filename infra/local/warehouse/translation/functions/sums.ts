import type { Call } from '../call.ts';
import { numeric, quotient } from '../rules/arithmetic.ts';
import { fixed, REAL } from '../types.ts';
import type { Typed } from '../types.ts';

/** Digits of numbers whose sum could have more than 38 only over more rows than a laptop holds. */
const SAFE_DIGITS = 27;

/** DuckDB's sum of wide numbers goes beyond their range and comes out at its other end: a rough sum tells that first. */
const total = (call: Call, { sql, type }: Typed): string => {
  const exact = call.aggregate('sum', sql);
  if ((type.precision ?? 38) <= SAFE_DIGITS) return exact;
  const limit = `1e${38 - (type.scale ?? 0)}`;
  const { over, partition } = call.parts;
  // A rough sum of each frame takes far longer than one of the whole partition, within which no frame's can be greater.
  if (partition !== undefined && over !== partition)
    return `CASE WHEN sum(abs(CAST(${sql} AS DOUBLE))) OVER ${partition} >= ${limit} THEN error('Unsupported feature ''a window over numbers whose sum may have more than 38 digits''') ELSE ${exact} END`;
  const rough = call.aggregate('sum', `CAST(${sql} AS DOUBLE)`);
  return `CASE WHEN abs(${rough}) >= ${limit} THEN error('Number out of representable range: sum ' || ${rough}) ELSE ${exact} END`;
};

/** SUM: exact, or refused. */
export const sum = (call: Call): Typed => {
  call.expect(1);
  const value = numeric(call.arg(0));
  return value.type.name === 'real'
    ? { sql: call.aggregate('sum', value.sql), type: REAL }
    : { sql: total(call, value), type: fixed(38, value.type.scale ?? 0) };
};

/** AVG, with the digits of a quotient. */
export const average = (call: Call): Typed => {
  call.expect(1);
  const value = numeric(call.arg(0));
  if (value.type.name === 'real') return { sql: call.aggregate('avg', value.sql), type: REAL };
  const all: Typed = { sql: total(call, value), type: fixed(38, value.type.scale ?? 0) };
  const rows: Typed = { sql: `nullif(${call.aggregate('count', value.sql)}, 0)`, type: fixed(18, 0) };
  const { sql, type } = quotient(all, rows);
  return { sql, type: fixed(38, type.scale) };
};
