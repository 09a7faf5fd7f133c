import { SnowflakeError } from '../contract.ts';
import type { Fragment } from './ast.ts';
import type { Flow, Runtime } from './flow.ts';
import type { Result } from './host.ts';
import type { Scope } from './scope.ts';

/** Runs the cursor's query, or takes the rows of its RESULTSET. */
export const openCursor = async (
  runtime: Runtime,
  name: string,
  using: readonly Fragment[],
  scope: Scope,
): Promise<Result> => {
  const cursor = scope.need('cursor', name);
  if (cursor.open !== undefined) throw new SnowflakeError('100184', 'P0000', `Cursor '${name}' is already open.`);
  const { source } = cursor;
  const resultset = source.tokens.length === 2 ? scope.find(source.tokens[0]!.value) : undefined;
  const result =
    resultset?.kind === 'resultset'
      ? needResult(resultset.result, source.text)
      : await runtime.evaluator.open(source, scope, using);
  cursor.open = { result, rows: result.rows()[Symbol.asyncIterator]() };
  return result;
};

/** Puts the next row into the variables; after the last row they become NULL. */
export const fetchRow = async (
  runtime: Runtime,
  name: string,
  into: readonly string[],
  scope: Scope,
): Promise<void> => {
  const { open } = scope.need('cursor', name);
  if (open === undefined) throw new SnowflakeError('100185', 'P0000', `Cursor '${name}' is not open.`);
  const { value: row, done } = await open.rows.next();
  for (const [i, variableName] of into.entries()) {
    const variable = scope.need('value', variableName);
    const value = done ? undefined : row[i];
    if (value !== undefined) variable.value = await runtime.evaluator.cast(value, variable.type ?? value);
    else if (done) variable.value = { ...variable.value, text: null };
  }
};

/** Lets go of a cursor's rows; it can be opened again. */
export const closeCursor = (name: string, scope: Scope): Flow => {
  const cursor = scope.need('cursor', name);
  if (cursor.open === undefined) throw new SnowflakeError('100185', 'P0000', `Cursor '${name}' is not open.`);
  cursor.open = undefined;
  return undefined;
};

/** A RESULTSET's result, or the error that it has none yet. */
export const needResult = (result: Result | undefined, name: string): Result => {
  if (result === undefined)
    throw new SnowflakeError('100186', 'P0000', `RESULTSET '${name}' has not been assigned a query.`);
  return result;
};
