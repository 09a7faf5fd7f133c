import { fieldValues } from './cron-field.ts';

/** Whether a day, given as midnight UTC, is let through. */
export type DayTest = (day: Date) => boolean;

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const OF_MONTH = { min: 1, max: 31 };
const OF_WEEK = { min: 1, max: 7, names: WEEKDAYS };
const [SUNDAY, SATURDAY] = [0, 6];

const lastOfMonth = (day: Date): number =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();

/** The weekday of the same month that is nearest to the month's `date`. */
const nearestWeekday = (day: Date, date: number): number => {
  const last = lastOfMonth(day);
  const weekday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)).getUTCDay();
  if (weekday === SATURDAY) return date === 1 ? 3 : date - 1;
  if (weekday === SUNDAY) return date === last ? date - 2 : date + 1;
  return date;
};

/** Reads the day of the month: values, `L` for the last one, `15W` for the weekday nearest to the 15th, `LW` for the last weekday. */
export const dayOfMonth = (text: string): DayTest | undefined => {
  if (text === 'L') return (day) => day.getUTCDate() === lastOfMonth(day);
  if (text === 'LW') return (day) => day.getUTCDate() === nearestWeekday(day, lastOfMonth(day));
  const near = /^(\d+)W$/.exec(text)?.[1];
  if (near !== undefined) {
    const date = Number(near);
    if (date < OF_MONTH.min || date > OF_MONTH.max) return undefined;
    return (day) => date <= lastOfMonth(day) && day.getUTCDate() === nearestWeekday(day, date);
  }
  const values = fieldValues(text, OF_MONTH);
  return values && ((day) => values.has(day.getUTCDate()));
};

/** Reads the day of the week, 1 for Sunday: values, `L` for Saturday, `6L` for the month's last Friday, `3#2` for its second Tuesday. */
export const dayOfWeek = (text: string): DayTest | undefined => {
  if (text === 'L') return (day) => day.getUTCDay() === SATURDAY;
  const [, name, rank] = /^(\w+?)(L|#[1-5])$/.exec(text) ?? [];
  const values = fieldValues(name ?? text, OF_WEEK);
  const single = name === undefined || values?.size === 1;
  if (values === undefined || !single || name === '*') return undefined;
  const fits: DayTest = (day) => values.has(day.getUTCDay() + 1);
  if (rank === undefined) return fits;
  if (rank === 'L') return (day) => fits(day) && day.getUTCDate() + 7 > lastOfMonth(day);
  return (day) => fits(day) && Math.ceil(day.getUTCDate() / 7) === Number(rank.slice(1));
};
