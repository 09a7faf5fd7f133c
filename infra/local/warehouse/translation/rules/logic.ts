import { as } from '../coerce.ts';
import type { Rule } from '../context.ts';
import { nodeAt } from '../tree.ts';
import { BOOLEAN } from '../types.ts';
import { operands } from './arithmetic.ts';

const logical =
  (operator: string): Rule =>
  (parts, context, scope) => {
    const [a, b] = operands(parts, context, scope);
    return { sql: `(${as(a, BOOLEAN)} ${operator} ${as(b, BOOLEAN)})`, type: BOOLEAN };
  };

export const and = logical('AND');
export const or = logical('OR');

export const not: Rule = (parts, context, scope) => ({
  sql: `(NOT ${as(context.expression(nodeAt(parts, 'this')!, scope), BOOLEAN)})`,
  type: BOOLEAN,
});

export const isNull: Rule = (parts, context, scope) => ({
  sql: `(${context.expression(nodeAt(parts, 'this')!, scope).sql} IS ${parts['not'] ? 'NOT ' : ''}NULL)`,
  type: BOOLEAN,
});

const truth =
  (value: string): Rule =>
  (parts, context, scope) => ({
    sql: `(${as(context.expression(nodeAt(parts, 'this')!, scope), BOOLEAN)} IS ${parts['not'] ? 'NOT ' : ''}${value})`,
    type: BOOLEAN,
  });

export const isTrue = truth('TRUE');
export const isFalse = truth('FALSE');

export const paren: Rule = (parts, context, scope) => context.expression(nodeAt(parts, 'this')!, scope);
