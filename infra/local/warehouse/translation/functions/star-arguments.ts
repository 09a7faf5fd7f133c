import type { Call } from '../call.ts';
import { expandStar } from '../star.ts';
import { kindOf, partsOf } from '../tree.ts';
import type { Typed } from '../types.ts';

/** A call's arguments, where `*` and `t.*` stand for all columns. */
export const starValues = (call: Call): readonly Typed[] => starArguments(call).map((argument) => argument.value);

/** A call's arguments with their column names where they come from a star. */
export const starArguments = (call: Call): readonly { name?: string; value: Typed }[] =>
  call.parts.nodes.flatMap((node, i): readonly { name?: string; value: Typed }[] =>
    kindOf(node) === 'star' ? expandStar(partsOf(node), call.context, call.scope) : [{ value: call.arg(i) }],
  );
