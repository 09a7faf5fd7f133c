import type { Coercion } from './coerce.ts';
import { isoConstant } from './iso-constants.ts';
import { jsonText, jsonType } from './json-text.ts';
import type { Typed } from './types.ts';

const textual = (value: Typed): string | undefined =>
  value.type.name === 'text' ? value.sql : value.type.name === 'variant' ? jsonText(value) : undefined;

/** The constant that a text spells, where it is written in the statement. */
const written = ({ sql, type }: Typed) => (type.name === 'text' ? isoConstant(sql) : undefined);

const parsed = (value: Typed, macro: string, manner: 'cast' | 'try'): string | undefined => {
  const text = textual(value);
  return text === undefined ? undefined : `_sf.${manner === 'try' ? 'try_' : ''}${macro}(${text})`;
};

/** DATE: timestamps lose their time of day. */
export const dateFrom: Coercion = (value, _target, manner) => {
  const { sql, type } = value;
  if (type.name === 'date') return sql;
  if (type.name === 'timestamp_ntz') return `CAST(${sql} AS DATE)`;
  if (type.name === 'timestamp_ltz') return `CAST(CAST(${sql} AS TIMESTAMP) AS DATE)`;
  if (type.name === 'timestamp_tz') return `CAST(_sf.tz_local(${sql}) AS DATE)`;
  const known = written(value);
  return known ? `DATE '${known.date}'` : parsed(value, 'text_date', manner);
};

/** TIMESTAMP_NTZ: the wall clock, whatever the zone was; whole numbers are seconds since 1970. */
export const ntzFrom: Coercion = (value, _target, manner) => {
  const { sql, type } = value;
  if (type.name === 'timestamp_ntz') return sql;
  if (type.name === 'date' || type.name === 'timestamp_ltz') return `CAST(${sql} AS TIMESTAMP)`;
  if (type.name === 'timestamp_tz') return `_sf.tz_local(${sql})`;
  if (type.name === 'fixed' || type.name === 'real') return `_sf.epoch(${sql})`;
  if (type.name === 'variant') return fromVariant(value, manner);
  const known = written(value);
  return known ? `TIMESTAMP '${known.wall}'` : parsed(value, 'text_ntz', manner);
};

/** A number in a VARIANT is an instant, and gives the session's wall clock; the kind of value is asked for only where digits alone are read. */
const fromVariant = (value: Typed, manner: 'cast' | 'try'): string => {
  const text = jsonText(value);
  const instant = `CAST(_sf.instant(_sf.epoch_text(CAST(${text} AS BIGINT))) AS TIMESTAMP)`;
  return `CASE WHEN TRY_CAST(${text} AS BIGINT) IS NOT NULL AND ${jsonType(value)} <> 'VARCHAR' THEN ${instant} ELSE ${parsed(value, 'text_ntz', manner)} END`;
};

/** TIMESTAMP_LTZ: an instant; values without a zone are read in the session's. */
export const ltzFrom: Coercion = (value, _target, manner) => {
  const { sql, type } = value;
  if (type.name === 'timestamp_ltz') return sql;
  if (type.name === 'date' || type.name === 'timestamp_ntz') return `CAST(CAST(${sql} AS TIMESTAMP) AS TIMESTAMPTZ)`;
  if (type.name === 'timestamp_tz') return `_sf.tz_instant(${sql})`;
  if (type.name === 'fixed' || type.name === 'real') return `_sf.instant(_sf.epoch(${sql}))`;
  const known = written(value);
  return known?.zone ? `TIMESTAMPTZ '${known.wall}${known.zone}'` : parsed(value, 'text_ltz', manner);
};

/** TIMESTAMP_TZ: an instant with its offset; values without one take the session's. */
export const tzFrom: Coercion = (value, _target, manner) => {
  const { sql, type } = value;
  if (type.name === 'timestamp_tz') return sql;
  if (type.name === 'timestamp_ltz') return `_sf.ltz_tz(${sql})`;
  if (type.name === 'date' || type.name === 'timestamp_ntz')
    return `_sf.ltz_tz(CAST(CAST(${sql} AS TIMESTAMP) AS TIMESTAMPTZ))`;
  if (type.name === 'fixed' || type.name === 'real') return `_sf.ltz_tz(_sf.instant(_sf.epoch(${sql})))`;
  return parsed(value, 'text_tz', manner);
};
