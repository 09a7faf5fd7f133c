import { invalid } from '../errors.ts';
import { optionalNumber, optionalText } from './input.ts';
import type { Input } from './input.ts';

const MAX_ITEMS = 100;

const read = (token: string): string => {
  const name = Buffer.from(token, 'base64url').toString();
  return name === '' ? invalid('Parameter NextToken is not valid.') : name;
};

/**
 * One page of what `fetch` finds behind a name, in the order of names. It is asked for one more than fits, which
 * tells whether another page follows.
 */
export const page = <Row>(
  input: Input,
  nameOf: (row: Row) => string,
  fetch: (after: string, limit: number) => readonly Row[],
): { readonly rows: readonly Row[]; readonly NextToken?: string } => {
  const limit = optionalNumber(input, 'Limit', 1, MAX_ITEMS) ?? MAX_ITEMS;
  const token = optionalText(input, 'NextToken', { min: 1, max: 2048 });
  const found = fetch(token === undefined ? '' : read(token), limit + 1);
  const rows = found.slice(0, limit);
  if (found.length <= limit) return { rows };
  return { rows, NextToken: Buffer.from(nameOf(rows.at(-1)!)).toString('base64url') };
};
