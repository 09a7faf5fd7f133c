import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { BINARY, BOOLEAN, DATE, duckType, LTZ, NTZ, TIME, TZ } from '../types.ts';
import type { Type } from '../types.ts';

/** What kind of value the VARIANT is known to hold; what only the stored document would tell is not known here, since JSON has no dates. */
const held = (call: Call): Type => {
  call.expect(1);
  const { type } = call.arg(0);
  if (type.name !== 'variant') return type;
  if (!type.holds) throw unsupported(`${call.name} of a VARIANT that is read from a table or a document`);
  return type.holds;
};

const is =
  (type: Type): FunctionRule =>
  (call) => ({
    sql: `CASE WHEN ${call.variant(0)} IS NOT NULL THEN ${held(call).name === type.name ? 'TRUE' : 'FALSE'} END`,
    type: BOOLEAN,
  });

const as =
  (type: Type): FunctionRule =>
  (call) =>
    held(call).name === type.name
      ? coerce({ sql: call.variant(0), type: { name: 'variant' } }, type)
      : { sql: `CAST(NULL AS ${duckType(type)})`, type };

/** AS_... and IS_... for the types that JSON lacks. */
export const HELD_TYPES: FunctionRules = {
  AS_BINARY: as(BINARY),
  AS_DATE: as(DATE),
  AS_TIME: as(TIME),
  AS_TIMESTAMP_LTZ: as(LTZ),
  AS_TIMESTAMP_NTZ: as(NTZ),
  AS_TIMESTAMP_TZ: as(TZ),
  IS_BINARY: is(BINARY),
  IS_DATE: is(DATE),
  IS_DATE_VALUE: is(DATE),
  IS_TIME: is(TIME),
  IS_TIMESTAMP_LTZ: is(LTZ),
  IS_TIMESTAMP_NTZ: is(NTZ),
  IS_TIMESTAMP_TZ: is(TZ),
};
