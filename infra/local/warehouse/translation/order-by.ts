import { quoteIdentifier } from '../sql/identifier.ts';
import type { Context, Query } from './context.ts';
import { compilationError, invalidIdentifier, unsupported } from './failures.ts';
import { ordering, sortKey } from './ordering.ts';
import { dottedName } from './rules/columns.ts';
import { kindOf, nodeAt, nodesAt, partsOf } from './tree.ts';
import type { Node, Parts } from './tree.ts';

/** The place that a whole number in ORDER BY or GROUP BY means, checked against the number of columns. */
export const ordinal = (node: Node, count: number): number | undefined => {
  const parts = partsOf(node);
  if (kindOf(node) !== 'literal' || parts['literal_type'] !== 'number') return undefined;
  const place = Number(parts['value']);
  if (!Number.isInteger(place)) return undefined;
  if (place < 1 || place > count)
    throw compilationError('002055', '42601', `Order by column index (${place}) should be between [1,${count}].`);
  return place;
};

/** The ORDER BY items of a select or set operation. */
export const orderItems = (parts: Parts): readonly Parts[] => {
  const order = nodeAt(parts, 'order_by');
  return order ? nodesAt(order, 'expressions') : [];
};

/** ORDER BY after a set operation or parentheses, where only output columns have names. */
export const outputOrder = (parts: Parts, query: Query, context: Context): string => {
  const items = orderItems(parts).map((item) => {
    const node = nodeAt(item, 'this')!;
    const place = ordinal(node, query.columns.length);
    const name = dottedName(node, context);
    if (!place && !name) throw unsupported('ORDER BY of an expression after a set operation');
    const column = place ? query.columns[place - 1] : query.columns.find((one) => one.name === name!.parts.at(-1));
    if (!column) throw invalidIdentifier(name!.parts, name!.at);
    const sql = quoteIdentifier(column.duckName);
    return ordering(item, { sql, type: column.type }, sortKey(sql, column.type));
  });
  return items.length > 0 ? ` ORDER BY ${items.join(', ')}` : '';
};
