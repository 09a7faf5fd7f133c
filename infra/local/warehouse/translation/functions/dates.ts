import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { dateAdd, dateDiff, temporal, wallClock } from '../rules/date-arithmetic.ts';
import { dateUnit } from '../rules/date-units.ts';
import type { DateUnit } from '../rules/date-units.ts';
import { WEEK_START, weekStart } from '../rules/weeks.ts';
import { DATE, fixed, LTZ, NTZ, REAL, TEXT, TIME, TZ } from '../types.ts';
import type { Typed } from '../types.ts';
import { DATE_CONSTRUCTION } from './date-construction.ts';
import { DATE_PARTS } from './date-parts.ts';

/** DATE_TRUNC: the start of the unit; a DATE stays a DATE. */
export const truncateDate = (unit: DateUnit, value: Typed): Typed => {
  const known = temporal(value, 'DATE_TRUNC');
  const name = unit === 'weekiso' ? 'week' : unit === 'nanosecond' ? 'microsecond' : unit;
  if (
    !['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond', 'microsecond'].includes(
      name,
    )
  )
    throw unsupported(`DATE_TRUNC to ${unit}`);
  if (unit === 'week' && known.type.name !== 'time') return truncateToWeek(known);
  if (known.type.name === 'time')
    return { sql: `CAST(date_trunc('${name}', ${wallClock(known, '')}) AS TIME)`, type: TIME };
  if (known.type.name === 'timestamp_tz') return { sql: `_sf.tz_trunc(${known.sql}, '${name}')`, type: TZ };
  if (known.type.name === 'date') return { sql: `CAST(date_trunc('${name}', ${known.sql}) AS DATE)`, type: DATE };
  return { sql: `date_trunc('${name}', ${known.sql})`, type: known.type };
};

const truncateToWeek = (known: Typed): Typed => {
  if (known.type.name === 'timestamp_tz') return { sql: `_sf.tz_week_start(${known.sql}, ${WEEK_START})`, type: TZ };
  if (known.type.name === 'timestamp_ltz')
    return coerce({ sql: weekStart(`CAST(${known.sql} AS TIMESTAMP)`), type: NTZ }, LTZ);
  if (known.type.name === 'date') return { sql: `CAST(${weekStart(known.sql)} AS DATE)`, type: DATE };
  return { sql: weekStart(known.sql), type: known.type };
};

const dateTrunc = (call: Call): Typed => {
  call.expect(2);
  return truncateDate(dateUnit(call.word(0)), call.arg(1));
};

const add: FunctionRule = (call) => {
  call.expect(3);
  return dateAdd(dateUnit(call.word(0)), call.arg(1), call.arg(2));
};

const diff: FunctionRule = (call) => {
  call.expect(3);
  return dateDiff(dateUnit(call.word(0)), call.arg(1), call.arg(2));
};

const lastDay: FunctionRule = (call) => {
  call.expect(1, 2);
  const unit = call.has(1) ? dateUnit(call.word(1)) : 'month';
  const days = wallClock(call.arg(0), 'LAST_DAY');
  const steps: Partial<Record<DateUnit, string>> = {
    week: 'to_days(7)',
    month: 'to_months(1)',
    quarter: 'to_months(3)',
    year: 'to_years(1)',
  };
  if (!steps[unit]) throw unsupported(`LAST_DAY of ${unit}`);
  if (unit === 'week') return { sql: `CAST(${weekStart(days)} + to_days(6) AS DATE)`, type: DATE };
  return { sql: `CAST(date_trunc('${unit}', ${days}) + ${steps[unit]} - to_days(1) AS DATE)`, type: DATE };
};

const named =
  (format: string): FunctionRule =>
  (call) => {
    call.expect(1);
    return { sql: `strftime(${wallClock(call.arg(0), call.name)}, '${format}')`, type: TEXT };
  };

const neighbour =
  (sign: 1 | -1): FunctionRule =>
  (call) => {
    call.expect(2);
    return {
      sql: `_sf.${sign > 0 ? 'next' : 'previous'}_day(CAST(${wallClock(call.arg(0), call.name)} AS DATE), ${call.text(1)})`,
      type: DATE,
    };
  };

const addMonths: FunctionRule = (call) => {
  call.expect(2);
  const value = temporal(call.arg(0), 'ADD_MONTHS');
  const months = `CAST(round(${call.real(1)}) AS INTEGER)`;
  return value.type.name === 'date'
    ? { sql: `CAST(_sf.add_months(CAST(${value.sql} AS TIMESTAMP), ${months}) AS DATE)`, type: DATE }
    : { sql: `_sf.add_months(${wallClock(value, 'ADD_MONTHS')}, ${months})`, type: NTZ };
};

const convertTimezone: FunctionRule = (call) => {
  call.expect(2, 3);
  if (call.count === 3)
    return {
      sql: `((${wallClock(call.arg(2), 'CONVERT_TIMEZONE')} AT TIME ZONE ${call.text(0)}) AT TIME ZONE ${call.text(1)})`,
      type: NTZ,
    };
  const instant = coerce(temporal(call.arg(1), 'CONVERT_TIMEZONE'), LTZ).sql;
  return { sql: `_sf.instant_tz(${instant}, ${call.text(0)})`, type: TZ };
};

const timeSlice: FunctionRule = (call) => {
  call.expect(3, 4);
  const unit = dateUnit(call.literal(2) ?? '');
  const edge = (call.literal(3) ?? 'START').toUpperCase();
  const value = temporal(call.arg(0), 'TIME_SLICE');
  const step = dateAdd(unit, { sql: call.integer(1), type: fixed() }, { sql: `TIMESTAMP '1970-01-01'`, type: NTZ });
  const origin = unit === 'week' ? `_sf.slice_origin(${WEEK_START})` : `TIMESTAMP '1970-01-01'`;
  const width = step.sql.slice(step.sql.indexOf('+ ') + 2, -1);
  const start = `time_bucket(${width}, ${wallClock(value, 'TIME_SLICE')}, ${origin})`;
  const sql = edge === 'END' ? `(${start} + ${width})` : start;
  return value.type.name === 'date' ? { sql: `CAST(${sql} AS DATE)`, type: DATE } : { sql, type: NTZ };
};

/** Dates and times. */
export const DATES: FunctionRules = {
  ...DATE_CONSTRUCTION,
  ...DATE_PARTS,
  ADD_MONTHS: addMonths,
  CONVERT_TIMEZONE: convertTimezone,
  DATEADD: add,
  DATEDIFF: diff,
  DATE_TRUNC: dateTrunc,
  DAYNAME: named('%a'),
  LAST_DAY: lastDay,
  MONTHNAME: named('%b'),
  MONTHS_BETWEEN: (call) => ({
    sql: `_sf.months_between(${wallClock(call.arg(0), call.name)}, ${wallClock(call.arg(1), call.name)})`,
    type: REAL,
  }),
  NEXT_DAY: neighbour(1),
  PREVIOUS_DAY: neighbour(-1),
  TIMEADD: add,
  TIMEDIFF: diff,
  TIMESTAMPADD: add,
  TIMESTAMPDIFF: diff,
  TIME_SLICE: timeSlice,
};
