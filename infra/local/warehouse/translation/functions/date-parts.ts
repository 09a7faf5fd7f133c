import type { FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { temporal, wallClock } from '../rules/date-arithmetic.ts';
import { dateUnit } from '../rules/date-units.ts';
import type { DateUnit } from '../rules/date-units.ts';
import { WEEK_POLICY, WEEK_START } from '../rules/weeks.ts';
import { fixed, TZ } from '../types.ts';
import type { Typed } from '../types.ts';

const SMALL = fixed(9, 0);

const PARTS: Partial<Record<DateUnit, string>> = {
  year: 'year($)',
  quarter: 'quarter($)',
  month: 'month($)',
  week: `_sf.week_of_year($, ${WEEK_START}, ${WEEK_POLICY})`,
  weekiso: 'week($)',
  day: 'day($)',
  hour: 'hour($)',
  minute: 'minute($)',
  second: 'second($)',
  nanosecond: '(microsecond($) % 1000000 * 1000)',
  dayofweek: `_sf.day_of_week($, ${WEEK_START})`,
  dayofweekiso: 'isodow($)',
  dayofyear: 'dayofyear($)',
  yearofweek: `_sf.year_of_week($, ${WEEK_START}, ${WEEK_POLICY})`,
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
          : wallClock(value, 'DATE_PART');
    return { sql: epoch.replace('$', () => utc), type: fixed(38, 0) };
  }
  if (unit === 'timezone_hour' || unit === 'timezone_minute') {
    const minutes = `${coerce(temporal(value, 'DATE_PART'), TZ).sql}.off`;
    return { sql: unit === 'timezone_hour' ? `trunc(${minutes} / 60)` : `(${minutes} % 60)`, type: SMALL };
  }
  const template = PARTS[unit];
  if (!template) throw unsupported(`DATE_PART of ${unit}`);
  return { sql: template.replace('$', () => wallClock(value, 'DATE_PART')), type: SMALL };
};

const partRule =
  (unit: DateUnit): FunctionRule =>
  (call) => {
    call.expect(1);
    return part(unit, call.arg(0));
  };

/** Parts of dates and times as numbers. */
export const DATE_PARTS: FunctionRules = {
  DATE_PART: (call) => {
    call.expect(2);
    return part(dateUnit(call.word(0)), call.arg(1));
  },
  DAY: partRule('day'),
  DAYOFMONTH: partRule('day'),
  DAYOFWEEK: partRule('dayofweek'),
  DAYOFWEEKISO: partRule('dayofweekiso'),
  DAYOFYEAR: partRule('dayofyear'),
  EXTRACT: (call) => part(dateUnit(call.word(0)), call.arg(1)),
  HOUR: partRule('hour'),
  MINUTE: partRule('minute'),
  MONTH: partRule('month'),
  QUARTER: partRule('quarter'),
  SECOND: partRule('second'),
  WEEK: partRule('week'),
  WEEKISO: partRule('weekiso'),
  WEEKOFYEAR: partRule('week'),
  YEAR: partRule('year'),
  YEAROFWEEK: partRule('yearofweek'),
  YEAROFWEEKISO: partRule('yearofweekiso'),
};
