import type { Coercion } from './coerce.ts';
import { duckType } from './types.ts';

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
      return `${CAST[manner]}(_sf.variant_digits(${sql}) AS ${to})`;
    default:
      return undefined;
  }
};
