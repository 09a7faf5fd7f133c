import type { Value } from '../contract.ts';
import { splitStatements } from '../sql/split.ts';
import type { StatementContext } from './command.ts';
import type { Outcome } from './outcome.ts';
import { runTranslated } from './run-translated.ts';
import { newQueryId } from './session.ts';

/** Runs a SELECT that belongs to the statement under way: it is no statement of its own in the session's history. */
export const evaluate = (context: StatementContext, sql: string, values: readonly Value[]): Promise<Outcome> =>
  runTranslated({
    ...context,
    statement: splitStatements(sql)[0]!,
    binds: { positional: values },
    queryId: newQueryId(),
  });
