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

/** Calls a table function's callbacks inside its realm, from this function's own text: each row is a partition. */
export const guestTable =
  (handler: () => unknown, values: GuestValues, { parameters, types, columns }: Shape) =>
  (json: string): string => {
    const callbacks = handler() as Callbacks;
    if (typeof callbacks.processRow !== 'function')
      throw new Error('the handler of a table function defines an object with a function named processRow');
    const [lateral, ...args] = JSON.parse(json) as [boolean, ...unknown[]];
    if (lateral && (callbacks.finalize !== undefined || callbacks.initialize !== undefined))
      throw new Error(
        "Unsupported feature 'initialize and finalize of a table function that is joined without PARTITION BY'.",
      );
    const given = values.row(JSON.stringify(args), types);
    const row = Object.fromEntries(parameters.map((name, i) => [name, given[i]]));
    const written: (string | null)[][] = [];
    const writer = {
      writeRow: (output: Record<string, unknown>): void => {
        written.push(columns.map(({ name, type }) => values.encode(output[name], type)));
      },
    };
    const info = Object.fromEntries(
      parameters.map((name, i) => [
        name,
        { type: types[i], isConst: !lateral, constValue: lateral ? undefined : given[i] },
      ]),
    );
    callbacks.initialize?.(info, {});
    callbacks.processRow(row, writer, {});
    callbacks.finalize?.(writer, {});
    return JSON.stringify(written);
  };
