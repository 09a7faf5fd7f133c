import type { Rule } from '../context.ts';
import { compilationError, unsupported } from '../failures.ts';
import { Scope } from '../scope.ts';
import { kindOf, nodeAt, nodesAt, partsOf } from '../tree.ts';
import { BOOLEAN } from '../types.ts';
import type { Typed } from '../types.ts';
import { compared } from './comparisons.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';

/** `x IN (a, b)` and `x IN (SELECT ...)`, also for rows of several values. */
export const inList: Rule = (parts, context, scope) => {
  const negation = parts['not'] ? 'NOT ' : '';
  const left = nodeAt(parts, 'this')!;
  const values = (kindOf(left) === 'tuple' ? nodesAt(partsOf(left), 'expressions') : [left]).map((node) =>
    context.expression(node, scope),
  );
  const query = nodeAt(parts, 'query');
  if (query) {
    const { sql, columns } = context.query(query, scope);
    const pairs = values.map((value, i) => {
      const column = columns[i] ?? columns[0]!;
      return compared(value, { sql: `s.${quoteIdentifier(column.duckName)}`, type: column.type });
    });
    const row = pairs.map((pair) => pair[0]).join(', ');
    return {
      sql: `(${pairs.length > 1 ? `(${row})` : row} ${negation}IN (SELECT ${pairs.length > 1 ? `(${pairs.map((pair) => pair[1]).join(', ')})` : pairs[0]![1]} FROM (${sql}) AS s))`,
      type: BOOLEAN,
    };
  }
  const items = nodesAt(parts, 'expressions');
  if (values.length === 1)
    return among(
      values[0]!,
      items.map((node) => context.expression(node, scope)),
      negation,
    );
  const tests = items.map((item) => {
    const fields = nodesAt(partsOf(item), 'expressions');
    if (fields.length !== values.length) throw unsupported('IN with rows of different lengths');
    return `(${values.map((value, i) => compared(value, context.expression(fields[i]!, scope)).join(' = ')).join(' AND ')})`;
  });
  return { sql: `(${negation}(${tests.join(' OR ')}))`, type: BOOLEAN };
};

const among = (value: Typed, items: readonly Typed[], negation: string): Typed => {
  const pairs = items.map((item) => compared(value, item));
  const [first] = pairs;
  if (pairs.every((pair) => pair[0] === first![0]))
    return { sql: `(${first![0]} ${negation}IN (${pairs.map((pair) => pair[1]).join(', ')}))`, type: BOOLEAN };
  return { sql: `(${negation}(${pairs.map((pair) => pair.join(' = ')).join(' OR ')}))`, type: BOOLEAN };
};

export const exists: Rule = (parts, context, scope) => ({
  sql: `${parts['not'] ? '(NOT ' : ''}EXISTS (${context.query(nodeAt(parts, 'this')!, scope).sql})${parts['not'] ? ')' : ''}`,
  type: BOOLEAN,
});

/** A subquery in a value's place: its one column. */
export const scalarSubquery: Rule = (parts, context, scope) => {
  const query = nodeAt(parts, 'this')!;
  const around = new Scope(scope);
  const { sql, columns } = context.query(query, around);
  const limited = ['limit', 'fetch', 'top'].some((clause) => partsOf(query)[clause]);
  if (around.crossed && limited)
    throw compilationError('002031', '42601', 'Unsupported subquery type cannot be evaluated');
  return { sql: `(${sql})`, type: columns[0]!.type };
};

const OPERATORS: Record<string, string> = { Eq: '=', Neq: '<>', Lt: '<', Lte: '<=', Gt: '>', Gte: '>=' };

/** `x > ALL (SELECT ...)` and `x = ANY (SELECT ...)`. */
export const quantified =
  (quantifier: 'ALL' | 'ANY'): Rule =>
  (parts, context, scope) => {
    const subquery = nodeAt(parts, 'subquery');
    const operator = OPERATORS[String(parts['op'])];
    if (!subquery || !operator) throw unsupported(`${quantifier} comparison`);
    const { sql, columns } = context.query(nodeAt(partsOf(subquery), 'this') ?? subquery, scope);
    const value = context.expression(nodeAt(parts, 'this')!, scope);
    const [a, b] = compared(value, { sql: `s.${quoteIdentifier(columns[0]!.duckName)}`, type: columns[0]!.type });
    return { sql: `(${a} ${operator} ${quantifier} (SELECT ${b} FROM (${sql}) AS s))`, type: BOOLEAN };
  };
