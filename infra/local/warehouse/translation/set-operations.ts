import { quoteIdentifier } from '../sql/identifier.ts';
import { as } from './coerce.ts';
import type { Context, Query } from './context.ts';
import { compilationError, unsupported } from './failures.ts';
import type { Scope } from './scope.ts';
import { kindOf, nodeAt, partsOf } from './tree.ts';
import type { Node } from './tree.ts';
import { commonType, duckType } from './types.ts';
import type { Type } from './types.ts';

const WORDS: Record<string, string> = { union: 'UNION', except: 'EXCEPT', intersect: 'INTERSECT' };

export const isSetOperation = (node: Node): boolean => kindOf(node) in WORDS;

/** UNION, MINUS and INTERSECT over columns brought to common types; names come from the left side. */
export const setOperation = (node: Node, context: Context, scope: Scope): Query => {
  const bound = bindIntersects(node);
  const parts = partsOf(bound);
  if (parts['by_name']) throw unsupported('UNION BY NAME');
  const [left, right] = [context.query(nodeAt(parts, 'left')!, scope), context.query(nodeAt(parts, 'right')!, scope)];
  if (left.columns.length !== right.columns.length)
    throw compilationError(
      '001789',
      '42601',
      `invalid number of result columns for set operator input branches, expected ${left.columns.length}, got ${right.columns.length} in branch {2}`,
    );
  const types = left.columns.map((column, i) => commonType(column.type, right.columns[i]!.type));
  return {
    sql: `${side(left, types)} ${WORDS[kindOf(bound)]}${parts['all'] ? ' ALL' : ''} ${side(right, types)}`,
    columns: left.columns.map((column, i) => ({ ...column, type: types[i]! })),
  };
};

/** A side in parentheses, its columns cast where they differ from the common types. */
export const side = (query: Query, types: readonly Type[]): string => {
  const same = query.columns.every(
    ({ type }, i) => type.name === types[i]!.name && duckType(type) === duckType(types[i]!),
  );
  if (same) return `(${query.sql})`;
  const columns = query.columns.map(({ duckName, type }, i) => {
    const name = quoteIdentifier(duckName);
    const target = types[i]!.name === 'text' ? { name: 'text' as const } : types[i]!;
    return `${as({ sql: name, type }, target)} AS ${name}`;
  });
  return `(SELECT ${columns.join(', ')} FROM (${query.sql}) AS s)`;
};

/** INTERSECT binds before UNION and EXCEPT; the parser reads them all from left to right. */
const bindIntersects = (node: Node): Node => {
  const parts = partsOf(node);
  const left = nodeAt(parts, 'left');
  if (kindOf(node) !== 'intersect' || !left || !isSetOperation(left) || kindOf(left) === 'intersect') return node;
  const outer = partsOf(left);
  return {
    [kindOf(left)]: {
      ...outer,
      right: { intersect: { ...parts, left: outer['right'], order_by: null, limit: null, offset: null } },
    },
  };
};
