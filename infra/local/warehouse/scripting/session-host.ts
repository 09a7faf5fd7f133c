import { SnowflakeError } from '../contract.ts';
import { unsupported } from '../catalog/errors.ts';
import type { StatementContext } from '../session/command.ts';
import { evaluate } from '../session/evaluate.ts';
import { splitStatements } from '../sql/split.ts';
import { expandCalls, isCall } from '../system/expand.ts';
import { SYSTEM_FUNCTIONS } from '../system/functions.ts';
import { toSnowflakeError } from '../translation/errors.ts';
import type { Host } from './host.ts';
import { resultOf } from './outcome-result.ts';

/**
 * Lets a block run in the session of the statement that holds it. `closed`: a transaction that was open before may not be ended inside;
 * `owned`: the session itself may not be changed, as in procedures with their owner's rights.
 */
export const sessionHost = (context: StatementContext, closed: boolean, owned = false): Host => {
  const { session } = context;
  const outer = closed ? session.transactions.current : undefined;
  return {
    execute: async (sql, values) => {
      if (outer !== undefined) guardTransaction(sql);
      if (owned) guardSession(sql);
      const outcome = await context.execute(sql, { positional: values });
      return resultOf(outcome, session.queryIds.at(-1)!);
    },
    evaluate: async (sql, values) => {
      try {
        const statement = splitStatements(sql)[0]!;
        const inner = { ...context, statement, binds: { positional: values } };
        const calls = statement.tokens.some((_, i) => isCall(statement.tokens, i, SYSTEM_FUNCTIONS));
        const expanded = calls ? await expandCalls(inner, SYSTEM_FUNCTIONS) : { text: sql, values };
        return resultOf(await evaluate(context, expanded.text, expanded.values), '');
      } catch (error) {
        throw toSnowflakeError(error, sql);
      }
    },
  };
};

const SESSION_STATEMENTS = new Set(['SET', 'UNSET', 'USE']);

const guardSession = (sql: string): void => {
  const [first, second] = splitStatements(sql)[0]?.tokens ?? [];
  const type =
    first?.value === 'ALTER' && second?.value === 'SESSION'
      ? 'ALTER_SESSION'
      : SESSION_STATEMENTS.has(first?.value ?? '')
        ? first!.value
        : undefined;
  if (type === undefined) return;
  throw new SnowflakeError(
    '090236',
    '42601',
    `Stored procedure execution error: Unsupported statement type '${type}'.`,
  );
};

const guardTransaction = (sql: string): void => {
  const [first, second] = splitStatements(sql)[0]?.tokens ?? [];
  const begins =
    first?.value === 'BEGIN' &&
    (second === undefined || second.kind === 'end' || ['TRANSACTION', 'WORK', 'NAME'].includes(second.value));
  if (begins || (first?.value === 'START' && second?.value === 'TRANSACTION'))
    throw unsupported('a transaction within a procedure that was called inside another transaction');
  if (first?.value === 'COMMIT' || first?.value === 'ROLLBACK') {
    throw new SnowflakeError(
      '090236',
      '0A000',
      'Stored procedure execution error: Modifying a transaction that has started at a different scope is not allowed.',
    );
  }
};
