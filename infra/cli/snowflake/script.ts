import { script } from '../../snowflake/script.ts';
import type { Context } from '../context.ts';
import { definitionsOf, type DefinitionOptions } from './definitions.ts';

/** Prints all DDL of a pipeline, in order; reaches no account. */
export const printScript = async (
  { terminal }: Context,
  options: DefinitionOptions & { readonly json?: true },
): Promise<number> => {
  const { own } = await definitionsOf(options);
  await terminal.result(
    options.json ? `${JSON.stringify(own.map(({ name, text }) => ({ name, text })))}\n` : script(own),
  );
  return 0;
};
