const DAYS = 'sun|mon|tue|wed|thu|fri|sat';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const CLOCK = String.raw`(?<clock>\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d{1,9})?)`;
const MONTH = `(?<month>${MONTHS.join('|')})`;

/** Behind the clock, or before the year: `Mon Jul 08 18:09:51 +0000 2013`. */
const OFFSETS = [
  /^(\w{3} \w{3} \d{1,2} [\d:.]+) (?:[+-]\d\d:?\d\d)( \d{4})$/,
  /(:\d\d(?:\.\d+)?(?: [ap]m)?)\s*(?:z|utc|[+-]\d\d(?::?\d\d)?)()$/i,
];

/** The shapes that Snowflake detects besides dates that begin with the year. */
const SHAPES = [
  new RegExp(String.raw`^(?:${DAYS}), (?<day>\d{1,2}) ${MONTH} (?<year>\d{4}) ${CLOCK}(?: (?<half>[ap]m))?$`, 'i'),
  new RegExp(String.raw`^(?:${DAYS}) ${MONTH} (?<day>\d{1,2}) ${CLOCK} (?<year>\d{4})$`, 'i'),
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})(?: (?<clock>\d{1,2}:\d{1,2}(?::\d{1,2})?))?$/,
  new RegExp(String.raw`^(?<day>\d{1,2})-${MONTH}-(?<year>\d{4})(?: (?<clock>\d{1,2}:\d{1,2}:\d{1,2}))?$`, 'i'),
  new RegExp(String.raw`^(?<day>\d{1,2})-(?<month>${LONG_MONTHS.join('|')})-(?<year>\d{4})$`, 'i'),
];

/**
 * A time that does not begin with its year, as text that DuckDB reads, in whatever zone it was written; null for anything else. Whole
 * numbers count seconds, milliseconds, microseconds or nanoseconds, by their size.
 *
 * @example timeText('Mon Jul 08 18:09:51 +0000 2013') // '2013-07-08 18:09:51'
 * @example timeText('1700000000') // '2023-11-14 22:13:20.000000'
 * @example timeText('Thu, 21 Dec 2000 04:01:07 PM') // '2000-12-21 16:01:07'
 * @example timeText('someday') // null
 */
export const timeText = (text: string): string | null => {
  const trimmed = text.replace(/^ +| +$/g, '');
  if (/^-?\d+$/.test(trimmed)) return epochText(BigInt(trimmed));
  const local = OFFSETS.reduce((rest, offset) => rest.replace(offset, '$1$2'), trimmed);
  const match = SHAPES.map((shape) => shape.exec(local)).find((found) => found !== null);
  if (!match?.groups) return null;
  const { year, month, day, clock = '0:0', half } = match.groups;
  const time = clockText(clock, half?.toLowerCase());
  return time === undefined ? null : `${year}-${monthNumber(month!)}-${day!.padStart(2, '0')} ${time}`;
};

const monthNumber = (text: string): string => {
  const named = MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1;
  return (named === 0 ? text : String(named)).padStart(2, '0');
};

const clockText = (clock: string, half: string | undefined): string | undefined => {
  const [hour = '', minute = '', second = '0'] = clock.split(':');
  const [seconds = '', fraction = ''] = second.split('.');
  if (/[1-9]/.test(fraction.slice(6))) throw new Error("Unsupported feature 'nanoseconds'");
  if (half !== undefined && !(Number(hour) >= 1 && Number(hour) <= 12)) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  const whole = [String(hours), minute, seconds].map((part) => part.padStart(2, '0')).join(':');
  return fraction === '' ? whole : `${whole}.${fraction.slice(0, 6)}`;
};

const YEAR = 31_536_000_000n;

const epochText = (count: bigint): string | null => {
  const size = count < 0n ? -count : count;
  if (size >= 2n ** 63n) return null;
  const micros =
    size < YEAR
      ? count * 1_000_000n
      : size < YEAR * 1000n
        ? count * 1000n
        : size < YEAR * 1_000_000n
          ? count
          : nanos(count);
  const millis = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n);
  const rest = String(micros - millis * 1000n).padStart(3, '0');
  return new Date(Number(millis)).toISOString().replace('T', ' ').replace('Z', rest);
};

const nanos = (count: bigint): bigint => {
  if (count % 1000n !== 0n) throw new Error("Unsupported feature 'nanoseconds'");
  return count / 1000n;
};
