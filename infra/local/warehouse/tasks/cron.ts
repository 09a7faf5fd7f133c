import { dayAfter, dayIn, daysInMonth, timesOf, weekday, type Day } from './zoned-time.ts';

/** A parsed CRON expression with its time zone. */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  onDay(day: Day): boolean;
  readonly zone: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Reads the five fields of a CRON expression; undefined if they are none. */
export const parseCron = (fields: readonly string[], zone: string): Cron | undefined => {
  if (fields.length !== 5) return undefined;
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields.map((field) => field.toUpperCase()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const minutes = numbers(minute, 0, 59);
  const hours = numbers(hour, 0, 23);
  const months = numbers(month, 1, 12, MONTHS, 1);
  const dates = dayOfMonth === 'L' ? new Set<number>() : numbers(dayOfMonth, 1, 31);
  const last = /^(\d|[A-Z]{3})L$/.exec(dayOfWeek)?.[1];
  const weekdays = last === undefined ? numbers(dayOfWeek, 0, 6, WEEKDAYS, 0) : numbers(last, 0, 6, WEEKDAYS, 0);
  if (!minutes || !hours || !months || !dates || !weekdays) return undefined;

  const byDate = (day: Day): boolean => (dayOfMonth === 'L' ? day.day === daysInMonth(day) : dates.has(day.day));
  const byWeekday = (day: Day): boolean =>
    weekdays.has(weekday(day)) && (last === undefined || day.day > daysInMonth(day) - 7);
  const onDay = (day: Day): boolean => {
    if (dayOfMonth === '*') return byWeekday(day);
    return dayOfWeek === '*' ? byDate(day) : byDate(day) || byWeekday(day);
  };
  return { minutes, hours, months, onDay, zone };
};

/** The first time after this one that the expression names; undefined if there is none for years. */
export const nextCron = (cron: Cron, after: Date): Date | undefined => {
  let day = dayIn(after, cron.zone);
  for (let tried = 0; tried < 366 * 9; tried += 1, day = dayAfter(day)) {
    if (!cron.months.has(day.month) || !cron.onDay(day)) continue;
    const times = [...cron.hours].flatMap((hour) =>
      [...cron.minutes].flatMap((minute) => timesOf(day, hour, minute, cron.zone)),
    );
    const next = Math.min(...times.map((time) => time.getTime()).filter((time) => time > after.getTime()));
    if (Number.isFinite(next)) return new Date(next);
  }
  return undefined;
};

const numbers = (
  field: string,
  low: number,
  high: number,
  names: readonly string[] = [],
  first = 0,
): Set<number> | undefined => {
  const value = (text: string): number => {
    const named = names.indexOf(text);
    const number = named >= 0 ? named + first : /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return number === 7 && names === WEEKDAYS ? 0 : number;
  };
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [from = '', to] = range.split('-');
    const start = range === '*' ? low : value(from);
    const end = range === '*' || (part.includes('/') && to === undefined) ? high : value(to ?? from);
    const by = Number(step);
    if (!(start >= low && end <= high && start <= end && Number.isInteger(by) && by > 0)) return undefined;
    for (let at = start; at <= end; at += by) found.add(at);
  }
  return found;
};
