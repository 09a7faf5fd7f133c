import { SnowflakeError } from '../contract.ts';
import { isTimeZone } from '../session/time-zone.ts';
import { nextCron, parseCron, type Cron } from './cron.ts';

/** When a task runs: after so many seconds again and again, or by CRON. */
export type Schedule = { readonly seconds: number } | { readonly cron: Cron };

const UNITS: Readonly<Record<string, number>> = { SECOND: 1, S: 1, MINUTE: 60, M: 60, HOUR: 3600, H: 3600 };
const LONGEST_SECONDS = 11_520 * 60;

/** Reads the text of SCHEDULE; refuses what is no schedule. */
export const parseSchedule = (text: string): Schedule => {
  const words = text.trim().split(/\s+/);
  if (words[0]?.toUpperCase() === 'USING' && words[1]?.toUpperCase() === 'CRON') {
    const zone = words.at(-1)!;
    const cron = isTimeZone(zone) ? parseCron(words.slice(2, -1), zone) : undefined;
    if (cron === undefined) throw invalid(text);
    return { cron };
  }
  const [, count, unit] = /^(\d+)\s*([A-Z]+?)S?$/i.exec(text.trim()) ?? [];
  const seconds = Number(count) * (UNITS[(unit ?? '').toUpperCase()] ?? Number.NaN);
  if (!(seconds >= 1 && seconds <= LONGEST_SECONDS)) throw invalid(text);
  return { seconds };
};

/** The next time to run: an interval counts from `base` in whole steps, so a late run does not shift those after it. */
export const nextRun = (schedule: Schedule, base: Date, now: Date): Date | undefined => {
  if ('cron' in schedule) return nextCron(schedule.cron, now);
  const step = schedule.seconds * 1000;
  const steps = Math.floor((now.getTime() - base.getTime()) / step) + 1;
  return new Date(base.getTime() + Math.max(steps, 1) * step);
};

const invalid = (text: string): SnowflakeError =>
  new SnowflakeError('001008', '22023', `SQL compilation error:\ninvalid value [${text}] for parameter 'SCHEDULE'`);
