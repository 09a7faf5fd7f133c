import { runInContext } from 'node:vm';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { guestResults, type Asked } from './guest-results.ts';
import { guestSnowflake } from './guest-snowflake.ts';
import type { GuestValue } from './guest-values.ts';
import { failureOf, framesIn, type Failure } from './handler-errors.ts';
import { callHandler, makeHandler, type HandlerSource } from './handler.ts';

/** What the thread of one call is started with. */
export interface ProcedureCall {
  readonly source: HandlerSource;
  readonly args: readonly GuestValue[];
  readonly returns: string;
  /** Requests go out here, answers come in; the thread sleeps on `bell` in between. */
  readonly port: MessagePort;
  readonly bell: SharedArrayBuffer;
}

/** How a call ended. */
export type ProcedureEnd = { readonly text: string | null } | { readonly failure: Failure };

/** A thread of its own for each call: a procedure waits for its statements, which the session's thread runs meanwhile. */
const { source, args, returns, port, bell } = workerData as ProcedureCall;
const rung = new Int32Array(bell);

const ask = (request: string): string => {
  Atomics.store(rung, 0, 0);
  port.postMessage(request);
  Atomics.wait(rung, 0, 0);
  return receiveMessageOnPort(port)!.message as string;
};

/** Only texts cross from realm to realm, so that nothing of Node gets into the handler's. */
const askInRealm = '(ask) => (request) => JSON.parse(ask(JSON.stringify(request)))';

const place = (): string => {
  const { line, position } = framesIn(new Error().stack ?? '')[0] ?? { line: 1, position: 0 };
  return `line ${line} position ${position}`;
};

const run = (): ProcedureEnd => {
  try {
    const handler = makeHandler(source);
    const { realm, values } = handler;
    const asked = (runInContext(askInRealm, realm) as (ask: (request: string) => string) => Asked)(ask);
    const results = (runInContext(`(${guestResults.toString()})`, realm) as typeof guestResults)(asked, values);
    const make = runInContext(`(${guestSnowflake.toString()})`, realm) as typeof guestSnowflake;
    realm['snowflake'] = make({ asked, values, results, place });
    return { text: callHandler(handler, args, returns) };
  } catch (error) {
    return { failure: failureOf(error, source.name, source.body) };
  }
};

parentPort!.postMessage(run(), []);
