/** What becomes of a key that an object has twice: an error, or its last value stays. */
export type Duplicates = 'refused' | 'last';

/** Thrown for a key that an object has twice. */
export class DuplicateKeyError extends Error {}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

/** Behind the quote that closes the one at `start`. */
const endOfString = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 1) return at + 1;
  }
  return text.length;
};

/** Whether a text is already what it would become: most documents are, and need no new text. */
const isOrdered = (text: string): boolean => {
  const lasts: string[] = [];
  let last = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (text.charCodeAt(end) === COLON) {
        const key = text.slice(at, end);
        if (key <= last) return false;
        last = key;
      }
      at = end - 1;
    } else if (code === OPEN_OBJECT) {
      lasts.push(last);
      last = '';
    } else if (code === CLOSE_OBJECT) last = lasts.pop() ?? '';
    else if (isSpace(code)) return false;
  }
  return true;
};

/** JSON with the keys of all objects in alphabetical order and no space between; numbers and texts stay as they are written. */
export const orderedJson = (text: string, duplicates: Duplicates): string => {
  let at = 0;
  return isOrdered(text) ? text : value();

  function skip(): number {
    while (isSpace(text.charCodeAt(at))) at += 1;
    return text.charCodeAt(at);
  }

  function value(): string {
    const first = skip();
    const found =
      first === OPEN_OBJECT ? object() : first === OPEN_ARRAY ? array() : first === QUOTE ? string() : atom();
    skip();
    return found;
  }

  function string(): string {
    const start = at;
    at = endOfString(text, at);
    return text.slice(start, at);
  }

  function atom(): string {
    const start = at;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT || isSpace(code)) break;
    }
    return text.slice(start, at);
  }

  function array(): string {
    let items = '';
    at += 1;
    while (skip() !== CLOSE_ARRAY && at < text.length) {
      items += items === '' ? value() : `,${value()}`;
      if (text.charCodeAt(at) === COMMA) at += 1;
    }
    at += 1;
    return `[${items}]`;
  }

  function object(): string {
    const keys: string[] = [];
    const members: string[] = [];
    let sorted = true;
    at += 1;
    while (skip() !== CLOSE_OBJECT && at < text.length) {
      const key = string();
      if (duplicates === 'refused' && !(sorted && (keys.length === 0 || keys.at(-1)! < key)) && keys.includes(key))
        throw new DuplicateKeyError(`duplicate object attribute ${key}, pos ${at}`);
      sorted &&= keys.length === 0 || keys.at(-1)! < key;
      keys.push(key);
      skip();
      at += 1;
      members.push(`${key}:${value()}`);
      if (text.charCodeAt(at) === COMMA) at += 1;
    }
    at += 1;
    return `{${(sorted ? members : arranged(keys, members)).join(',')}}`;
  }
};

/** Members by key; of two with one key the later one. */
const arranged = (keys: readonly string[], members: readonly string[]): string[] => {
  const byKey = new Map(keys.map((key, i) => [key, members[i]!]));
  return [...byKey.keys()].toSorted((a, b) => (a < b ? -1 : 1)).map((key) => byKey.get(key)!);
};
