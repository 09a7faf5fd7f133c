import type { Argument } from '../contract.ts';

/** Arguments by name; those without one take the names in their order. */
export const namedArguments = (args: readonly Argument[], order: readonly string[]): Map<string, string> =>
  new Map(args.map(({ name, sql }, i) => [name ?? order[i] ?? '', sql]));
