import type { Cursor } from '../sql/cursor.ts';
import { unexpected } from '../sql/syntax-error.ts';

/** What stands after `KEY =`: a literal, a bare word (upper case), a dotted name, a list, or properties in parentheses. */
export type Property = string | number | boolean | readonly Property[] | Properties;
/** `KEY = value` pairs by key. */
interface Properties {
  readonly [key: string]: Property;
}

/** Reads `KEY = value` pairs, with or without commas, for as long as they go on. */
export const parseProperties = (cursor: Cursor): Record<string, Property> => {
  const found: Record<string, Property> = {};
  for (;;) {
    cursor.accept(',');
    if (cursor.peek().kind !== 'word' || !isEquals(cursor, 1)) return found;
    const key = cursor.identifier();
    cursor.expect('=');
    found[key] = property(cursor);
  }
};

/** A property as text, whatever it was written as. */
export const propertyText = (property: Property | undefined, otherwise = ''): string =>
  property === undefined ? otherwise : typeof property === 'object' ? JSON.stringify(property) : String(property);

const isEquals = (cursor: Cursor, ahead: number): boolean => cursor.peek(ahead).text === '=';

const property = (cursor: Cursor): Property => {
  const token = cursor.peek();
  if (token.text === '(') return inParentheses(cursor);
  if (token.kind === 'string') return cursor.string();
  if (token.kind === 'number' || token.text === '-') return cursor.number();
  if (token.kind !== 'word' && token.kind !== 'quoted') throw unexpected(token);
  const name = cursor.name();
  if (name.length > 1 || token.kind === 'quoted') return name.map((part) => part).join('.');
  const word = name[0]!;
  return word === 'TRUE' ? true : word === 'FALSE' ? false : word;
};

const inParentheses = (cursor: Cursor): Property => {
  if (cursor.peek(1).kind === 'word' && isEquals(cursor, 2)) {
    cursor.expect('(');
    const properties = parseProperties(cursor);
    cursor.expect(')');
    return properties;
  }
  return cursor.list(() => property(cursor));
};
