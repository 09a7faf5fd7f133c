import { createContext, runInContext, type Context } from 'node:vm';
import { guestDates } from './guest-dates.ts';
import { guestValues, type GuestValue, type GuestValues } from './guest-values.ts';

/** A function or procedure in JavaScript, as its catalog entry has it. */
export interface HandlerSource {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: string;
  /** The session's TIMEZONE, which dates show. */
  readonly zone: string;
  /** Whether the body is an object of callbacks, as that of a table function is. */
  readonly object?: boolean;
}

/** A realm of its own with the handler in it: a function under the routine's name, its arguments as parameters. */
export interface Handler {
  readonly realm: Context;
  readonly values: GuestValues;
  readonly call: (...args: unknown[]) => unknown;
}

/** The name under which a handler's own code stands in stacks. */
export const HANDLER_FILE = 'handler-of-user';

/** Makes a realm without anything of Node, and evaluates the handler in it. */
export const makeHandler = ({ name, parameters, body, zone, object }: HandlerSource): Handler => {
  const realm = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  runInContext(`(${guestDates.toString()})(${JSON.stringify(zone)})`, realm);
  const values = runInContext(`(${guestValues.toString()})()`, realm) as GuestValues;
  const opening = `(globalThis.${name} = function ${name}(${parameters.join(', ')}) {`;
  if (object) {
    const made = runInContext(`(${body}\n)`, realm, { filename: HANDLER_FILE, columnOffset: -1 }) as unknown;
    return { realm, values, call: () => made };
  }
  const options = { filename: HANDLER_FILE, columnOffset: -opening.length };
  const call = runInContext(`${opening}${body}\n})`, realm, options) as Handler['call'];
  return { realm, values, call };
};

/** Calls a handler with arguments as the wire has them; the answer is the text of its result. */
export const callHandler = ({ values, call }: Handler, args: readonly GuestValue[], returns: string): string | null =>
  values.encode(call(...args.map((arg) => values.decode(arg))), returns);
