import { invalid } from '../catalog/errors.ts';
import type { OutArgument } from '../session/outcome.ts';
import type { Token } from '../sql/token.ts';
import type { Fragment } from './ast.ts';

/** The variable that a CALL gives to an OUT argument, by place or by name; anything else cannot take its value. */
export const variableFor = (call: Fragment, { name, place }: OutArgument): string => {
  const args = argumentsOf(call.tokens);
  const named = args.find(([first, arrow]) => arrow?.text === '=>' && first!.value === name)?.slice(2);
  const [token, ...more] = named ?? args[place] ?? [];
  if (token?.kind !== 'bind' || more.length > 0)
    throw invalid(`Output argument '${name}' takes a variable, not an expression.`);
  return token.value;
};

const argumentsOf = (tokens: readonly Token[]): Token[][] => {
  const args: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(tokens.findIndex(({ text }) => text === '(') + 1)) {
    if (token.text === '(' || token.text === '[') depth += 1;
    if (token.text === ')' || token.text === ']') depth -= 1;
    if (depth < 0) break;
    if (token.text === ',' && depth === 0) args.push([]);
    else args.at(-1)!.push(token);
  }
  return args;
};
