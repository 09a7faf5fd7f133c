import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import { compilePattern } from './compile.ts';
import type { Fields } from './fields.ts';
import { InvalidPattern } from './invalid-pattern.ts';
import { matchesPattern } from './match.ts';

/** A pattern that was read; ask it about as many events as you like. */
export type EventPattern = { readonly matches: (fields: Fields) => boolean };

const placeOf = (text: string, offset: number): string => {
  const lines = text.slice(0, offset).split('\n');
  return `\n at [Source: (String)"${text}"; line: ${lines.length}, column: ${lines.at(-1)!.length + 1}]`;
};

/**
 * Reads an event pattern; throws InvalidPattern whose message says what is wrong, and where.
 * @example readPattern('{"source":["orders"]}').matches(fieldsOf(event))
 */
export const readPattern = (text: string): EventPattern => {
  try {
    const branches = compilePattern(parseJson(text));
    return { matches: (fields) => matchesPattern(branches, fields) };
  } catch (error) {
    if (!(error instanceof InvalidPattern) && !(error instanceof JsonSyntaxError)) throw error;
    const place = error.offset === undefined ? '' : placeOf(text, error.offset);
    throw new InvalidPattern(`${error.message}${place}`, error.offset);
  }
};
