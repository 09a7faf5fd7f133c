import type { Coercion } from './coerce.ts';
import type { Typed } from './types.ts';

const json = ({ sql, type }: Typed): string => {
  switch (type.name) {
    case 'variant':
    case 'object':
    case 'array':
      return sql;
    case 'fixed':
      return type.scale ? `_sf.number_json(${sql})` : `CAST(CAST(${sql} AS VARCHAR) AS JSON)`;
    case 'real':
      return `_sf.real_json(${sql})`;
    case 'text':
    case 'boolean':
      return `to_json(${sql})`;
    case 'date':
    case 'time':
      return `to_json(CAST(${sql} AS VARCHAR))`;
    case 'timestamp_ntz':
      return `to_json(strftime(${sql}, '%Y-%m-%d %H:%M:%S.%g'))`;
    case 'timestamp_ltz':
      return `to_json(_sf.ltz_text(${sql}))`;
    case 'timestamp_tz':
      return `to_json(_sf.tz_text(${sql}))`;
    case 'binary':
      return `to_json(hex(${sql}))`;
    default:
      return `to_json(CAST(${sql} AS VARCHAR))`;
  }
};

/** VARIANT: every type has its value in JSON; numbers stay exact, NULL stays SQL's NULL. */
export const variantFrom: Coercion = (value) => json(value);

/** OBJECT: only from an object, or a VARIANT that holds one. */
export const objectFrom: Coercion = ({ sql, type }, _target, manner) => {
  if (type.name === 'object') return sql;
  return type.name === 'variant' ? `_sf.${manner === 'try' ? 'as_object' : 'to_object'}(${sql})` : undefined;
};

/** ARRAY: what is no array becomes the only element of one. */
export const arrayFrom: Coercion = (value) => {
  if (value.type.name === 'array') return value.sql;
  return `_sf.to_array(${json(value)})`;
};
