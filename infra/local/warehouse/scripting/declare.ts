import { SnowflakeError } from '../contract.ts';
import type { Declaration, Fragment } from './ast.ts';
import type { Runtime } from './flow.ts';
import { parseInnerQuery, withoutAsync } from './inner-query.ts';
import { startJob } from './jobs.ts';
import { failing } from './raised.ts';
import type { Scope } from './scope.ts';
import { inferredType, plainText } from './value.ts';

/** Brings a declared name into the scope. */
export const declare = async (runtime: Runtime, declaration: Declaration, scope: Scope): Promise<void> => {
  const { name } = declaration;
  switch (declaration.kind) {
    case 'variable': {
      const { type, value } = declaration;
      const first = value && (await runtime.evaluator.value(value, scope, type));
      const declared = type ?? (first && inferredType(first));
      const initial = first && declared && (await runtime.evaluator.cast(first, declared));
      return scope.declare(name, {
        kind: 'value',
        type: declared,
        value: initial ?? { ...(type ?? plainText(null)), text: null },
      });
    }
    case 'cursor':
      return scope.declare(name, { kind: 'cursor', source: declaration.source, open: undefined });
    case 'resultset':
      scope.declare(name, { kind: 'resultset', result: undefined });
      return declaration.query === undefined ? undefined : assign(runtime, name, declaration.query, scope);
    case 'procedure':
      return scope.declare(name, { kind: 'procedure', procedure: declaration.procedure, scope });
    case 'exception':
      return scope.declare(name, { kind: 'exception', code: declaration.code, message: declaration.message });
  }
};

/** Gives a variable or RESULTSET a new value. */
export const assign = async (runtime: Runtime, name: string, value: Fragment, scope: Scope): Promise<void> => {
  const variable = scope.find(name);
  if (variable?.kind === 'resultset') {
    const query = parseInnerQuery(withoutAsync(value));
    return failing('statement', value.tokens[0]!, async () => {
      if (value.tokens[0]!.value === 'ASYNC') variable.job = await startJob(runtime, query, scope, variable);
      else Object.assign(variable, { result: await runtime.evaluator.run(query, scope), job: undefined });
    });
  }
  if (variable?.kind !== 'value') {
    throw new SnowflakeError('000904', '42000', `SQL compilation error:\nVariable '${name}' is not declared.`);
  }
  variable.value = await runtime.evaluator.value(value, scope, variable.type);
};
