import type { Value } from '../contract.ts';
import { bindInOrder } from '../session/binds.ts';
import type { StatementContext } from '../session/command.ts';
import { evaluate } from '../session/evaluate.ts';
import { literal } from '../session/literal.ts';
import { closing } from '../sql/closing.ts';
import { tokenize } from '../sql/lexer.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { quoteSnowflakeString } from '../sql/string-literal.ts';
import type { Token } from '../sql/token.ts';
import type { SystemFunction } from './system-function.ts';

/** A statement's text in which constants stand for its SYSTEM$ calls. */
export interface Expanded {
  readonly text: string;
  readonly values: readonly Value[];
}

/** Whether a token calls one of these functions. */
export const isCall = (tokens: readonly Token[], at: number, known: ReadonlyMap<string, SystemFunction>): boolean =>
  tokens[at]!.kind === 'word' &&
  known.has(tokens[at]!.value) &&
  tokens[at + 1]?.text === '(' &&
  tokens[at - 1]?.text !== '.';

/** Runs each call and puts its value in its place. */
export const expandCalls = async (
  context: StatementContext,
  known: ReadonlyMap<string, SystemFunction>,
): Promise<Expanded> => {
  const { text, values } = bindInOrder(context.statement, context.binds);
  const tokens = tokenize(text);
  const kept: Value[] = [];
  let binds = 0;
  let written = '';
  let from = 0;
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!;
    if (token.kind === 'bind') kept.push(values[binds++]!);
    if (!isCall(tokens, i, known)) continue;
    const close = closing(tokens, i + 1);
    const inside = tokens.slice(i + 2, close);
    const used = inside.filter(({ kind }) => kind === 'bind').length;
    const args = await argumentsOf(
      context,
      text.slice(tokens[i + 1]!.end, tokens[close]!.start),
      inside,
      values.slice(binds, binds + used),
    );
    binds += used;
    const value = await known.get(token.value)!(args, context);
    const column = isWholeItem(tokens, i, close)
      ? ` AS ${quoteIdentifier(token.value + text.slice(token.end, tokens[close]!.end).toUpperCase())}`
      : '';
    written += text.slice(from, token.start) + constant(value) + column;
    from = tokens[close]!.end;
    i = close;
  }
  return { text: written + text.slice(from), values: kept };
};

const argumentsOf = async (
  context: StatementContext,
  text: string,
  tokens: readonly Token[],
  values: readonly Value[],
): Promise<Value[]> => {
  if (tokens.length === 0) return [];
  const { columns, rows } = await evaluate(context, `SELECT ${text}`, values);
  return columns.map(({ type }, i) => ({ type, text: rows[0]![i]! }));
};

const constant = (value: Value): string =>
  value.text === null || ['fixed', 'real', 'boolean'].includes(value.type)
    ? literal(value)
    : quoteSnowflakeString(value.text);

/** Whether the call is all of an item of the SELECT list, without an alias: its column is named after it. */
const isWholeItem = (tokens: readonly Token[], from: number, to: number): boolean => {
  const before = tokens[from - 1];
  const after = tokens[to + 1];
  const starts = before?.value === 'SELECT' || before?.text === ',';
  return (
    starts &&
    (after === undefined || after.kind === 'end' || after.text === ',' || after.text === ';' || after.value === 'FROM')
  );
};
