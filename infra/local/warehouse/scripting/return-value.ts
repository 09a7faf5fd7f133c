import type { Fragment } from './ast.ts';
import type { Runtime } from './flow.ts';
import { unwrapped } from './inner-query.ts';
import type { Scope } from './scope.ts';
import type { TypedValue } from './value.ts';

/** The value of a RETURN; `plain` where it is a literal or a variable. The counter of a FOR loop is returned as a text. */
export const returnValue = async (
  runtime: Runtime,
  expression: Fragment,
  scope: Scope,
): Promise<{ value: TypedValue; plain: boolean }> => {
  const value = await runtime.evaluator.value(expression, scope);
  const tokens = unwrapped(expression).tokens.filter(({ kind, text }) => kind !== 'end' && text !== '-');
  const [token, ...more] = tokens;
  const plain = more.length === 0 && ['word', 'quoted', 'string', 'number'].includes(token?.kind ?? '');
  const variable = plain ? scope.find(token!.value) : undefined;
  const isCounter = variable?.kind === 'value' && variable.counter === true;
  return { value: isCounter ? { type: 'text', text: value.text } : value, plain };
};
