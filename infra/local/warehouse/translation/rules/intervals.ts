import type { Context } from '../context.ts';
import { unsupported } from '../failures.ts';
import { MARK } from '../prepare/functions.ts';
import type { Scope } from '../scope.ts';
import { kindOf, nodeAt, nodesAt, partsOf, textAt } from '../tree.ts';
import type { Node, Parts } from '../tree.ts';
import type { Typed } from '../types.ts';
import { dateAdd, intervalText } from './date-arithmetic.ts';
import { dateUnit } from './date-units.ts';

/** `x + INTERVAL '1 day, 2 hours'`: each part is added in turn, as by DATEADD; undefined where no side is an interval. */
export const addInterval = (parts: Parts, sign: '+' | '-', context: Context, scope: Scope): Typed | undefined => {
  const [left, right] = [nodeAt(parts, 'left')!, nodeAt(parts, 'right')!];
  const [interval, other] = isInterval(right) ? [right, left] : isInterval(left) && sign === '+' ? [left, right] : [];
  if (!interval || !other) return undefined;
  return intervalParts(interval, context).reduce<Typed>(
    (value, [unit, count]) =>
      dateAdd(
        unit,
        { sql: sign === '-' ? `(-(${count}))` : count, type: { name: 'fixed', precision: 38, scale: 0 } },
        value,
      ),
    context.expression(other, scope),
  );
};

/** An interval in a window's frame, as DuckDB text; undefined for any other node. */
export const frameInterval = (node: Node, context: Context): string | undefined => {
  if (!isInterval(node)) return undefined;
  const parts = intervalParts(node, context).map(([unit, count]) => intervalText(unit, count));
  return `(${parts.join(' + ')})`;
};

const isInterval = (node: Node): boolean => kindOf(node) === 'function' && partsOf(node)['name'] === `${MARK}INTERVAL`;

const intervalParts = (node: Node, context: Context): [ReturnType<typeof dateUnit>, string][] => {
  const [literal] = nodesAt(partsOf(node), 'args');
  return context
    .string(textAt(partsOf(literal!), 'value')!)
    .split(',')
    .map((part) => {
      const match = /^\s*([+-]?\d+)\s*([a-z]+)?\s*$/i.exec(part);
      if (!match) throw unsupported(`INTERVAL '${part.trim()}'`);
      return [dateUnit(match[2] ?? 'second'), match[1]!];
    });
};
