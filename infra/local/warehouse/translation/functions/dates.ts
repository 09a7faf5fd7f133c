import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { dateAdd, dateDiff, temporal } from '../rules/date-arithmetic.ts';
import { dateUnit } from '../rules/date-units.ts';
import type { DateUnit } from '../rules/date-units.ts';
import { DATE, fixed, isTimestamp, LTZ, NTZ, REAL, TEXT, TIME, TZ } from '../types.ts';
import type { Type, Typed } from '../types.ts';

const SMALL = fixed(9, 0);

/** The wall clock of any date or time, as TIMESTAMP. */
const wall = (value: Typed, name: string): string => {
  const known = temporal(value, name);
  if (known.type.name === 'time') return `(DATE '1970-01-01' + ${known.sql})`;
  return isTimestamp(known.type) ? coerce(known, NTZ).sql : `CAST(${known.sql} AS TIMESTAMP)`;
};

const PARTS: Partial<Record<DateUnit, string>> = {
  year: 'year($)',
  quarter: 'quarter($)',
  month: 'month($)',
  week: 'week($)',
  weekiso: 'week($)',
  day: 'day($)',
  hour: 'hour($)',
  minute: 'minute($)',
  second: 'second($)',
  nanosecond: '(microsecond($) % 1000000 * 1000)',
  dayofweek: 'dayofweek($)',
  dayofweekiso: 'isodow($)',
  dayofyear: 'dayofyear($)',
  yearofweek: 'isoyear($)',
  yearofweekiso: 'isoyear($)',
};

const EPOCHS: Partial<Record<DateUnit, string>> = {
  epoch_second: 'CAST(floor(epoch_us($) / 1000000) AS BIGINT)',
  epoch_millisecond: 'epoch_ms($)',
  epoch_microsecond: 'epoch_us($)',
  epoch_nanosecond: 'epoch_ns($)',
};

const part = (unit: DateUnit, value: Typed): Typed => {
  const epoch = EPOCHS[unit];
  if (epoch) {
    const utc =
      value.type.name === 'timestamp_ltz'
        ? `(${value.sql} AT TIME ZONE 'UTC')`
        : value.type.name === 'timestamp_tz'
          ? `${value.sql}.utc`
          : wall(value, 'DATE_PART');
    return { sql: epoch.replace('$', () => utc), type: fixed(38, 0) };
  }
  const template = PARTS[unit];
  if (!template) throw unsupported(`DATE_PART of ${unit}`);
  return { sql: template.replace('$', () => wall(value, 'DATE_PART')), type: SMALL };
};

const partRule =
  (unit: DateUnit): FunctionRule =>
  (call) => {
    call.expect(1);
    return part(unit, call.arg(0));
  };

const truncate = (unit: DateUnit, value: Typed): Typed => {
  const known = temporal(value, 'DATE_TRUNC');
  const name = unit === 'weekiso' ? 'week' : unit === 'nanosecond' ? 'microsecond' : unit;
  if (
    !['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond', 'microsecond'].includes(
      name,
    )
  )
    throw unsupported(`DATE_TRUNC to ${unit}`);
  if (known.type.name === 'time') return { sql: `CAST(date_trunc('${name}', ${wall(known, '')}) AS TIME)`, type: TIME };
  if (known.type.name === 'timestamp_tz') throw unsupported('DATE_TRUNC of TIMESTAMP_TZ');
  if (known.type.name === 'date') return { sql: `CAST(date_trunc('${name}', ${known.sql}) AS DATE)`, type: DATE };
  return { sql: `date_trunc('${name}', ${known.sql})`, type: known.type };
};

const dateTrunc = (call: Call): Typed => {
  call.expect(2);
  return truncate(dateUnit(call.word(0)), call.arg(1));
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
  const days = wall(call.arg(0), 'LAST_DAY');
  const steps: Partial<Record<DateUnit, string>> = {
    week: 'to_days(7)',
    month: 'to_months(1)',
    quarter: 'to_months(3)',
    year: 'to_years(1)',
  };
  if (!steps[unit]) throw unsupported(`LAST_DAY of ${unit}`);
  return { sql: `CAST(date_trunc('${unit}', ${days}) + ${steps[unit]} - to_days(1) AS DATE)`, type: DATE };
};

const named =
  (format: string): FunctionRule =>
  (call) => {
    call.expect(1);
    return { sql: `strftime(${wall(call.arg(0), call.name)}, '${format}')`, type: TEXT };
  };

