import { collationKey } from './collations.ts';
import type { Parts } from './tree.ts';
import type { Type, Typed } from './types.ts';

/** What a value is sorted by: variants by number or text, timestamps with zone by instant. */
export const sortKey = (sql: string, type: Type): string => {
  if (type.name === 'variant') return `_sf.variant_key(${sql})`;
  if (type.collation !== undefined) return collationKey(sql, type.collation);
  return type.name === 'timestamp_tz' ? `${sql}.utc` : sql;
};

/** An ORDER BY item; NULLs come last when ascending and first when descending, as Snowflake has it. */
export const ordering = (item: Parts, value: Typed, key = sortKey(value.sql, value.type)): string => {
  const descending = item['desc'] === true;
  const nullsFirst = typeof item['nulls_first'] === 'boolean' ? item['nulls_first'] : descending;
  return `${key}${descending ? ' DESC' : ''} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
};
