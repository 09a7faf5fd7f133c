import { coerce } from '../coerce.ts';
import { unsupported, wrongArguments } from '../failures.ts';
import { DATE, displayType, INTEGER, isTimestamp, NTZ } from '../types.ts';
import type { Typed } from '../types.ts';
import type { DateUnit } from './date-units.ts';
import { WEEK_START } from './weeks.ts';

const INTERVALS: Partial<Record<DateUnit, string>> = {
  year: 'to_years(CAST($ AS INTEGER))',
  quarter: 'to_months(CAST(3 * ($) AS INTEGER))',
  month: 'to_months(CAST($ AS INTEGER))',
  week: 'to_days(CAST(7 * ($) AS INTEGER))',
  day: 'to_days(CAST($ AS INTEGER))',
  hour: 'to_hours(CAST($ AS BIGINT))',
  minute: 'to_minutes(CAST($ AS BIGINT))',
  second: 'to_seconds(CAST($ AS BIGINT))',
  millisecond: 'to_microseconds(CAST(1000 * ($) AS BIGINT))',
  microsecond: 'to_microseconds(CAST($ AS BIGINT))',
  nanosecond: 'to_microseconds(CAST(_sf.whole_micros($) AS BIGINT))',
};

const WHOLE_DAYS = new Set<DateUnit>(['year', 'quarter', 'month', 'week', 'day']);

/** A whole number of units as DuckDB's interval. */
export const intervalText = (unit: DateUnit, count: string): string => {
  const template = INTERVALS[unit];
  if (!template) throw unsupported(`INTERVAL of ${unit}`);
  return template.replace('$', () => count);
};

/** A value in a date's or timestamp's place: text becomes TIMESTAMP_NTZ. */
export const temporal = (value: Typed, name: string): Typed => {
  if (['date', 'time', 'null'].includes(value.type.name) || isTimestamp(value.type)) return value;
  if (['text', 'variant', 'any'].includes(value.type.name)) return coerce(value, NTZ);
  throw wrongArguments(name, displayType(value.type));
};

/** DATEADD: months clamp to the last day, hours and smaller turn a DATE into a TIMESTAMP_NTZ. */
export const dateAdd = (unit: DateUnit, count: Typed, value: Typed): Typed => {
  const template = INTERVALS[unit];
  if (!template) throw unsupported(`DATEADD of ${unit}`);
  const from = temporal(value, 'DATEADD');
  const interval = template.replace('$', () => whole(count));
  if (from.type.name === 'date' || from.type.name === 'null')
    return WHOLE_DAYS.has(unit)
      ? { sql: `CAST(${from.sql} + ${interval} AS DATE)`, type: DATE }
      : { sql: `(CAST(${from.sql} AS TIMESTAMP) + ${interval})`, type: NTZ };
  if (from.type.name === 'timestamp_tz') return { sql: `_sf.tz_add(${from.sql}, ${interval})`, type: from.type };
  if (from.type.name === 'time' && WHOLE_DAYS.has(unit)) throw wrongArguments('DATEADD', displayType(from.type));
  return { sql: `(${from.sql} + ${interval})`, type: from.type };
};

/** Snowflake rounds a fractional count to the nearest whole one. */
const whole = (count: Typed): string => {
  const number = coerce(count, INTEGER);
  return count.type.name === 'fixed' && !count.type.scale ? count.sql : number.sql;
};

const DIFFERENCES: Partial<Record<DateUnit, string>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  day: 'day',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
  millisecond: 'millisecond',
  microsecond: 'microsecond',
};

/** DATEDIFF: how many boundaries of the unit lie between the two; weeks begin on Monday. */
export const dateDiff = (unit: DateUnit, from: Typed, to: Typed): Typed => {
  const wall = (value: Typed): string => {
    const known = temporal(value, 'DATEDIFF');
    if (known.type.name === 'time') return `(DATE '2000-01-01' + ${known.sql})`;
    return known.type.name === 'timestamp_ltz' || known.type.name === 'timestamp_tz'
      ? coerce(known, NTZ).sql
      : `CAST(${known.sql} AS TIMESTAMP)`;
  };
  if (unit === 'nanosecond')
    return { sql: `(1000 * date_diff('microsecond', ${wall(from)}, ${wall(to)}))`, type: INTEGER };
  if (unit === 'week' || unit === 'weekiso')
    return {
      sql: `_sf.weeks_between(${wall(from)}, ${wall(to)}, ${unit === 'week' ? WEEK_START : '1'})`,
      type: { ...INTEGER, precision: 9 },
    };
  const name = DIFFERENCES[unit];
  if (!name) throw unsupported(`DATEDIFF of ${unit}`);
  return { sql: `date_diff('${name}', ${wall(from)}, ${wall(to)})`, type: { ...INTEGER, precision: 9 } };
};

/** The wall clock of any date or time, as TIMESTAMP. */
export const wallClock = (value: Typed, name: string): string => {
  const known = temporal(value, name);
  if (known.type.name === 'time') return `(DATE '1970-01-01' + ${known.sql})`;
  return isTimestamp(known.type) ? coerce(known, NTZ).sql : `CAST(${known.sql} AS TIMESTAMP)`;
};
