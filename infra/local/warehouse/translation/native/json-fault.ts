const SPACE = /[\s]/;

/**
 * What is wrong with a text that is no JSON, in the words of Snowflake; positions count from 1.
 *
 * @example jsonFault('{"a": }') // 'misplaced }, pos 7'
 */
export const jsonFault = (text: string): string => {
  const open: string[] = [];
  /** What may come next: a value, a key, a colon, or what follows a value. */
  let expected: 'value' | 'first' | 'key' | 'colon' | 'more' = 'value';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (SPACE.test(char)) continue;
    if (char === '"' || char === "'") {
      const end = endOfText(text, at);
      if (end === undefined) return `unfinished string, pos ${text.length + 1}`;
      if (expected === 'more') return open.length > 0 ? `missing comma, pos ${at + 1}` : tooMany(at);
      expected = expected === 'key' || (expected === 'first' && open.at(-1) === '{') ? 'colon' : 'more';
      at = end;
    } else if (char === '{' || char === '[') {
      if (expected === 'more' && open.length === 0) return tooMany(at);
      if (expected !== 'value' && !(expected === 'first' && open.at(-1) === '[')) return misplaced(char, at);
      open.push(char);
      expected = 'first';
    } else if (char === '}' || char === ']') {
      const fits = open.at(-1) === (char === '}' ? '{' : '[');
      const ends = expected === 'more' || expected === 'first' || (char === ']' && expected === 'value');
      if (!fits || !ends) return misplaced(char, at);
      open.pop();
      expected = 'more';
    } else if (char === ',') {
      const gap = open.at(-1) === '[' && (expected === 'value' || expected === 'first');
      if (open.length === 0 || (expected !== 'more' && !gap)) return misplaced(char, at);
      expected = open.at(-1) === '{' ? 'key' : 'value';
    } else if (char === ':') {
      if (expected !== 'colon') return misplaced(char, at);
      expected = 'value';
    } else {
      const word = /^[^\s,:[\]{}"']+/.exec(text.slice(at))?.[0] ?? char;
      const isKey: boolean = expected === 'key' || (expected === 'first' && open.at(-1) === '{');
      const last = at + word.length;
      if (expected === 'more') return open.length > 0 ? `missing comma, pos ${at + 1}` : tooMany(at);
      if (expected === 'colon') return `missing colon, pos ${at + 1}`;
      if (isKey ? !/^[A-Za-z_$]/.test(word) : !isAtom(word)) return `unknown keyword "${word}", pos ${last + 1}`;
      expected = isKey ? 'colon' : 'more';
      at = last - 1;
    }
  }
  const inner = open.at(-1);
  if (inner === undefined) return 'invalid JSON';
  return `incomplete ${inner === '{' ? 'object' : 'array'} value, pos ${text.length + 1}`;
};

const misplaced = (char: string, at: number): string => `misplaced ${char}, pos ${at + 1}`;

const tooMany = (at: number): string => `more than one document in the input, pos ${at + 1}`;

const isAtom = (word: string): boolean =>
  /^(?:true|false|null|undefined)$/i.test(word) || /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(word);

const endOfText = (text: string, start: number): number | undefined => {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === text[start]) return at;
  }
  return undefined;
};
