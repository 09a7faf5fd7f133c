import { DuplicateKeyError, orderedJson } from '../../sql/ordered-json.ts';
import { filledJson } from './filled-json.ts';
import { jsonFault } from './json-fault.ts';

/** What becomes of a text that is no JSON, or has one key twice. */
export interface Manner {
  readonly duplicates: 'refused' | 'last';
  readonly failure: 'error' | 'null';
}

/** A text as PARSE_JSON stores it: keys in order, no space between; null for a blank one. Throws Snowflake's error, or gives null, as asked. */
export const parsedJson =
  ({ duplicates, failure }: Manner) =>
  (text: string): string | null => {
    try {
      return text.trim() === '' ? null : orderedJson(readable(text), duplicates);
    } catch (error) {
      if (failure === 'null') return null;
      const reason = error instanceof DuplicateKeyError ? error.message : jsonFault(text);
      throw new Error(`Error parsing JSON: ${reason}`, { cause: error });
    }
  };

/** Plain JSON; what Snowflake reads beyond the standard is asked only of what is no JSON. */
const readable = (text: string): string => {
  try {
    JSON.parse(text);
    return text;
  } catch {
    const filled = filledJson(text);
    JSON.parse(filled);
    return filled;
  }
};

/** What is wrong with a text that PARSE_JSON would refuse; null for any other. */
export const checkedJson = (text: string): string | null => {
  try {
    if (text.trim() !== '') readable(text);
    return null;
  } catch {
    return jsonFault(text);
  }
};
