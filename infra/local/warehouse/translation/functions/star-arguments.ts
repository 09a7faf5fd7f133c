import type { Call } from '../call.ts';
import { kindOf, partsOf } from '../tree.ts';
import type { Typed } from '../types.ts';

/** A call's arguments, where `*` and `t.*` stand for all columns. */
export const starValues = (call: Call): readonly Typed[] => starArguments(call).map((argument) => argument.value);

/** A call's arguments with their column names where they come from a star. */
export const starArguments = (call: Call): readonly { name?: string; value: Typed }[] =>
  call.parts.nodes.flatMap((node, i) => {
    if (kindOf(node) !== 'star') return [{ value: call.arg(i) }];
    const table = partsOf(node)['table'];
    const sources = table ? call.scope.starSources([call.context.identifier(table)]) : call.scope.sources;
    return sources.flatMap((source) => source.columns.map((column) => ({ name: column.name, value: column as Typed })));
  });
