import { UNDEFINED } from '../../sql/held-values.ts';

const TOKENS = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|[[\]{},:]|\s+|[^\s"'[\]{},:]+/g;

const WORDS: Readonly<Record<string, string>> = { TRUE: 'true', FALSE: 'false', NULL: 'null', UNDEFINED };

/**
 * JSON as Snowflake reads it beyond the standard, as plain JSON: arrays with places without a value, `[1, , 2,]`, which is `undefined`; keys without
 * quotes; apostrophes around texts; TRUE, FALSE and NULL in any case. Any other text stays what it is.
 *
 * @example filledJson("{a: [1, 'x'], b: TRUE}") // '{"a": [1, "x"], "b": true}'
 */
export const filledJson = (text: string): string => {
  const tokens = text.match(TOKENS) ?? [];
  let last = '';
  return tokens
    .map((token, i) => {
      if (token.trim() === '') return token;
      const missing = (token === ',' && (last === '[' || last === ',')) || (token === ']' && last === ',');
      last = token;
      return missing ? `${UNDEFINED}${token}` : standard(token, isKey(tokens, i));
    })
    .join('');
};

const isKey = (tokens: readonly string[], at: number): boolean => {
  const next = tokens[at + 1]?.trim() === '' ? tokens[at + 2] : tokens[at + 1];
  return next === ':';
};

const standard = (token: string, isKey: boolean): string => {
  if (token.startsWith("'"))
    return JSON.stringify(token.slice(1, -1).replaceAll(String.raw`\'`, "'")).replaceAll('\\\\', '\\');
  if (isKey && /^[A-Za-z_$][\w$]*$/.test(token)) return JSON.stringify(token);
  return WORDS[token.toUpperCase()] ?? token;
};
