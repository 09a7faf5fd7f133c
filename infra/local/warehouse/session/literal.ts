import type { Value } from '../contract.ts';
import { quoteString } from '../sql/string-literal.ts';

/** A value as a SQL literal of its type; dates and timestamps as calls that read them. */
export const literal = ({ type, text }: Value): string => {
  if (text === null) return 'NULL';
  switch (type) {
    case 'fixed':
    case 'real':
      return text;
    case 'boolean':
      return text === '1' ? 'TRUE' : 'FALSE';
    case 'date':
      return `TO_DATE('${isoTime(Number(text) * 86_400).slice(0, 10)}')`;
    case 'time':
      return `TO_TIME('${isoTime(text).slice(11)}')`;
    case 'timestamp_ntz':
      return `TO_TIMESTAMP_NTZ('${isoTime(text)}')`;
    case 'timestamp_ltz':
      return `TO_TIMESTAMP_LTZ('${isoTime(text)} +0000')`;
    case 'timestamp_tz':
      return zoned(text);
    default:
      return quoteString(text);
  }
};

/** A value as people read it. */
export const shown = (value: Value): string | null =>
  value.text === null ? null : (/^TO_\w+\('(.*)'\)$/.exec(literal(value))?.[1] ?? value.text);

/** Seconds since 1970, as the wire carries them, as a wall clock in UTC. */
const isoTime = (seconds: number | string): string => {
  const [whole = '0', fraction = ''] = String(seconds).split('.');
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  const before = whole.startsWith('-') && Number(micros) > 0;
  const clock = new Date((Number(whole) - (before ? 1 : 0)) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return `${clock}.${before ? String(1_000_000 - Number(micros)).padStart(6, '0') : micros}`;
};

/** The wire's instant and its offset, which it counts from 1440 minutes. */
const zoned = (text: string): string => {
  const [seconds = '0', shifted = '1440'] = text.split(' ');
  const [whole, fraction = ''] = seconds.split('.');
  const minutes = Number(shifted) - 1440;
  const size = Math.abs(minutes);
  const offset = [Math.trunc(size / 60), size % 60].map((part) => String(part).padStart(2, '0')).join('');
  const local = `${Number(whole) + minutes * 60}.${fraction}`;
  return `TO_TIMESTAMP_TZ('${isoTime(local)} ${minutes < 0 ? '-' : '+'}${offset}')`;
};
