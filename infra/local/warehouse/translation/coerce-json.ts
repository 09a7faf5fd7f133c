import type { Coercion } from './coerce.ts';
import { HELD } from '../sql/held-values.ts';
import type { Typed } from './types.ts';

/** A text in a document that says of which type it was. */
const held = (text: string, mark = HELD): string => `to_json('${mark}' || ${text})`;

const json = ({ sql, type }: Typed): string => {
  switch (type.name) {
    case 'variant':
    case 'object':
    case 'array':
    case 'map':
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
      return held(`CAST(${sql} AS VARCHAR)`);
    case 'timestamp_ntz':
      return held(`strftime(${sql}, '%Y-%m-%d %H:%M:%S.%g')`);
    case 'timestamp_ltz':
      return held(`_sf.ltz_text(${sql})`, HELD + HELD);
    case 'timestamp_tz':
      return held(`_sf.tz_text(${sql})`);
    case 'binary':
      return held(`hex(${sql})`);
    default:
      return `to_json(CAST(${sql} AS VARCHAR))`;
  }
};

/** VARIANT: every type has its value in JSON; numbers stay exact, NULL stays SQL's NULL. */
export const variantFrom: Coercion = (value) => json(value);

/** OBJECT: only from an object, or a VARIANT that holds one. */
export const objectFrom: Coercion = ({ sql, type }, _target, manner) => {
  if (type.name === 'object' || type.name === 'map') return sql;
  return type.name === 'variant' ? `_sf.${manner === 'try' ? 'as_object' : 'to_object'}(${sql})` : undefined;
};

/** ARRAY: what is no array becomes the only element of one. */
export const arrayFrom: Coercion = (value) => {
  if (value.type.name === 'array') return value.sql;
  return `_sf.to_array(${json(value)})`;
};
