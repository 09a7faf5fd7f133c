import type { Context } from './context.ts';
import { compilationError, unsupported } from './failures.ts';
import { OUTER } from './prepare/shapes.ts';
import { dottedName } from './rules/columns.ts';
import { kindOf, nodeAt, nodesAt, partsOf, shape } from './tree.ts';
import type { Node, Parts } from './tree.ts';

/** A select whose conditions with `(+)` have become left joins of the items of FROM that they mark. */
export const withOuterJoins = (parts: Parts, context: Context): Parts => {
  const where = nodeAt(parts, 'where_clause');
  const clause = nodeAt(parts, 'from');
  if (!where || !clause || !shape(where).includes(`"${OUTER}"`)) return parts;
  const conditions = conjuncts(nodeAt(where, 'this')!);
  const marked = conditions.map((condition) => markedTable(condition, context));
  const items = nodesAt(clause, 'expressions');
  const outer = items.filter((item) => marked.includes(nameOf(item, context)));
  const wanted = new Set(marked.filter((name) => name !== undefined));
  if (outer.length !== wanted.size || outer.length === items.length)
    throw unsupported('(+) on a table that is not listed in FROM with others');
  const joins = outer.map((item) => ({
    this: item,
    kind: 'Left',
    on: together(conditions.filter((_, i) => marked[i] === nameOf(item, context)).map(unmarked)),
  }));
  const rest = conditions.filter((_, i) => marked[i] === undefined);
  return {
    ...parts,
    from: { expressions: items.filter((item) => !outer.includes(item)) },
    joins: [...nodesAt(parts, 'joins'), ...joins],
    where_clause: rest.length > 0 ? { this: together(rest) } : null,
  };
};

export const conjuncts = (node: Node): Node[] => {
  const parts = partsOf(node);
  if (kindOf(node) === 'paren') return conjuncts(nodeAt(parts, 'this')!);
  return kindOf(node) === 'and'
    ? [...conjuncts(nodeAt(parts, 'left')!), ...conjuncts(nodeAt(parts, 'right')!)]
    : [node];
};

const together = (conditions: readonly Node[]): Node => conditions.reduce((left, right) => ({ and: { left, right } }));

/** The one table whose columns a condition marks. */
const markedTable = (condition: Node, context: Context): string | undefined => {
  const found = new Set<string>();
  JSON.parse(shape(condition), (_, value: unknown) => {
    if (!isMarked(value)) return value;
    const name = dottedName(nodesAt(partsOf(value), 'args')[0]!, context);
    if (!name || name.parts.length < 2) throw unsupported('(+) on a column without its table');
    found.add(name.parts.at(-2)!);
    return value;
  });
  if (found.size > 1) throw compilationError('002020', '42601', 'Outer join predicate refers to several outer tables');
  return [...found][0];
};

const isMarked = (value: unknown): value is Node =>
  value !== null &&
  typeof value === 'object' &&
  kindOf(value as Node) === 'function' &&
  partsOf(value as Node)['name'] === OUTER;

const unmarked = (node: Node): Node =>
  JSON.parse(shape(node), (_, value: unknown) =>
    isMarked(value) ? nodesAt(partsOf(value), 'args')[0] : value,
  ) as Node;

/** What the columns of an item of FROM are qualified with. */
const nameOf = (item: Node, context: Context): string | undefined => {
  const parts = partsOf(item);
  const name = parts['alias'] ?? parts['name'];
  return name ? context.identifier(name) : undefined;
};
