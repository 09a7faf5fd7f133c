import type { Fragment } from './ast.ts';
import { needResult, openCursor } from './cursors.ts';
import type { Runtime } from './flow.ts';
import type { Result } from './host.ts';
import { parseInnerQuery } from './inner-query.ts';
import type { Scope } from './scope.ts';

/** The rows of `RETURN TABLE(...)`: a RESULTSET, a cursor through RESULTSET_FROM_CURSOR, or a query. */
export const returnTable = async (runtime: Runtime, source: Fragment, scope: Scope): Promise<Result> => {
  const { tokens } = source;
  const named = scope.find(tokens[0]!.value);
  if (tokens.length === 2 && named?.kind === 'resultset') return needResult(named.result, source.text);
  if (tokens[0]!.value === 'RESULTSET_FROM_CURSOR' && tokens[1]!.text === '(') {
    const cursor = scope.need('cursor', tokens[2]!.value);
    return cursor.open?.result ?? openCursor(runtime, tokens[2]!.value, [], scope);
  }
  return runtime.evaluator.run(parseInnerQuery(source), scope);
};
