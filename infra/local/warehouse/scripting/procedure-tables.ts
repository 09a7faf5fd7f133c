import { functionsNamed } from '../functions/function-object.ts';
import { qualify } from '../catalog/names.ts';
import { bindInOrder } from '../session/binds.ts';
import type { Binds, StatementContext } from '../session/command.ts';
import { closing } from '../sql/closing.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import type { Statement } from '../sql/split.ts';
import { quoteSnowflakeString } from '../sql/string-literal.ts';
import type { Token } from '../sql/token.ts';
import { proceduresNamed } from './commands/call.ts';
import { readsTables } from './table-statements.ts';

/** A query in which the results of procedures stand for `TABLE(procedure(...))`, which are called first; undefined where it has none. */
export const procedureTables = async (
  context: StatementContext,
): Promise<{ statement: Statement; binds: Binds } | undefined> => {
  const { tokens: written } = context.statement;
  if (!readsTables(written) || !written.some((_, i) => calls(context, written, i))) return undefined;
  let { text, values } = bindInOrder(context.statement, context.binds);
  for (;;) {
    const tokens = tokenize(text);
    const at = tokens.findIndex((_, i) => calls(context, tokens, i));
    if (at < 0) return { statement: { text, tokens }, binds: { positional: values } };
    const close = closing(tokens, at + 1);
    const binds = (from: number, to: number): number =>
      tokens.slice(from, to).filter(({ kind }) => kind === 'bind').length;
    const [before, inside] = [binds(0, at), binds(at, close)];
    await context.execute(`CALL ${text.slice(tokens[at + 2]!.start, tokens[close]!.start)}`, {
      positional: values.slice(before, before + inside),
    });
    const id = quoteSnowflakeString(context.session.queryIds.at(-1)!);
    text = `${text.slice(0, tokens[at + 2]!.start)}RESULT_SCAN(${id})${text.slice(tokens[close]!.start)}`;
    values = [...values.slice(0, before), ...values.slice(before + inside)];
  }
};

/** Whether `TABLE(name(` stands here with the name of a procedure that is not also that of a function. */
const calls = (context: StatementContext, tokens: readonly Token[], at: number): boolean => {
  if (tokens[at]!.value !== 'TABLE' || tokens[at + 1]?.text !== '(') return false;
  if (!['word', 'quoted'].includes(tokens[at + 2]?.kind ?? '')) return false;
  const { session, warehouse } = context;
  const cursor = new Cursor(tokens.slice(at + 2));
  const name = cursor.name();
  if (!cursor.at('(') || (name.length < 3 && session.database === undefined) || session.schema === undefined)
    return false;
  return (
    functionsNamed(warehouse.catalog, qualify(name, session)).length === 0 && proceduresNamed(context, name).length > 0
  );
};
