import { InvalidArgumentError } from 'commander';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * A moment: so long ago (`45m`, `2h`, `7d`), or a date or time in UTC.
 * @example sinceOf('2h', new Date('2026-01-05T12:00:00Z')) // 2026-01-05T10:00:00Z
 */
export const sinceOf = (text: string, now: Date): Date => {
  const ago = /^(?<count>\d{1,6})(?<unit>[smhd])$/.exec(text)?.groups;
  if (ago) return new Date(now.getTime() - Number(ago['count']) * SECONDS[ago['unit']!]! * 1000);
  const moment = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/.test(text)
    ? new Date(text.includes(':') ? `${text.replace(' ', 'T').replace(/Z$/, '')}Z` : text)
    : new Date(Number.NaN);
  if (Number.isNaN(moment.getTime()))
    throw new InvalidArgumentError('Give a length of time such as 45m, 2h or 7d, or a date such as 2026-01-05.');
  return moment;
};
