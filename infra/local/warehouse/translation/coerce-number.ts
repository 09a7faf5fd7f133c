import type { Coercion } from './coerce.ts';
import { jsonText, jsonType } from './json-text.ts';
import { duckType } from './types.ts';
import type { Typed } from './types.ts';

const CAST = { cast: 'CAST', try: 'TRY_CAST' } as const;

/** NUMBER: rounds half away from zero to the scale, and fails on what does not fit. */
export const fixedFrom: Coercion = (value, target, manner) => {
  const { sql, type } = value;
  const to = duckType(target);
  switch (type.name) {
    case 'fixed':
      return type.precision === target.precision && type.scale === target.scale && !/^\d+$/.test(sql)
        ? sql
        : `${CAST[manner]}(${sql} AS ${to})`;
    case 'real':
      return `${CAST[manner]}(${sql} AS ${to})`;
    case 'boolean':
      return `CAST(CAST(${sql} AS INTEGER) AS ${to})`;
    case 'text':
      return manner === 'try' ? `TRY_CAST(_sf.try_digits(${sql}) AS ${to})` : `CAST(_sf.digits(${sql}) AS ${to})`;
    case 'variant':
      return `${CAST[manner]}(${variantDigits(value)} AS ${to})`;
    default:
      return undefined;
  }
};

/** A VARIANT as text to be read as a number: true and false count as 1 and 0. The kind of value is asked for only where it matters. */
export const variantDigits = (value: Typed): string => {
  const text = jsonText(value);
  return `CASE WHEN ${text} IN ('true', 'false') AND ${jsonType(value)} = 'BOOLEAN' THEN CAST(CAST(CAST(${text} AS BOOLEAN) AS INTEGER) AS VARCHAR) ELSE ${text} END`;
};
