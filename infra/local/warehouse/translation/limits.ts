import { as } from './coerce.ts';
import type { Context } from './context.ts';
import type { Scope } from './scope.ts';
import { kindOf, nodeAt } from './tree.ts';
import type { Node, Parts } from './tree.ts';
import { INTEGER } from './types.ts';

/** LIMIT, OFFSET, FETCH and TOP; NULL limits nothing. */
export const limitClause = (parts: Parts, context: Context, scope: Scope): string => {
  const top = inner(nodeAt(parts, 'top'));
  const fetch = nodeAt(parts, 'fetch');
  const limit = inner(nodeAt(parts, 'limit')) ?? top ?? (fetch && nodeAt(fetch, 'count'));
  const offset = inner(nodeAt(parts, 'offset'));
  return `${clause('LIMIT', limit)}${clause('OFFSET', offset)}`;

  function clause(word: string, node: Node | undefined): string {
    if (!node || kindOf(node) === 'null') return '';
    const value = context.expression(node, scope);
    return ` ${word} ${value.type.name === 'any' ? `CAST(${as(value, INTEGER)} AS BIGINT)` : value.sql}`;
  }
};

const inner = (node: Node | undefined): Node | undefined => (node && 'this' in node ? nodeAt(node, 'this') : node);
