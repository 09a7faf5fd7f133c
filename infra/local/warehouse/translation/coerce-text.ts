import type { Coercion } from './coerce.ts';
import { jsonText } from './json-text.ts';
import type { Type, Typed } from './types.ts';

/** VARCHAR: as Snowflake prints each type by default; an explicit length cuts, or where it is only tried gives NULL. */
export const textFrom: Coercion = (value, target, manner) => {
  const sql = printed(value);
  if (sql === undefined || target.length === undefined || fits(value.type, target)) return sql;
  return manner === 'try'
    ? `CASE WHEN length(${sql}) <= ${target.length} THEN ${sql} END`
    : `left(${sql}, ${target.length})`;
};

const fits = (type: Type, target: Type): boolean =>
  type.name === 'text' && type.length !== undefined && target.length !== undefined && type.length <= target.length;

const printed = (value: Typed): string | undefined => {
  const { sql, type } = value;
  switch (type.name) {
    case 'text':
      return sql;
    case 'real':
      return `_sf.real_text(${sql})`;
    case 'date':
      return `sf_date_text(${sql})`;
    case 'time':
      return `sf_time_text(${sql})`;
    case 'timestamp_ntz':
      return `sf_ntz_text(${sql})`;
    case 'timestamp_ltz':
      return `sf_ltz_text(${sql})`;
    case 'timestamp_tz':
      return `sf_tz_text(${sql})`;
    case 'variant':
    case 'object':
    case 'array':
    case 'map':
      return jsonText(value);
    case 'binary':
      return `sf_binary_text(${sql})`;
    default:
      return `CAST(${sql} AS VARCHAR)`;
  }
};
