import { as, coerce } from '../coerce.ts';
import type { Rule } from '../context.ts';
import { nodeAt } from '../tree.ts';
import type { Node } from '../tree.ts';
import { BOOLEAN, commonType, duckType, NULL } from '../types.ts';
import type { Type, Typed } from '../types.ts';
import { compared } from './comparisons.ts';

/** Values of alternatives in their common type; text stays as it is, so that CASE over text reads plainly. */
export const unify = (values: readonly Typed[]): { type: Type; sqls: string[] } => {
  const type = values.map((value) => value.type).reduce(commonType, NULL);
  const same = values.every((value) => value.type.name === type.name && duckType(value.type) === duckType(type));
  return {
    type,
    sqls: values.map((value) => {
      if (value.type.name === 'null' && type.name !== 'null') return 'NULL';
      return same ? value.sql : type.name === 'text' ? as(value, { name: 'text' }) : coerce(value, type).sql;
    }),
  };
};

export const caseRule: Rule = (parts, context, scope) => {
  const operand = nodeAt(parts, 'operand');
  const whens = (parts['whens'] ?? []) as [Node, Node][];
  const subject = operand && context.expression(operand, scope);
  const conditions = whens.map(([when]) => {
    const value = context.expression(when, scope);
    return subject ? compared(subject, value).join(' = ') : as(value, BOOLEAN);
  });
  const otherwise = nodeAt(parts, 'else_');
  const results = whens.map(([, then]) => context.expression(then, scope));
  const { type, sqls } = unify(otherwise ? [...results, context.expression(otherwise, scope)] : results);
  const branches = conditions.map((condition, i) => ` WHEN ${condition} THEN ${sqls[i]}`).join('');
  return { sql: `CASE${branches}${otherwise ? ` ELSE ${sqls.at(-1)}` : ''} END`, type };
};
