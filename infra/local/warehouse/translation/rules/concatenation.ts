import { as } from '../coerce.ts';
import type { Rule } from '../context.ts';
import { BINARY, TEXT } from '../types.ts';
import { operands } from './arithmetic.ts';

/** `||`: NULL if either side is. */
export const concatenate: Rule = (parts, context, scope) => {
  const [a, b] = operands(parts, context, scope);
  const type = a.type.name === 'binary' && b.type.name === 'binary' ? BINARY : TEXT;
  return { sql: `(${as(a, type)} || ${as(b, type)})`, type };
};
