import { as } from '../coerce.ts';
import { sharedCollation } from '../collations.ts';
import type { Rule } from '../context.ts';
import { BINARY, TEXT } from '../types.ts';
import type { Type } from '../types.ts';
import { operands } from './arithmetic.ts';

/** `||`: NULL if either side is. */
export const concatenate: Rule = (parts, context, scope) => {
  const [a, b] = operands(parts, context, scope);
  const collation = sharedCollation(a.type, b.type);
  const type = a.type.name === 'binary' && b.type.name === 'binary' ? BINARY : TEXT;
  return {
    sql: `(${as(a, type)} || ${as(b, type)})`,
    type: { ...type, ...joinedLength([a.type, b.type]), ...(collation !== undefined && { collation }) },
  };
};

/** The length of texts put together, where each has one. */
export const joinedLength = (types: readonly Type[]): { length?: number } =>
  types.every(({ name, length }) => name === 'text' && length !== undefined)
    ? { length: types.reduce((sum, { length }) => sum + length!, 0) }
    : {};
