import type { Cursor } from '../sql/cursor.ts';
import { unexpected } from '../sql/syntax-error.ts';

/** What `NAME = value` may hold: text, a whole number, a flag, NONE or AUTO as words, a list of texts, or options in parentheses. */
export type OptionValue = string | number | boolean | readonly string[] | Options;

/** Options by upper-case name, as written. */
export interface Options {
  readonly [name: string]: OptionValue;
}

/** The words NONE and AUTO, kept apart from the texts 'NONE' and 'AUTO'. */
export const NONE = '\u0000NONE';

/** Reads `NAME = value` pairs, with or without commas, as long as one follows that `knows`. */
export const readOptions = (cursor: Cursor, knows: (name: string) => boolean): Options => {
  const options: Record<string, OptionValue> = {};
  for (;;) {
    const token = cursor.peek();
    if (token.kind !== 'word' || cursor.peek(1).text !== '=' || !knows(token.value)) return options;
    cursor.next();
    cursor.expect('=');
    options[token.value] = readValue(cursor);
    if (cursor.at(',') && cursor.peek(2).text === '=') cursor.next();
  }
};

/** Reads `( NAME = value ... )`, whatever the names. */
export const readOptionGroup = (cursor: Cursor): Options => {
  cursor.expect('(');
  const options = readOptions(cursor, () => true);
  cursor.expect(')');
  return options;
};

const readValue = (cursor: Cursor): OptionValue => {
  if (cursor.at('(')) return cursor.peek(2).text === '=' ? readOptionGroup(cursor) : cursor.list(() => cursor.string());
  const token = cursor.peek();
  if (token.kind === 'number' || token.text === '-') return cursor.number();
  if (token.kind === 'string') return cursor.string();
  if (token.kind !== 'word' && token.kind !== 'quoted') throw unexpected(token);
  if (token.value === 'TRUE' || token.value === 'FALSE') return cursor.next().value === 'TRUE';
  if (token.value === 'NONE') return (cursor.next(), NONE);
  return cursor.name().join('.');
};
