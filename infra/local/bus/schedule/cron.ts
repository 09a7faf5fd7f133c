import { dayOfMonth, dayOfWeek } from './cron-day.ts';
import type { DayTest } from './cron-day.ts';
import { fieldValues } from './cron-field.ts';
import type { Next } from './schedule-expression.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** One of the two fields must be `?`, as they could contradict each other. */
const dayTest = (ofMonth: string, ofWeek: string): DayTest | undefined => {
  if ((ofMonth === '?') === (ofWeek === '?')) return undefined;
  return ofMonth === '?' ? dayOfWeek(ofWeek) : dayOfMonth(ofMonth);
};

/** Reads the six fields of a cron expression, in UTC; undefined when they are not valid. */
export const readCron = (text: string): Next | undefined => {
  const [minute, hour, ofMonth, month, ofWeek, year, ...rest] = text.split(/\s+/);
  if (year === undefined || rest.length > 0) return undefined;
  const minutes = fieldValues(minute!, { min: 0, max: 59 });
  const hours = fieldValues(hour!, { min: 0, max: 23 });
  const months = fieldValues(month!, { min: 1, max: 12, names: MONTHS });
  const years = fieldValues(year, { min: FIRST_YEAR, max: LAST_YEAR });
  const isDay = dayTest(ofMonth!, ofWeek!);
  if (!minutes || !hours || !months || !years || !isDay) return undefined;
  const offsets = [...hours]
    .flatMap((h) => [...minutes].map((m) => (h * 60 + m) * MINUTE_MS))
    .toSorted((a, b) => a - b);

  return (after) => {
    for (let day = Math.floor(after / DAY_MS) * DAY_MS; ; day += DAY_MS) {
      const date = new Date(day);
      if (date.getUTCFullYear() > LAST_YEAR) return undefined;
      if (!years.has(date.getUTCFullYear()) || !months.has(date.getUTCMonth() + 1) || !isDay(date)) continue;
      const offset = offsets.find((candidate) => day + candidate > after);
      if (offset !== undefined) return day + offset;
    }
  };
};
