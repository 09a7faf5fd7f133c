import type { Statement } from '../../shared/sql/statement.ts';

/** Runs DDL in order; a failure names the statement, and those before it stay done: applying again continues. */
export const apply = async (
  statements: readonly Statement[],
  execute: (text: string) => Promise<unknown>,
): Promise<void> => {
  for (const statement of statements) {
    await execute(statement.text).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${statement.name} failed: ${reason}\n${statement.text}`, { cause: error });
    });
  }
};
