import { DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';

/** A function of texts, to be called from SQL by its name; NULL among the arguments makes NULL. What it throws is the statement's error. */
export interface NativeFunction {
  readonly name: string;
  readonly arity: number;
  readonly of: (...args: string[]) => string | null;
}

/** Makes a function known to all connections of the database. */
export const registerFunction = (connection: DuckDBConnection, { name, arity, of }: NativeFunction): void =>
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      returnType: VARCHAR,
      parameterTypes: Array.from({ length: arity }, () => VARCHAR),
      mainFunction: (info, input, output) => {
        try {
          const columns = Array.from({ length: arity }, (_, i) => input.getColumnVector(i));
          for (let row = 0; row < input.rowCount; row += 1) {
            const args = columns.map((column) => column.getItem(row) as string | null);
            output.setItem(row, args.includes(null) ? null : of(...(args as string[])));
          }
          output.flush();
        } catch (error) {
          info.setError(error instanceof Error ? error.message : String(error));
        }
      },
    }),
  );
