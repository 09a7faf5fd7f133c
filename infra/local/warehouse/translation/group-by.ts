import type { Context } from './context.ts';
import { uncollated } from './collations.ts';
import { unsupported } from './failures.ts';
import { ordinal } from './order-by.ts';
import { dottedName } from './rules/columns.ts';
import type { Scope } from './scope.ts';
import type { SelectItem } from './select-list.ts';
import { kindOf, nodeAt, nodesAt, partsOf, textAt } from './tree.ts';
import type { Node, Parts } from './tree.ts';

const SETS = ['ROLLUP', 'CUBE', 'GROUPING SETS'];

/** GROUP BY: by expression, column place, alias, ALL, ROLLUP, CUBE or GROUPING SETS. */
export const groupClause = (parts: Parts, items: readonly SelectItem[], context: Context, scope: Scope): string => {
  const group = nodeAt(parts, 'group_by');
  if (!group) return '';
  for (const { value } of items) if (group['all'] === true) uncollated(value, 'GROUP BY');
  if (group['all'] === true) return ' GROUP BY ALL';
  const keys = nodesAt(group, 'expressions').map(key);
  return keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : '';

  function key(node: Node): string {
    const place = ordinal(node, items.length);
    if (place) return grouped(place - 1);
    const set = kindOf(node) === 'function' ? textAt(partsOf(node), 'name')?.toUpperCase() : undefined;
    if (set && SETS.includes(set)) return `${set} (${nodesAt(partsOf(node), 'args').map(key).join(', ')})`;
    if (kindOf(node) === 'tuple') return `(${nodesAt(partsOf(node), 'expressions').map(key).join(', ')})`;
    if (['rollup', 'cube', 'grouping_sets'].includes(kindOf(node))) throw unsupported(kindOf(node));
    const name = dottedName(node, context);
    const column = name && columnIn(scope, name.parts);
    if (name?.parts.length === 1 && !column) {
      const at = items.findIndex((item) => item.aliased && item.name === name.parts[0]);
      if (at >= 0) return grouped(at);
    }
    return uncollated(context.expression(node, scope), 'GROUP BY').sql;
  }

  function grouped(at: number): string {
    uncollated(items[at]!.value, 'GROUP BY');
    return String(at + 1);
  }
};

const columnIn = (scope: Scope, parts: readonly string[]): boolean =>
  scope.sources.some((source) => source.columns.some((column) => column.name === parts.at(-1)));
