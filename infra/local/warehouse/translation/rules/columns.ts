import type { Context, Rule } from '../context.ts';
import { unsupported } from '../failures.ts';
import type { Place } from '../failures.ts';
import { kindOf, nodeAt, partsOf } from '../tree.ts';
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
export const column: Rule = (parts, context, scope) => {
  const name = dottedName({ column: parts }, context)!;
  return scope.resolve(name.parts, name.at);
};

export const dottedColumn: Rule = (parts, context, scope) => {
  const name = dottedName({ dot: parts }, context);
  if (!name) throw unsupported('field access');
  return scope.resolve(name.parts, name.at);
};
