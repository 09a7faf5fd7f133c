import type { GuestValues } from './guest-values.ts';

/** What a table function takes and gives. */
interface Shape {
  readonly parameters: readonly string[];
  readonly types: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

interface Callbacks {
  readonly initialize?: (info: object, context: object) => void;
  readonly processRow?: (row: object, writer: object, context: object) => void;
  readonly finalize?: (writer: object, context: object) => void;
}

/**
 * Calls a table function's callbacks inside its realm, from this function's own text. What comes in begins with what it is: `"partition"`,
 * whose rows follow, or the arguments of one row, `true` if other tables stand beside it. Rows of a partition go out behind the number of
 * the row that they belong to; those of `finalize` belong to none.
 */
export const guestTable =
  (handler: () => unknown, values: GuestValues, { parameters, types, columns }: Shape) =>
  (json: string): string => {
    const callbacks = handler() as Callbacks;
    if (typeof callbacks.processRow !== 'function')
      throw new Error('the handler of a table function defines an object with a function named processRow');
    const [mode, ...rest] = JSON.parse(json) as ['partition' | boolean, ...unknown[]];
    const rows = (mode === 'partition' ? rest : [rest]) as unknown[][];
    const given = rows.map((row) => values.row(JSON.stringify(row), types));
    const written: (string | number | null)[][] = [];
    let current: number | null = null;
    const writer = {
      writeRow: (output: Record<string, unknown>): void => {
        const row = columns.map(({ name, type }) => values.encode(output[name], type));
        written.push(mode === 'partition' ? [current, ...row] : row);
      },
    };
    const info = Object.fromEntries(
      parameters.map((name, i) => [
        name,
        { type: types[i], isConst: mode === false, constValue: mode === false ? given[0]![i] : undefined },
      ]),
    );
    callbacks.initialize?.(info, {});
    for (const [i, row] of given.entries()) {
      current = i;
      callbacks.processRow(Object.fromEntries(parameters.map((name, at) => [name, row[at]])), writer, {});
    }
    current = null;
    callbacks.finalize?.(writer, {});
    return JSON.stringify(written);
  };
