import { as } from '../coerce.ts';
import { collated } from '../collations.ts';
import type { Rule } from '../context.ts';
import { wrongArguments } from '../failures.ts';
import { nodeAt, textAt } from '../tree.ts';
import { displayType, TEXT } from '../types.ts';
import type { Typed } from '../types.ts';

/** A text, to be compared by the specification. */
export const withCollation = (value: Typed, specification: string): Typed => {
  const { name, length } = value.type;
  if (!['text', 'null', 'any', 'variant'].includes(name)) throw wrongArguments('COLLATE', displayType(value.type));
  const type = length === undefined || name !== 'text' ? TEXT : { ...TEXT, length };
  return { sql: as(value, TEXT), type: collated(type, specification) };
};

/** `x COLLATE 'en-ci'`. */
export const collate: Rule = (parts, context, scope) =>
  withCollation(context.expression(nodeAt(parts, 'this')!, scope), context.string(textAt(parts, 'collation') ?? ''));
