import { quoteIdentifier } from '../sql/identifier.ts';
import { as } from './coerce.ts';
import { uncollated } from './collations.ts';
import type { Context, Query } from './context.ts';
import { compilationError } from './failures.ts';
import { outputColumns } from './output-names.ts';
import type { Scope } from './scope.ts';
import { kindOf, nodeAt, partsOf } from './tree.ts';
import type { Node } from './tree.ts';
import { commonType, duckType, NULL } from './types.ts';
import type { Type } from './types.ts';

const WORDS: Record<string, string> = { union: 'UNION', except: 'EXCEPT', intersect: 'INTERSECT' };

export const isSetOperation = (node: Node): boolean => kindOf(node) in WORDS;

/** UNION, MINUS and INTERSECT over columns brought to common types; names come from the left side. */
export const setOperation = (node: Node, context: Context, scope: Scope): Query => {
  const bound = bindIntersects(node);
  const parts = partsOf(bound);
  const [left, right] = sides();
  if (left.columns.length !== right.columns.length)
    throw compilationError(
      '001789',
      '42601',
      `invalid number of result columns for set operator input branches, expected ${left.columns.length}, got ${right.columns.length} in branch {2}`,
    );
  const types = left.columns.map((column, i) => commonType(column.type, right.columns[i]!.type));
  if (!(kindOf(bound) === 'union' && parts['all']))
    for (const type of types) uncollated({ sql: '', type }, WORDS[kindOf(bound)]!);
  return {
    sql: `${side(left, types)} ${WORDS[kindOf(bound)]}${parts['all'] ? ' ALL' : ''} ${side(right, types)}`,
    columns: left.columns.map((column, i) => ({
      ...column,
      type: types[i]!,
      required: column.required === true && right.columns[i]!.required === true,
    })),
  };

  function sides(): [Query, Query] {
    const [a, b] = [context.query(nodeAt(parts, 'left')!, scope), context.query(nodeAt(parts, 'right')!, scope)];
    if (!parts['by_name']) return [a, b];
    const names = [...new Set([...a.columns, ...b.columns].map(({ name }) => name))];
    return [arranged(a, names), arranged(b, names)];
  }
};

/** A side of a set operation BY NAME: its columns in the order of the names, NULL for those that it lacks. */
const arranged = (query: Query, names: readonly string[]): Query => {
  if (new Set(query.columns.map(({ name }) => name)).size < query.columns.length)
    throw compilationError('001789', '42601', 'duplicate column names in a set operation by name');
  const columns = outputColumns(
    names.map((name) => ({ name, type: query.columns.find((column) => column.name === name)?.type ?? NULL })),
  );
  const items = columns.map(({ name, duckName }) => {
    const own = query.columns.find((column) => column.name === name);
    return `${own ? quoteIdentifier(own.duckName) : 'NULL'} AS ${quoteIdentifier(duckName)}`;
  });
  return { sql: `SELECT ${items.join(', ')} FROM (${query.sql}) AS s`, columns };
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
