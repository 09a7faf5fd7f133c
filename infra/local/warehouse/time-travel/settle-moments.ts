import { bindInOrder } from '../session/binds.ts';
import type { StatementContext } from '../session/command.ts';
import { evaluate } from '../session/evaluate.ts';
import { closing } from '../sql/closing.ts';
import { tokenize } from '../sql/lexer.ts';
import { quoteSnowflakeString } from '../sql/string-literal.ts';
import type { Token } from '../sql/token.ts';

const KINDS = new Set(['TIMESTAMP', 'OFFSET', 'STATEMENT']);
const READERS = new Set(['SELECT', 'WITH', 'INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** The brackets of `AT (TIMESTAMP => ...)` and its like, as indices of tokens, whose value is still an expression. */
const openMoments = (tokens: readonly Token[]): { open: number; close: number; kind: string }[] =>
  tokens.flatMap((token, i) => {
    const kind = tokens[i + 2]?.value ?? '';
    const isClause =
      token.kind === 'word' &&
      ['AT', 'BEFORE', 'END'].includes(token.value) &&
      tokens[i + 1]?.text === '(' &&
      KINDS.has(kind) &&
      tokens[i + 3]?.text === '=>';
    if (!isClause) return [];
    const close = closing(tokens, i + 1);
    const settled = { TIMESTAMP: 'number', STATEMENT: 'string' }[kind];
    const isSettled = close === i + 5 && tokens[i + 4]?.kind === settled;
    return isSettled ? [] : [{ open: i + 1, close, kind }];
  });

/** A statement with constants in the place of expressions that say which moment of the past it means; undefined if it has none. */
export const settleMoments = async (
  context: StatementContext,
  words: readonly string[],
): Promise<Pick<StatementContext, 'statement' | 'binds'> | undefined> => {
  const isReader = READERS.has(words[0] ?? '') || context.statement.tokens[0]?.text === '(';
  if (!isReader && words.slice(0, 2).join(' ') !== 'CREATE TABLE') return undefined;
  if (openMoments(context.statement.tokens).length === 0) return undefined;
  let { text, values } = bindInOrder(context.statement, context.binds);
  for (;;) {
    const tokens = tokenize(text);
    const [moment] = openMoments(tokens);
    if (moment === undefined) return { statement: { text, tokens }, binds: { positional: values } };
    const bindsBefore = (end: number): number => tokens.slice(0, end).filter(({ kind }) => kind === 'bind').length;
    const [before, behind] = [bindsBefore(moment.open), bindsBefore(moment.close)];
    const written = text.slice(tokens[moment.open + 3]!.start, tokens[moment.close]!.start);
    const constant = await constantOf(context, moment.kind, written, values.slice(before, behind));
    text = text.slice(0, tokens[moment.open]!.end) + constant + text.slice(tokens[moment.close]!.start);
    values = [...values.slice(0, before), ...values.slice(behind)];
  }
};

const constantOf = async (
  context: StatementContext,
  kind: string,
  written: string,
  values: Parameters<typeof evaluate>[2],
): Promise<string> => {
  const { rows } = await evaluate(
    context,
    `SELECT ${kind === 'TIMESTAMP' ? `CAST(${written} AS TIMESTAMP_LTZ)` : written}`,
    values,
  );
  const cell = rows[0]?.[0] ?? '';
  if (kind === 'STATEMENT') return `STATEMENT => ${quoteSnowflakeString(cell)}`;
  return `TIMESTAMP => ${kind === 'TIMESTAMP' ? cell : context.startedAt.getTime() / 1000 + Number(cell)}`;
};
