import type { Fragment, Query } from './ast.ts';
import { fragmentOf } from './reader.ts';

/** The query of `RESULTSET := (query)`: a SELECT, or EXECUTE IMMEDIATE with its USING. */
export const parseInnerQuery = (fragment: Fragment): Query => {
  const inner = unwrapped(fragment);
  const { tokens } = inner;
  if (tokens[0]?.value !== 'EXECUTE' || tokens[1]?.value !== 'IMMEDIATE')
    return { dynamic: false, sql: inner, into: [] };
  const using = tokens.findIndex(({ kind, value }) => kind === 'word' && value === 'USING');
  const text = part(inner, 2, using < 0 ? tokens.length - 1 : using);
  return { dynamic: true, text, using: using < 0 ? [] : items(part(inner, using + 1, tokens.length - 1)), into: [] };
};

/** The fragment without the word that has it run beside the block. */
export const withoutAsync = (fragment: Fragment): Fragment =>
  fragment.tokens[0]!.value === 'ASYNC' ? part(fragment, 1, fragment.tokens.length - 1) : fragment;

/** The fragment without the parentheses around all of it. */
export const unwrapped = (fragment: Fragment): Fragment => {
  const { tokens } = fragment;
  if (tokens[0]?.text !== '(' || tokens.at(-2)?.text !== ')') return fragment;
  let depth = 0;
  for (const [i, { text, kind }] of tokens.entries()) {
    if (kind !== 'operator') continue;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0 && i < tokens.length - 2) return fragment;
  }
  return unwrapped(part(fragment, 1, tokens.length - 2));
};

/** What stands in the parentheses of `CALL name(a, b)`. */
export const argumentsOf = (call: Fragment): Fragment[] =>
  call.tokens[3]?.text === ')' ? [] : items(part(call, 2, call.tokens.length - 1));

const part = ({ text, tokens }: Fragment, from: number, to: number): Fragment => {
  const start = tokens[0]!.start;
  const source = ' '.repeat(start) + text;
  return fragmentOf(source, tokens.slice(from, to));
};

const items = (list: Fragment): Fragment[] => {
  const { tokens } = unwrapped(list);
  const found: Fragment[] = [];
  let depth = 0;
  let from = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (token.kind !== 'end' && (depth > 0 || token.text !== ',')) continue;
    if (i > from) found.push(part(unwrapped(list), from, i));
    from = i + 1;
  }
  return found;
};
