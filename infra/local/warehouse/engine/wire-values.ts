import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api';

import { withoutMarks } from '../sql/held-values.ts';
import { orderedJson } from '../sql/ordered-json.ts';

/** One value as Snowflake's JSON results carry it: text, or null. */
export const wireValue = (value: DuckDBValue): string | null => {
  switch (typeof value) {
    case 'string':
      return value;
    case 'bigint':
    case 'number':
      return String(value);
    case 'boolean':
      return value ? '1' : '0';
    default:
      return value === null ? null : wireObject(value);
  }
};

/** A document with the keys of its objects in order, as Snowflake prints it, however it was loaded. */
export const wireJson = (value: DuckDBValue): string | null => {
  const text = wireValue(value);
  return text === null ? null : withoutMarks(text.includes('{') ? orderedJson(text, 'last') : text);
};

const wireObject = (value: object & DuckDBValue): string => {
  if (value instanceof DuckDBDecimalValue) return fixed(value.value, value.scale);
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return nanoseconds(value.micros * 1000n);
  if (value instanceof DuckDBTimeValue) return nanoseconds(value.micros * 1000n);
  if (value instanceof DuckDBDateValue) return String(value.days);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex').toUpperCase();
  if (value instanceof DuckDBTimestampNanosecondsValue) return nanoseconds(value.nanos);
  if (value instanceof DuckDBTimestampMillisecondsValue) return nanoseconds(value.millis * 1_000_000n);
  if (value instanceof DuckDBTimestampSecondsValue) return nanoseconds(value.seconds * 1_000_000_000n);
  if (value instanceof DuckDBStructValue && value.entries['utc'] instanceof DuckDBTimestampValue)
    return zoned(value.entries['utc'], Number(value.entries['off']));
  return value instanceof DuckDBListValue || value instanceof DuckDBStructValue || value instanceof DuckDBMapValue
    ? json(value)
    : String(value);
};

/** A TIMESTAMP_TZ: its instant, and its offset in minutes counted from a day before. */
const zoned = (instant: DuckDBTimestampValue, offset: number): string =>
  `${nanoseconds(instant.micros * 1000n)} ${offset + 1440}`;

const json = (value: DuckDBValue): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'bigint' || value instanceof DuckDBDecimalValue) return String(value);
  if (value instanceof DuckDBListValue) return `[${value.items.map(json).join(',')}]`;
  if (value instanceof DuckDBStructValue) return members(Object.entries(value.entries));
  if (value instanceof DuckDBMapValue) return members(value.entries.map(({ key, value }) => [String(key), value]));
  return JSON.stringify(String(value));
};

const members = (entries: [string, DuckDBValue][]): string =>
  `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${json(value)}`).join(',')}}`;

const nanoseconds = (total: bigint): string => fixed(total, 9);

/** A whole number of units of 10^-scale, written as a decimal. */
const fixed = (units: bigint, scale: number): string => {
  if (scale === 0) return units.toString();
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};
