import type { Value } from '../contract.ts';
import { quoteString } from '../sql/string-literal.ts';

/** A value as a SQL literal of its type. */
export const literal = ({ type, text }: Value): string => {
  if (text === null) return 'NULL';
  switch (type) {
    case 'fixed':
    case 'real':
      return text;
    case 'boolean':
      return text === '1' ? 'TRUE' : 'FALSE';
    default:
      return quoteString(text);
  }
};
