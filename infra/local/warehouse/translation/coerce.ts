import { SnowflakeError } from '../contract.ts';
import { unsupported } from './failures.ts';
import { binaryFrom, booleanFrom, realFrom, timeFrom } from './coerce-plain.ts';
import { arrayFrom, objectFrom, variantFrom } from './coerce-json.ts';
import { fixedFrom } from './coerce-number.ts';
import { dateFrom, ltzFrom, ntzFrom, tzFrom } from './coerce-date.ts';
import { structured } from './structures.ts';
import { textFrom } from './coerce-text.ts';
import { displayType, duckType, isStructured } from './types.ts';
import type { Type, Typed } from './types.ts';

/** `cast` fails on what it can't convert, `try` gives NULL. */
export type Manner = 'cast' | 'try';

/** Brings one source type to a target; undefined: Snowflake has no such conversion. */
export type Coercion = (value: Typed, target: Type, manner: Manner) => string | undefined;

const COERCIONS: Record<Exclude<Type['name'], 'null' | 'any'>, Coercion> = {
  text: textFrom,
  fixed: fixedFrom,
  real: realFrom,
  boolean: booleanFrom,
  date: dateFrom,
  time: timeFrom,
  timestamp_ntz: ntzFrom,
  timestamp_ltz: ltzFrom,
  timestamp_tz: tzFrom,
  variant: variantFrom,
  object: objectFrom,
  array: arrayFrom,
  map: () => undefined,
  binary: binaryFrom,
};

/** The value as another type, converted as Snowflake converts it. */
export const coerce = (value: Typed, target: Type, manner: Manner = 'cast'): Typed => {
  if (target.name === 'null' || target.name === 'any') return value;
  if (value.type.name === 'null') return { sql: `CAST(NULL AS ${duckType(target)})`, type: target };
  const known: Typed =
    value.type.name === 'any' ? { sql: `CAST(${value.sql} AS VARCHAR)`, type: { name: 'text' } } : value;
  const converted = isStructured(target)
    ? structured(known, target, manner === 'try', coerce)
    : COERCIONS[target.name](known, target, manner);
  if (converted === undefined) throw noConversion(known.type, target);
  return { sql: withDigits(converted, target), type: target };
};

/** A time cut to the digits that its type keeps of a second. */
const withDigits = (sql: string, { name, scale }: Type): string => {
  if (scale === undefined || scale >= 6 || !name.startsWith('time')) return sql;
  const unit = 10 ** (6 - scale);
  if (name === 'timestamp_tz') return `_sf.tz_cut(${sql}, ${unit})`;
  return name === 'time'
    ? `_sf.time_cut(${sql}, ${unit})`
    : `_sf.${name === 'timestamp_ltz' ? 'ltz' : 'ntz'}_cut(${sql}, ${unit})`;
};

/** The DuckDB text of the value as another type. */
export const as = (value: Typed, target: Type): string => coerce(value, target).sql;

const noConversion = (from: Type, to: Type): Error =>
  from.name === 'timestamp_tz' || to.name === 'timestamp_tz'
    ? unsupported(`cast of ${displayType(from)} to ${displayType(to)}`)
    : new SnowflakeError(
        '001065',
        '22023',
        `SQL compilation error:\ninvalid type [CAST(${displayType(from)} AS ${displayType(to)})] for parameter '${displayType(to)}'`,
      );
