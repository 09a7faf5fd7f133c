import type { SnowflakeError } from '../contract.ts';
import type { CopyError } from './copy-error.ts';
import type { Slot } from './slot.ts';
import { reservedNumbers } from './reserved-numbers.ts';
import { SLOT } from './staged-names.ts';

/** A translated INSERT of staged records into the table of converted ones. */
export interface Conversion {
  readonly statements: readonly string[];
  /** Sets what the statements read of the session. */
  readonly preamble: string | undefined;
  /** What DuckDB says about a value, as Snowflake says it. */
  readonly explain: (error: unknown) => SnowflakeError;
  /** For each column, a conversion of it alone: to tell which one a record failed by. */
  readonly single?: readonly { readonly column: string; readonly statements: readonly string[] }[];
}

/**
 * Converts a range of records. One that fails is found by halving the range, so that its neighbours load; `failed` hears of each and
 * says whether to go on.
 */
export const convert = async (
  slot: Slot,
  conversion: Conversion,
  file: number,
  range: { from: number; to: number },
  failed: (error: CopyError) => boolean,
): Promise<void> => {
  const { statements, reserve } = reservedNumbers(conversion.statements);
  if (conversion.preamble !== undefined) await slot.run(conversion.preamble);
  await slot.run(`SET VARIABLE staged_file = ${file}`);
  await part(range.from, range.to);

  async function part(from: number, to: number): Promise<boolean> {
    if (from > to) return true;
    try {
      await slot.run(`SET VARIABLE staged_from = ${from}; SET VARIABLE staged_to = ${to}`);
      for (const sql of [...reserve(to - from + 1), ...statements]) await slot.run(sql);
      return true;
    } catch (error) {
      if (from === to) return failed(await described(from, error));
      const middle = Math.floor((from + to) / 2);
      return (await part(from, middle)) && part(middle + 1, to);
    }
  }

  async function described(n: number, error: unknown): Promise<CopyError> {
    const { code, sqlState, message } = conversion.explain(error);
    const [row] = await slot.duck.rows(slot.text(`SELECT line FROM ${SLOT}.main.records WHERE n = ${n}`));
    return { message, code, sqlState, line: Number(row?.['line'] ?? 0), character: 1, column: await failingColumn() };
  }

  async function failingColumn(): Promise<string | null> {
    for (const { column, statements } of conversion.single ?? []) {
      try {
        await slot.run('BEGIN');
        for (const sql of statements) await slot.run(sql);
      } catch {
        return column;
      } finally {
        await slot.run('ROLLBACK');
      }
    }
    return null;
  }
};
