import { Dialect, parse as parseTree } from '@polyglot-sql/sdk';
import { syntaxError, unexpected } from '../sql/syntax-error.ts';
import type { Token } from '../sql/token.ts';
import type { Prepared } from './prepare/prepare.ts';
import { shape } from './tree.ts';
import type { Node } from './tree.ts';

/** The tree of a prepared statement; what the parser can't read is a syntax error at its place in the original text. */
export const parse = (prepared: Prepared): Node => {
  const result = parseTree(prepared.text, Dialect.Snowflake);
  if (result.success && result.ast.length === 1) return mended(result.ast[0] as unknown as Node, prepared.text);
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

/** The parser leaves `NOT a LIKE b` as text: that is read again without the NOT. */
const mended = (tree: Node, text: string): Node =>
  /\bNOT\b/i.test(text) && /LIKE\b/i.test(text) ? (withoutRaw(tree) as Node) : tree;

const withoutRaw = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutRaw);
  if (value === null || typeof value !== 'object') return value;
  const raw = (value as Record<string, { sql?: string } | undefined>)['raw']?.sql;
  const negated = raw === undefined ? null : /^\s*not\b([\s\S]*)$/i.exec(raw);
  if (negated) return { not: { this: expressionOf(negated[1]!) } };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutRaw(part)]));
};

/** The tree of one expression, without places in the text, which would be wrong ones. */
const expressionOf = (text: string): unknown => {
  const result = parseTree(`SELECT ${text}`, Dialect.Snowflake);
  if (!result.success) throw syntaxError(`unexpected '${text.trim()}'`, { line: 1, position: 0 });
  const [select] = result.ast as unknown as { select: { expressions: unknown[] } }[];
  return withoutRaw(JSON.parse(shape(select!.select.expressions[0])));
};
