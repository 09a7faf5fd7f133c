import type { Context, Rule } from '../context.ts';
import { unsupported } from '../failures.ts';
import type { Place } from '../failures.ts';
import type { Scope } from '../scope.ts';
import { quoteString } from '../../sql/string-literal.ts';
import { kindOf, nodeAt, partsOf } from '../tree.ts';
import { INTEGER } from '../types.ts';
import type { Typed } from '../types.ts';
import type { Node, Parts } from '../tree.ts';

interface DottedName {
  readonly parts: readonly string[];
  readonly at: Place | undefined;
}

/** The folded parts of a column reference, however many there are; undefined for any other node. */
export const dottedName = (node: Node, context: Context): DottedName | undefined => {
  const parts = partsOf(node);
  if (kindOf(node) === 'column') {
    const table = parts['table'];
    return {
      parts: [...(table ? [context.identifier(table)] : []), context.identifier(parts['name'])],
      at: context.place(parts) ?? context.place((parts['name'] ?? {}) as Parts),
    };
  }
  if (kindOf(node) !== 'dot') return undefined;
  const inner = nodeAt(parts, 'this');
  const name = inner && dottedName(inner, context);
  return name && { parts: [...name.parts, context.identifier(parts['field'])], at: name.at };
};

/** A column by its name, qualified by alias, table, schema or database. */
export const column: Rule = (parts, context, scope) => resolve(dottedName({ column: parts }, context)!, context, scope);

export const dottedColumn: Rule = (parts, context, scope) => {
  const name = dottedName({ dot: parts }, context);
  if (!name) throw unsupported('field access');
  return resolve(name, context, scope);
};

/** A column; `sequence.NEXTVAL` where no column has that name. */
const resolve = ({ parts, at }: DottedName, context: Context, scope: Scope): Typed => {
  if (parts.length < 2 || parts.at(-1) !== 'NEXTVAL') return scope.resolve(parts, at);
  const sequence = scope.find(parts, at) ? undefined : context.names.sequence?.(parts.slice(0, -1));
  return sequence === undefined
    ? scope.resolve(parts, at)
    : { sql: `nextval(${quoteString(sequence)})`, type: INTEGER };
};

/** `PRIOR x`: the value in the row above, within CONNECT BY. */
export const prior: Rule = (parts, context, scope) => {
  if (!scope.prior) throw unsupported('PRIOR outside of CONNECT BY');
  return context.expression(nodeAt(parts, 'this')!, scope.prior);
};
