import { Dialect, parse as parseTree } from '@polyglot-sql/sdk';
import { syntaxError, unexpected } from '../sql/syntax-error.ts';
import type { Token } from '../sql/token.ts';
import type { Prepared } from './prepare/prepare.ts';
import type { Node } from './tree.ts';

/** The tree of a prepared statement; what the parser can't read is a syntax error at its place in the original text. */
export const parse = (prepared: Prepared): Node => {
  const result = parseTree(prepared.text, Dialect.Snowflake);
  if (result.success && result.ast.length === 1) return result.ast[0] as unknown as Node;
  if (result.errorStart !== undefined) throw unexpected(culprit(prepared, result.errorStart));
  throw syntaxError('unexpected statement', { line: 1, position: 0 });
};

/** The token that is wrong. The parser blames the last one also where more should have followed: with one more word it then gets further. */
const culprit = (prepared: Prepared, offset: number): Token => {
  const blamed = prepared.tokenAt(offset);
  const end = prepared.tokenAt(prepared.text.length);
  if (blamed.end !== prepared.lastEnd) return blamed;
  const longer = parseTree(`${prepared.text} x`, Dialect.Snowflake);
  return longer.success || (longer.errorStart ?? 0) > offset ? end : blamed;
};
