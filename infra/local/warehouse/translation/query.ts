import { commonTables } from './common-tables.ts';
import type { Context, Query } from './context.ts';
import { unsupported } from './failures.ts';
import { Scope } from './scope.ts';
import { translateSelect } from './select.ts';
import { isSetOperation, setOperation } from './set-operations.ts';
import { limitClause } from './limits.ts';
import { outputOrder } from './order-by.ts';
import { kindOf, nodeAt, partsOf } from './tree.ts';
import type { Node } from './tree.ts';
import { valuesQuery } from './values.ts';

/** Any query: SELECT, set operations, VALUES, in parentheses or not, with what follows them. */
export const translateQuery = (node: Node, context: Context, outer: Scope): Query => {
  const kind = kindOf(node);
  const parts = partsOf(node);
  if (kind === 'select') return translateSelect(parts, context, outer);
  if (kind === 'values') return valuesQuery(parts, context, outer);
  const scope = new Scope(outer);
  const tables = commonTables(parts, context, scope);
  if (isSetOperation(node)) return finish(setOperation(node, context, scope));
  if (kind === 'subquery' || kind === 'paren') return finish(translateQuery(nodeAt(parts, 'this')!, context, scope));
  throw unsupported(`${kind.replaceAll('_', ' ')} in a query's place`);

  function finish(query: Query): Query {
    const tail = `${outputOrder(parts, query, context)}${limitClause(parts, context, scope)}`;
    if (!tail && !tables) return query;
    return { ...query, sql: `${tables}${kind === 'subquery' && tail ? `(${query.sql})` : query.sql}${tail}` };
  }
};
