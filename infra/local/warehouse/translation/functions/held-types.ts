import type { FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { BINARY, BOOLEAN, DATE, LTZ, NTZ, TIME, TZ, VARIANT } from '../types.ts';
import type { Type } from '../types.ts';

const is =
  ({ name }: Type): FunctionRule =>
  (call) => {
    call.expect(1);
    return { sql: `(_sf.type_of(${call.variant(0)}) = '${name.toUpperCase()}')`, type: BOOLEAN };
  };

const as =
  (type: Type): FunctionRule =>
  (call) => {
    call.expect(1);
    const value = call.variant(0);
    const held = `CASE WHEN _sf.type_of(${value}) = '${type.name.toUpperCase()}' THEN ${value} END`;
    return coerce({ sql: held, type: VARIANT }, type);
  };

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
