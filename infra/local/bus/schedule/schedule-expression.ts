import { invalid } from '../errors.ts';
import { readCron } from './cron.ts';

/** The next moment behind `after`, in milliseconds since the epoch; undefined when there is none any more. */
export type Next = (after: number) => number | undefined;

const RATE = /^rate\((?:(1) (minute|hour|day)|(\d+) (minutes|hours|days))\)$/;
const CRON = /^cron\((\S(?:.*\S)?)\)$/;
const MINUTE_MS = 60_000;
const UNIT_MS: Readonly<Record<string, number>> = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: 24 * 60 * MINUTE_MS };

const readRate = (text: string): Next | undefined => {
  const [, one, unit, many, units] = RATE.exec(text) ?? [];
  const count = Number(one ?? many ?? 0);
  const every = count * (UNIT_MS[unit ?? units?.slice(0, -1) ?? ''] ?? 0);
  // One of a unit is written without its s, as AWS wants it.
  return every > 0 && (one !== undefined || count > 1) ? (after) => after + every : undefined;
};

/**
 * Reads a rule's schedule; refuses what EventBridge refuses.
 * @example readSchedule('rate(5 minutes)')(0) // 300000
 */
export const readSchedule = (text: string): Next => {
  const cron = CRON.exec(text)?.[1];
  const next = cron === undefined ? readRate(text) : readCron(cron);
  return next ?? invalid('Parameter ScheduleExpression is not valid.');
};