const neighbour =
  (sign: 1 | -1): FunctionRule =>
  (call) => {
    call.expect(2);
    return {
      sql: `_sf.${sign > 0 ? 'next' : 'previous'}_day(CAST(${wall(call.arg(0), call.name)} AS DATE), ${call.text(1)})`,
      type: DATE,
    };
  };

const addMonths: FunctionRule = (call) => {
  call.expect(2);
  const value = temporal(call.arg(0), 'ADD_MONTHS');
  const months = `CAST(round(${call.real(1)}) AS INTEGER)`;
  return value.type.name === 'date'
    ? { sql: `CAST(_sf.add_months(CAST(${value.sql} AS TIMESTAMP), ${months}) AS DATE)`, type: DATE }
    : { sql: `_sf.add_months(${wall(value, 'ADD_MONTHS')}, ${months})`, type: NTZ };
};

const timestampFromParts =
  (type: Type): FunctionRule =>
  (call) => {
    call.expect(2, 7);
    if (call.count === 2) return coerce({ sql: `(${call.as(0, DATE)} + ${call.as(1, TIME)})`, type: NTZ }, type);
    call.expect(6, 7);
    const nanos = call.has(6) ? ` + to_microseconds(CAST((${call.integer(6)}) // 1000 AS BIGINT))` : '';
    return coerce(
      { sql: `(_sf.from_parts(${[0, 1, 2, 3, 4, 5].map((i) => call.integer(i)).join(', ')})${nanos})`, type: NTZ },
      type,
    );
  };

const convertTimezone: FunctionRule = (call) => {
  call.expect(2, 3);
  if (call.count === 3)
    return {
      sql: `((${wall(call.arg(2), 'CONVERT_TIMEZONE')} AT TIME ZONE ${call.text(0)}) AT TIME ZONE ${call.text(1)})`,
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
  const origin = unit === 'week' ? `TIMESTAMP '1969-12-29'` : `TIMESTAMP '1970-01-01'`;
  const width = step.sql.slice(step.sql.indexOf('+ ') + 2, -1);
  const start = `time_bucket(${width}, ${wall(value, 'TIME_SLICE')}, ${origin})`;
  const sql = edge === 'END' ? `(${start} + ${width})` : start;
  return value.type.name === 'date' ? { sql: `CAST(${sql} AS DATE)`, type: DATE } : { sql, type: NTZ };
};

/** Dates and times. */
export const DATES: FunctionRules = {
  ADD_MONTHS: addMonths,
  CONVERT_TIMEZONE: convertTimezone,
  DATEADD: add,
  DATEDIFF: diff,
  DATEFROMPARTS: dateFromParts,
  DATE_FROM_PARTS: dateFromParts,
  DATE_PART: (call) => {
    call.expect(2);
    return part(dateUnit(call.word(0)), call.arg(1));
  },
  DATE_TRUNC: dateTrunc,
  DAY: partRule('day'),
  DAYNAME: named('%a'),
  DAYOFMONTH: partRule('day'),
  DAYOFWEEK: partRule('dayofweek'),
  DAYOFWEEKISO: partRule('dayofweekiso'),
  DAYOFYEAR: partRule('dayofyear'),
  EXTRACT: (call) => part(dateUnit(call.word(0)), call.arg(1)),
  HOUR: partRule('hour'),
  LAST_DAY: lastDay,
  MINUTE: partRule('minute'),
  MONTH: partRule('month'),
  MONTHNAME: named('%b'),
  MONTHS_BETWEEN: (call) => ({
    sql: `_sf.months_between(${wall(call.arg(0), call.name)}, ${wall(call.arg(1), call.name)})`,
    type: REAL,
  }),
  NEXT_DAY: neighbour(1),
  PREVIOUS_DAY: neighbour(-1),
  QUARTER: partRule('quarter'),
  SECOND: partRule('second'),
  TIMEADD: add,
  TIMEDIFF: diff,
  TIMEFROMPARTS: timeFromParts,
  TIMESTAMPADD: add,
  TIMESTAMPDIFF: diff,
  TIMESTAMPFROMPARTS: timestampFromParts(NTZ),
  TIMESTAMP_FROM_PARTS: timestampFromParts(NTZ),
  TIMESTAMP_LTZ_FROM_PARTS: timestampFromParts(LTZ),
  TIMESTAMP_NTZ_FROM_PARTS: timestampFromParts(NTZ),
  TIME_FROM_PARTS: timeFromParts,
  TIME_SLICE: timeSlice,
  WEEK: partRule('week'),
  WEEKISO: partRule('weekiso'),
  WEEKOFYEAR: partRule('week'),
  YEAR: partRule('year'),
  YEAROFWEEK: partRule('yearofweek'),
  YEAROFWEEKISO: partRule('yearofweekiso'),
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
