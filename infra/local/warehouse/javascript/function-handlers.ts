import { runInContext } from 'node:vm';
import type { FunctionDetails } from '../functions/function-object.ts';
import { failureOf } from './handler-errors.ts';
import { makeHandler, type Handler } from './handler.ts';
import { guestTable } from './guest-table.ts';

/** Answers calls of one function, for as long as one statement runs. */
export interface FunctionHandler {
  /** The results of these rows of arguments, which are JSON. */
  answer(rows: readonly string[]): (string | null)[];
}

/** The session's thread runs functions itself, and can do nothing else meanwhile. */
const MOST_MILLISECONDS = 10_000;
const WORK = '__work_of_handler';

/** Makes the handler of a function of one value or of a table; what its code throws is thrown in Snowflake's words. */
export const functionHandler = (details: FunctionDetails, zone: string): FunctionHandler => {
  const { name, parameters, returns, table, text } = details;
  const types = parameters.map(({ type }) => type.type);
  const names = parameters.map((parameter) => parameter.name);
  const within = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new Error(messageOf(error, name, text), { cause: error });
    }
  };
  const handler = within(() => makeHandler({ name, parameters: names, body: text, zone, object: table !== undefined }));
  const call = table === undefined ? oneValue(handler, types, returns.type) : rowsOf(handler, details, types);
  return {
    answer: (rows) => {
      const answers: (string | null)[] = [];
      handler.realm[WORK] = (): void => {
        for (const row of rows) answers.push(call(row));
      };
      const script = `(() => { const work = globalThis.${WORK}; delete globalThis.${WORK}; work(); })()`;
      within(() => runInContext(script, handler.realm, { timeout: MOST_MILLISECONDS }) as undefined);
      return answers;
    },
  };
};

const messageOf = (error: unknown, name: string, body: string): string =>
  (error as { code?: unknown } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    ? `JavaScript execution error: UDF execution time limit exceeded by function ${name}`
    : failureOf(error, name, body).message;

type Call = (row: string) => string | null;

const oneValue =
  ({ call, values }: Handler, types: readonly string[], returns: string): Call =>
  (row) =>
    values.encode(call(...values.row(row, types)), returns);

const rowsOf = (
  { realm, call, values }: Handler,
  { parameters, table }: FunctionDetails,
  types: readonly string[],
): Call => {
  const make = runInContext(`(${guestTable.toString()})`, realm) as typeof guestTable;
  return make(call, values, {
    parameters: parameters.map(({ name }) => name),
    types,
    columns: table!.map(({ name, type }) => ({ name, type })),
  });
};
