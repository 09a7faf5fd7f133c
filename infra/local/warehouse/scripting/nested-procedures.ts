import { SnowflakeError } from '../contract.ts';
import { Cursor } from '../sql/cursor.ts';
import type { Fragment, NestedProcedure, Query } from './ast.ts';
import { procedureOutcome } from './block-outcome.ts';
import { resultOf } from './outcome-result.ts';
import type { Runtime } from './flow.ts';
import type { Host, Result } from './host.ts';
import { argumentsOf } from './inner-query.ts';
import { Scope } from './scope.ts';

/** Calls a procedure that a block around the CALL has declared; undefined where there is none of this name. */
export const callNested = (runtime: Runtime, host: Host, query: Query, scope: Scope): Promise<Result> | undefined => {
  if (query.dynamic || query.sql.tokens[0]!.value !== 'CALL') return undefined;
  const cursor = new Cursor(query.sql.tokens.slice(1));
  const name = cursor.name();
  const found = name.length === 1 ? scope.find(name[0]!) : undefined;
  if (found?.kind !== 'procedure') return undefined;
  return call(runtime, host, name[0]!, found, argumentsOf(query.sql), scope);
};

const call = async (
  runtime: Runtime,
  host: Host,
  name: string,
  { procedure, scope: outer }: { readonly procedure: NestedProcedure; readonly scope: Scope },
  args: readonly Fragment[],
  from: Scope,
): Promise<Result> => {
  const { parameters, block } = procedure;
  if (args.length !== parameters.length)
    throw new SnowflakeError(
      '002140',
      '42601',
      `SQL compilation error:\nUnknown user-defined function ${name} with ${args.length} argument(s).`,
    );
  const scope = new Scope(outer);
  for (const [i, parameter] of parameters.entries()) {
    const value = await runtime.evaluator.value(args[i]!, from, parameter.type);
    scope.declare(parameter.name, { kind: 'value', type: parameter.type, value });
  }
  const flow = await runtime.block(block, scope);
  const returned = flow?.kind === 'return' ? flow.returned : undefined;
  return resultOf(await procedureOutcome(host, returned, { name, ...procedure }), '');
};
