import type { Names } from '../../contract.ts';
import { Cursor } from '../../sql/cursor.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import { tokenize } from '../../sql/lexer.ts';
import type { Token } from '../../sql/token.ts';
import { isOperator, isWord } from './edits.ts';

/** The tokens of a DML statement with `IDENTIFIER('t')` and `IDENTIFIER($t)` as the name itself, where they say what is written. */
export const namedTargets = (tokens: readonly Token[], names: Names): readonly Token[] => {
  const at = tokens.findIndex((_, i) => isTarget(tokens, i));
  if (at < 0) return tokens;
  const inside = tokens[at + 2]!;
  const text = inside.kind === 'variable' ? variableText(names.variable(inside.value)) : inside.value;
  if (text === undefined) return tokens;
  const path = new Cursor(tokenize(text)).name().map(quoteIdentifier).join('.');
  const { start, end, line, position } = inside;
  const named = tokenize(path).slice(0, -1);
  return [
    ...tokens.slice(0, at),
    ...named.map((token) => ({ ...token, start, end, line, position })),
    ...namedTargets(tokens.slice(at + 4), names),
  ];
};

const isTarget = (tokens: readonly Token[], at: number): boolean =>
  isWord(tokens[at], 'IDENTIFIER') &&
  isOperator(tokens[at + 1], '(') &&
  ['string', 'variable'].includes(tokens[at + 2]!.kind) &&
  isOperator(tokens[at + 3], ')') &&
  (isWord(tokens[at - 1], 'INTO', 'UPDATE', 'TABLE', 'EXISTS', 'TRUNCATE') ||
    (isWord(tokens[at - 1], 'FROM') && isWord(tokens[at - 2], 'DELETE')));

const variableText = (literal: string | undefined): string | undefined => {
  const [token] = literal === undefined ? [] : tokenize(literal);
  return token?.kind === 'string' ? token.value : undefined;
};
