import { unsupported } from '../../catalog/errors.ts';
import { bindInOrder } from '../../session/binds.ts';
import type { Command, StatementContext } from '../../session/command.ts';
import { command } from '../../session/command.ts';
import type { Outcome } from '../../session/outcome.ts';
import { Cursor } from '../../sql/cursor.ts';
import { tokenize } from '../../sql/lexer.ts';
import { splitStatements } from '../../sql/split.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import { bindPositional } from '../bind-text.ts';
import { runBlock } from '../interpreter.ts';
import { parseScript } from '../parse-block.ts';
import { sessionHost } from '../session-host.ts';
import type { TypedValue } from '../value.ts';
import { executeFrom } from './execute-from.ts';
import { blockOutcome } from '../block-outcome.ts';

const NAME = 'anonymous block';

/** A block by itself: DECLARE ... BEGIN ... END. */
export const anonymousBlock: Command = {
  matches: (words, tokens) => words[0] === 'DECLARE' || (words[0] === 'BEGIN' && tokens.length > 2),
  run: async (context) => {
    // Without values from the client, a `?` is a cursor's own, for the USING of its OPEN.
    const asks = context.statement.tokens.some(({ kind, value }) => kind === 'bind' && value === '?');
    if (asks && context.binds.positional.length > 0) throw unsupported('binds in an anonymous block');
    return runText(context, context.statement.text);
  },
};

const runText = async (context: StatementContext, text: string): Promise<Outcome> =>
  blockOutcome(await runBlock(sessionHost(context, false), parseScript(text), new Map()), NAME);

/** EXECUTE IMMEDIATE of a text, a session variable or a bind, with values in USING. */
export const executeImmediate: Command = command('EXECUTE IMMEDIATE', async (context) => {
  const { text, values } = bindInOrder(context.statement, context.binds);
  const cursor = new Cursor(tokenize(text));
  cursor.expect('EXECUTE', 'IMMEDIATE');
  if (cursor.at('FROM')) return executeFrom(context, cursor);
  const token = cursor.next();
  const bound = token.kind === 'bind' ? 1 : 0;
  const sql =
    token.kind === 'string'
      ? token.value
      : token.kind === 'bind'
        ? values[0]?.text
        : token.kind === 'variable'
          ? context.session.variables.get(token.value)?.text
          : undefined;
  if (sql === undefined || sql === null) throw unexpected(token);
  const given: TypedValue[] = [];
  if (cursor.accept('USING')) {
    const open = cursor.peek().end;
    while (!cursor.atEnd) cursor.next();
    const inside = text.slice(open, text.lastIndexOf(')'));
    const result = await sessionHost(context, false).evaluate(`SELECT ${inside}`, values.slice(bound));
    for await (const row of result.rows()) given.push(...row);
  }
  cursor.finish();
  const [first, ...more] = splitStatements(sql);
  if (
    first !== undefined &&
    more.length === 0 &&
    anonymousBlock.matches([first.tokens[0]!.value], first.tokens) &&
    !isTransaction(first.tokens[1]!.value)
  )
    return runText(context, sql);
  const { text: statement, values: positional } = bindPositional(sql, given);
  return context.execute(statement, { positional });
});

const isTransaction = (second: string): boolean => ['TRANSACTION', 'WORK', 'NAME', ''].includes(second);
