import { unsupported } from '../../catalog/errors.ts';
import { quoteSnowflakeString } from '../../sql/string-literal.ts';
import type { Token } from '../../sql/token.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import type { Command } from '../command.ts';
import type { Outcome } from '../outcome.ts';

/** `a ->> b ->> c`: one statement after the other, where `FROM $1` reads what the one before returned, `FROM $2` the one before that. */
export const flowOperator: Command = {
  matches: (_, tokens) => chain(tokens).length > 1,
  run: async ({ session, statement, binds, execute }) => {
    if (binds.positional.length > 0) throw unsupported('binds in statements joined by ->>');
    const parts = chain(statement.tokens);
    const ids: string[] = [];
    let outcome: Outcome | undefined;
    for (const tokens of parts) {
      if (tokens.length === 0) throw unexpected(statement.tokens.at(-1)!);
      outcome = await execute(reading(statement.text, statement.tokens[0]!.start, tokens, ids));
      ids.push(session.queryIds.at(-1)!);
    }
    return outcome!;
  },
};

/** The statements between the operators, which stand outside of any brackets. */
const chain = (tokens: readonly Token[]): Token[][] => {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'end') break;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (token.text === '->>' && depth === 0) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
};

const reading = (text: string, start: number, tokens: readonly Token[], ids: readonly string[]): string => {
  let written = '';
  let from = tokens[0]!.start;
  for (const [i, token] of tokens.entries()) {
    const id = token.kind === 'variable' && /^\d+$/.test(token.value) ? ids.at(-Number(token.value)) : undefined;
    if (id === undefined || !['FROM', 'JOIN'].includes(tokens[i - 1]?.value ?? '')) continue;
    written += `${text.slice(from - start, token.start - start)}TABLE(RESULT_SCAN(${quoteSnowflakeString(id)}))`;
    from = token.end;
  }
  return written + text.slice(from - start, tokens.at(-1)!.end - start);
};
