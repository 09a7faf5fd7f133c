import { unsupported } from '../failures.ts';
import { kindOf, partsOf } from '../tree.ts';
import type { Node, Parts } from '../tree.ts';

/** The parts of a statement that must be of this kind; the parser may have read something else in it. */
export const unexpectedKind = (node: Node, kind: string): Parts => {
  if (kindOf(node) !== kind) throw unsupported(kindOf(node).replaceAll('_', ' '));
  return partsOf(node);
};
