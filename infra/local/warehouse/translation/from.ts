import { as } from './coerce.ts';
import type { Context } from './context.ts';
import { unsupported } from './failures.ts';
import { flattenItem, isFlatten } from './flatten.ts';
import type { FlattenItem } from './flatten.ts';
import { translateJoin } from './joins.ts';
import type { FromItem } from './from-items.ts';
import type { Scope } from './scope.ts';
import { conjuncts } from './outer-joins.ts';
import { partitionedItem } from './partitioned-rows.ts';
import { sourceItem } from './sources.ts';
import { kindOf, nodeAt, nodesAt, partsOf } from './tree.ts';
import type { Node, Parts } from './tree.ts';
import { BOOLEAN } from './types.ts';

/** A whole FROM clause. */
export interface From {
  render(): string;
  /** Translates the WHERE condition; parts of it may move into FROM. */
  filter(node: Node): string;
}

/** FROM with its joins; its sources come to be known in the scope from left to right. */
export const translateFrom = (parts: Parts, context: Context, scope: Scope, key = 'from', joinKey = 'joins'): From => {
  const clause = nodeAt(parts, key);
  const joins = nodesAt(parts, joinKey);
  const pushable = joins.every((join) => join['kind'] !== 'Right' && join['kind'] !== 'Full');
  let whole: FromItem | undefined;
  let flatten: FlattenItem | undefined;
  for (const node of clause ? nodesAt(clause, 'expressions') : []) add(node, false);
  for (const join of joins) {
    const node = nodeAt(join, 'this')!;
    if (isFlatten(node)) add(node, join['kind'] === 'Left');
    else if (join['kind'] === 'Implicit') add(node, false);
    else whole = translateJoin(join, whole!, context, scope);
  }
  return {
    render: () => whole?.render() ?? '',
    filter: (node) =>
      conjuncts(node)
        .filter((condition) => !(pushable && flatten?.push(condition)))
        .map((condition) => as(context.expression(condition, scope), BOOLEAN))
        .join(' AND '),
  };

  function parenthesized(joined: Parts): From {
    if (joined['alias']) throw unsupported('an alias of joins in parentheses');
    return translateFrom({ from: { expressions: [joined['left']] }, joins: joined['joins'] }, context, scope);
  }

  function add(node: Node, outer: boolean): void {
    const before = whole;
    if (kindOf(node) === 'joined_table') {
      const inner = parenthesized(partsOf(node));
      whole = { sources: [], render: () => `${before ? `${before.render()}, ` : ''}(${inner.render()})` };
      return;
    }
    const partitioned = outer ? undefined : partitionedItem(node, before, context, scope);
    if (partitioned) {
      whole = partitioned;
      scope.sources.splice(0, scope.sources.length, ...partitioned.sources);
      return;
    }
    if (isFlatten(node)) whole = flatten = flattenItem(node, before, outer, context, scope);
    else {
      const item = sourceItem(node, context, scope);
      whole = before ? { sources: [], render: () => `${before.render()}, ${item.render()}` } : item;
      scope.sources.push(...item.sources);
      return;
    }
    scope.sources.push(...flatten.sources);
  }
};
