import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { DATE, LTZ, NTZ, TIME, TZ } from '../types.ts';
import type { Type, Typed } from '../types.ts';

const timestampFromParts =
  (type: Type): FunctionRule =>
  (call) => {
    call.expect(2, 7);
    if (call.count === 2) return coerce({ sql: `(${call.as(0, DATE)} + ${call.as(1, TIME)})`, type: NTZ }, type);
    call.expect(6, 7);
    const nanos = call.has(6) ? ` + to_microseconds(CAST(_sf.whole_micros(${call.integer(6)}) AS BIGINT))` : '';
    return coerce(
      { sql: `(_sf.from_parts(${[0, 1, 2, 3, 4, 5].map((i) => call.integer(i)).join(', ')})${nanos})`, type: NTZ },
      type,
    );
  };

function dateFromParts(call: Call): Typed {
  call.expect(3);
  return {
    sql: `CAST(_sf.from_parts(${call.integer(0)}, ${call.integer(1)}, ${call.integer(2)}, 0, 0, 0) AS DATE)`,
    type: DATE,
  };
}

function timeFromParts(call: Call): Typed {
  call.expect(3, 4);
  const nanos = call.has(3) ? ` + to_microseconds(CAST((${call.integer(3)}) // 1000 AS BIGINT))` : '';
  return {
    sql: `CAST(_sf.from_parts(1970, 1, 1, ${call.integer(0)}, ${call.integer(1)}, ${call.integer(2)})${nanos} AS TIME)`,
    type: TIME,
  };
}

/** In the session's zone, or in a named one. */
const zonedFromParts: FunctionRule = (call) => {
  call.expect(6, 8);
  const nanos = call.has(6) ? ` + to_microseconds(CAST(_sf.whole_micros(${call.integer(6)}) AS BIGINT))` : '';
  const wall = `(_sf.from_parts(${[0, 1, 2, 3, 4, 5].map((i) => call.integer(i)).join(', ')})${nanos})`;
  if (!call.has(7)) return coerce({ sql: wall, type: NTZ }, TZ);
  return { sql: `_sf.instant_tz(${wall} AT TIME ZONE ${call.text(7)}, ${call.text(7)})`, type: TZ };
};

/** Dates and times out of their parts, which may lie outside their ranges. */
export const DATE_CONSTRUCTION: FunctionRules = {
  DATEFROMPARTS: dateFromParts,
  DATE_FROM_PARTS: dateFromParts,
  TIMEFROMPARTS: timeFromParts,
  TIMESTAMPFROMPARTS: timestampFromParts(NTZ),
  TIMESTAMP_FROM_PARTS: timestampFromParts(NTZ),
  TIMESTAMP_LTZ_FROM_PARTS: timestampFromParts(LTZ),
  TIMESTAMPNTZFROMPARTS: timestampFromParts(NTZ),
  TIMESTAMP_NTZ_FROM_PARTS: timestampFromParts(NTZ),
  TIMESTAMP_TZ_FROM_PARTS: zonedFromParts,
  TIME_FROM_PARTS: timeFromParts,
};
