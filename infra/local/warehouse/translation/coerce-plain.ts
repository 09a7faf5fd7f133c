import type { Coercion } from './coerce.ts';
import { variantDigits } from './coerce-number.ts';
import { jsonText } from './json-text.ts';

/** FLOAT, which prints and computes in double precision. */
export const realFrom: Coercion = (value, _target, manner) => {
  const { sql, type } = value;
  switch (type.name) {
    case 'real':
      return sql;
    case 'fixed':
      return `CAST(${sql} AS DOUBLE)`;
    case 'boolean':
      return `CAST(CAST(${sql} AS INTEGER) AS DOUBLE)`;
    case 'text':
      return manner === 'try' ? `TRY_CAST(_sf.try_digits(${sql}) AS DOUBLE)` : `CAST(_sf.digits(${sql}) AS DOUBLE)`;
    case 'variant':
      return `${manner === 'try' ? 'TRY_CAST' : 'CAST'}(${variantDigits(value)} AS DOUBLE)`;
    default:
      return undefined;
  }
};

/** BOOLEAN: from numbers by being non-zero, from text by Snowflake's words for true and false. */
export const booleanFrom: Coercion = ({ sql, type }, _target, manner) => {
  const prefix = manner === 'try' ? 'try_' : '';
  switch (type.name) {
    case 'boolean':
      return sql;
    case 'fixed':
    case 'real':
      return `(${sql} <> 0)`;
    case 'text':
      return `_sf.${prefix}text_boolean(${sql})`;
    case 'variant':
      return `_sf.${prefix}variant_boolean(${sql})`;
    default:
      return undefined;
  }
};

/** TIME: the time of day. */
export const timeFrom: Coercion = (value, _target, manner) => {
  const { sql, type } = value;
  switch (type.name) {
    case 'time':
      return sql;
    case 'timestamp_ntz':
      return `CAST(${sql} AS TIME)`;
    case 'timestamp_ltz':
      return `CAST(CAST(${sql} AS TIMESTAMP) AS TIME)`;
    case 'timestamp_tz':
      return `CAST(_sf.tz_local(${sql}) AS TIME)`;
    case 'text':
      return manner === 'try' ? `_sf.try_text_time(${sql})` : `_sf.text_time(${sql})`;
    case 'variant':
      return manner === 'try' ? `_sf.try_text_time(${jsonText(value)})` : `_sf.text_time(${jsonText(value)})`;
    default:
      return undefined;
  }
};

/** BINARY: text is read as hexadecimal digits. */
export const binaryFrom: Coercion = (value, _target, manner) => {
  const { sql, type } = value;
  if (type.name === 'binary') return sql;
  if (type.name === 'text') return manner === 'try' ? `_sf.try_text_binary(${sql})` : `_sf.text_binary(${sql})`;
  if (type.name === 'variant') return `_sf.text_binary(${jsonText(value)})`;
  return undefined;
};
