import { unsupported } from '../catalog/errors.ts';
import { quoteSnowflakeString } from '../sql/string-literal.ts';
import type { TypedValue } from './value.ts';

/** The items of an array for `** :name`, as literals between commas. */
export const spreadText = ({ text }: TypedValue): string => {
  const items = JSON.parse(text ?? '[]') as unknown[];
  return items.length === 0 ? 'NULL' : items.map(itemText).join(', ');
};

const itemText = (item: unknown): string => {
  if (typeof item === 'string') return quoteSnowflakeString(item);
  if (typeof item === 'object' && item !== null) return `PARSE_JSON(${quoteSnowflakeString(JSON.stringify(item))})`;
  if (typeof item === 'number' && Math.abs(item) > Number.MAX_SAFE_INTEGER)
    throw unsupported('** of an array of very large numbers');
  return JSON.stringify(item);
};
