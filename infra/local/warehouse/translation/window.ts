import { quoteIdentifier } from '../sql/identifier.ts';
import type { Context } from './context.ts';
import { unsupported } from './failures.ts';
import { ordering, sortKey } from './ordering.ts';
import { frameInterval } from './rules/intervals.ts';
import type { Scope } from './scope.ts';
import { kindOf, nodeAt, nodesAt, partsOf, textAt } from './tree.ts';
import type { Node, Parts } from './tree.ts';

interface Window {
  /** DuckDB text in parentheses, or the window's name. */
  readonly sql: string;
  /** Whether it brings a frame. */
  readonly framed: boolean;
  /** The same without order and frame, unless it goes by a name. */
  readonly partition?: string;
}

/** A window as DuckDB text. */
export const windowOf = (over: Parts, context: Context, scope: Scope): Window => {
  if (over['window_name']) return { sql: quoteIdentifier(context.identifier(over['window_name'])), framed: false };
  const partition = nodesAt(over, 'partition_by').map((node) => {
    const { sql, type } = context.expression(node, scope);
    return type.collation === undefined ? sql : sortKey(sql, type);
  });
  const order = nodesAt(over, 'order_by').map((item) =>
    ordering(item, context.expression(nodeAt(item, 'this')!, scope)),
  );
  const frame = nodeAt(over, 'frame');
  const pieces = [
    partition.length > 0 ? `PARTITION BY ${partition.join(', ')}` : '',
    order.length > 0 ? `ORDER BY ${order.join(', ')}` : '',
    frame ? frameText(frame, context, scope) : '',
  ];
  return { sql: `(${pieces.filter(Boolean).join(' ')})`, framed: frame !== undefined, partition: `(${pieces[0]})` };
};

const BOUNDS: Record<string, string> = {
  UnboundedPreceding: 'UNBOUNDED PRECEDING',
  UnboundedFollowing: 'UNBOUNDED FOLLOWING',
  CurrentRow: 'CURRENT ROW',
};

const frameText = (frame: Parts, context: Context, scope: Scope): string => {
  const kind = textAt(frame, 'kind') ?? 'Rows';
  if (!['Rows', 'Range'].includes(kind) || frame['exclude']) throw unsupported(`${kind} frame`);
  const start = bound(frame['start']);
  return `${kind.toUpperCase()} ${frame['end'] ? `BETWEEN ${start} AND ${bound(frame['end'])}` : start}`;

  function bound(value: unknown): string {
    if (typeof value === 'string') return BOUNDS[value] ?? value;
    const node = value as Node;
    const direction = kindOf(node);
    if (direction !== 'Preceding' && direction !== 'Following') throw unsupported('window frame');
    const distance = frameInterval(partsOf(node), context) ?? context.expression(partsOf(node), scope).sql;
    return `${distance} ${direction.toUpperCase()}`;
  }
};
