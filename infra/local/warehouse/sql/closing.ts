import type { Token } from './token.ts';

/** The place of the bracket that closes the one at `open`; the last token's where none does. */
export const closing = (tokens: readonly Token[], open: number): number => {
  let depth = 0;
  for (let i = open; i < tokens.length; i += 1) {
    if (tokens[i]!.text === '(') depth += 1;
    if (tokens[i]!.text === ')' && (depth -= 1) === 0) return i;
  }
  return tokens.length - 1;
};
