import { invalid, unsupported } from '../catalog/errors.ts';
import { bindInOrder } from '../session/binds.ts';
import type { Binds, StatementContext } from '../session/command.ts';
import { evaluate } from '../session/evaluate.ts';
import { closing } from '../sql/closing.ts';
import { tokenize } from '../sql/lexer.ts';
import type { Statement } from '../sql/split.ts';
import { quoteSnowflakeString } from '../sql/string-literal.ts';
import type { Token } from '../sql/token.ts';
import { readsTables } from './table-statements.ts';

/** A statement in which the text of `TABLE(TO_QUERY(text, name => value))` stands as a subquery; undefined where it has none. */
export const queryTexts = async (
  context: StatementContext,
): Promise<{ statement: Statement; binds: Binds } | undefined> => {
  const { tokens: written } = context.statement;
  if (!readsTables(written) || !written.some((_, i) => calls(written, i))) return undefined;
  let { text, values } = bindInOrder(context.statement, context.binds);
  for (;;) {
    const tokens = tokenize(text);
    const at = tokens.findIndex((_, i) => calls(tokens, i));
    if (at < 0) return { statement: { text, tokens }, binds: { positional: values } };
    const close = closing(tokens, at + 1);
    const args = argumentsIn(text, tokens.slice(at + 4, closing(tokens, at + 3)));
    const binds = (from: number, to: number): number =>
      tokens.slice(from, to).filter(({ kind }) => kind === 'bind').length;
    const [before, inside] = [binds(0, at), binds(at, close)];
    const given = values.slice(before, before + inside);
    const { rows } = await evaluate(context, `SELECT ${args.map(({ sql }) => sql).join(', ')}`, given);
    const query = subquery(args.map(({ name }, i) => ({ name, text: rows[0]![i]! })));
    text = `${text.slice(0, tokens[at]!.start)}(${query})${text.slice(tokens[close]!.end)}`;
    values = [...values.slice(0, before), ...values.slice(before + inside)];
  }
};

const calls = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]!.value === 'TABLE' && tokens[at + 1]?.text === '(' && tokens[at + 2]?.value === 'TO_QUERY';

const argumentsIn = (text: string, tokens: readonly Token[]): { name: string; sql: string }[] => {
  let depth = 0;
  const items: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (token.text === ',' && depth === 0) items.push([]);
    else items.at(-1)!.push(token);
  }
  return items.map((item, i) => {
    const named = item[1]?.text === '=>';
    const value = named ? item.slice(2) : item;
    if (value.length === 0 || (i > 0 && !named)) throw invalid('Invalid arguments of TO_QUERY.');
    return { name: named ? item[0]!.value : 'SQL', sql: text.slice(value[0]!.start, value.at(-1)!.end) };
  });
};

const subquery = (args: readonly { name: string; text: string | null }[]): string => {
  const values = new Map<string, string>();
  for (const { name, text } of args) {
    if (text === null) throw unsupported('TO_QUERY of NULL');
    values.set(name, text);
  }
  const sql = values.get('SQL');
  if (sql === undefined) throw invalid('Invalid arguments of TO_QUERY.');
  let from = 0;
  let written = '';
  for (const token of tokenize(sql)) {
    const value = token.kind === 'bind' ? values.get(token.value) : token.text === ';' ? '' : undefined;
    if (value === undefined) continue;
    written += sql.slice(from, token.start) + (token.kind === 'bind' ? quoteSnowflakeString(value) : '');
    from = token.end;
  }
  return `${written}${sql.slice(from)}\n`;
};
