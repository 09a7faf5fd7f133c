/** What becomes of a key that an object has twice: an error, or its last value stays. */
export type Duplicates = 'refused' | 'last';

/** Thrown for a key that an object has twice. */
export class DuplicateKeyError extends Error {}

const SPACE = /\s*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const ATOM = /[^\s,:\]}]+/y;

/** JSON with the keys of all objects in alphabetical order and no space between; numbers and texts stay as they are written. */
export const orderedJson = (text: string, duplicates: Duplicates): string => {
  let at = 0;

  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [found = ''] = pattern.exec(text) ?? [];
    at += found.length;
    return found;
  };

  return value();

  function value(): string {
    take(SPACE);
    const first = text[at];
    const found = first === '{' ? object() : first === '[' ? array() : first === '"' ? take(STRING) : take(ATOM);
    take(SPACE);
    return found;
  }

  function array(): string {
    const items: string[] = [];
    at += 1;
    take(SPACE);
    while (at < text.length && text[at] !== ']') {
      items.push(value());
      if (text[at] === ',') at += 1;
    }
    at += 1;
    return `[${items.join(',')}]`;
  }

  function object(): string {
    const members = new Map<string, string>();
    let sorted = true;
    let last = '';
    at += 1;
    take(SPACE);
    while (at < text.length && text[at] !== '}') {
      const key = take(STRING);
      if (members.has(key) && duplicates === 'refused')
        throw new DuplicateKeyError(`duplicate object attribute ${key}, pos ${at}`);
      sorted &&= last < key;
      last = key;
      take(SPACE);
      at += 1;
      members.set(key, value());
      if (text[at] === ',') at += 1;
      take(SPACE);
    }
    at += 1;
    const entries = [...members];
    if (!sorted) entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, member]) => `${key}:${member}`).join(',')}}`;
  }
};
