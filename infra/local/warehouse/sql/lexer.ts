import { syntaxError } from './syntax-error.ts';
import { unescapeString } from './string-literal.ts';
import type { Token, TokenKind } from './token.ts';

const SPACE = /(?:\s|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const QUOTED = /"(?:[^"]|"")*"/y;
const STRING = /'(?:[^'\\]|''|\\[\s\S])*'/y;
const DOLLAR_STRING = /\$\$[\s\S]*?\$\$/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const VARIABLE = /\$(?:\d+|[A-Za-z_][\w$]*)/y;
const NAMED_BIND = /:(?:\d+|[A-Za-z_][\w$]*)/y;
const STAGE = /@(?:"(?:[^"]|"")*"|[^\s"(),;'])+/y;
const FILE_URI = /file:\/\/[^\s;]+/iy;
const OPERATOR = /::|:=|=>|->>|->|\|\||<>|!=|>=|<=|\*\*|[-+*/%=<>(),.;:[\]{}|&^~!?@#]/y;

const endsOperand = (token: Token | undefined, start: number): boolean =>
  token !== undefined &&
  token.end === start &&
  (['word', 'quoted', 'string', 'number', 'variable', 'bind'].includes(token.kind) ||
    [')', ']', '}'].includes(token.text));

/** Splits Snowflake SQL into tokens without comments; the last one is always `end`. Unfinished strings and comments are syntax errors. */
export const tokenize = (sql: string): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(sql)?.[0];
  };
  const skip = (text: string): void => {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      line += 1;
      lineStart = at + i + 1;
    }
    at += text.length;
  };
  const push = (kind: TokenKind, text: string, value: string): void => {
    tokens.push({ kind, text, value, start: at, end: at + text.length, line, position: at - lineStart });
    skip(text);
  };

  for (;;) {
    const space = match(SPACE);
    if (space) skip(space);
    if (at >= sql.length) break;
    const [kind, text, value] = next();
    push(kind, text, value);
  }
  tokens.push({ kind: 'end', text: '', value: '', start: at, end: at, line, position: at - lineStart });
  return tokens;

  function next(): [TokenKind, string, string] {
    const here = sql[at]!;
    let text: string | undefined;
    if ((text = match(FILE_URI))) return ['uri', text, text];
    if ((text = match(WORD))) return ['word', text, text.toUpperCase()];
    if ((text = match(QUOTED))) return ['quoted', text, text.slice(1, -1).replaceAll('""', '"')];
    if ((text = match(STRING))) return ['string', text, unescapeString(text.slice(1, -1))];
    if ((text = match(DOLLAR_STRING))) return ['string', text, text.slice(2, -2)];
    if (here === '.' && endsOperand(tokens.at(-1), at)) return ['operator', here, here];
    if ((text = match(NUMBER))) return ['number', text, text];
    if ((text = match(VARIABLE))) return ['variable', text, text.slice(1).toUpperCase()];
    if (here === '?') return ['bind', '?', '?'];
    if (here === ':' && !endsOperand(tokens.at(-1), at) && (text = match(NAMED_BIND)))
      return ['bind', text, text.slice(1).toUpperCase()];
    if ((text = match(STAGE))) return ['stage', text, text.slice(1)];
    if (sql.startsWith('/*', at)) throw syntaxError("unexpected '/*'", { line, position: at - lineStart });
    if ((text = match(OPERATOR))) return ['operator', text, text];
    throw syntaxError(`unexpected '${here}'`, { line, position: at - lineStart });
  }
};
