import { MessageChannel, Worker } from 'node:worker_threads';
import { SnowflakeError, type Value } from '../contract.ts';
import { withLiterals } from '../scripting/bind-text.ts';
import type { Host, Result } from '../scripting/host.ts';
import { boundText, type TypedValue } from '../scripting/value.ts';
import { toSnowflakeError } from '../translation/errors.ts';
import type { ProcedureCall, ProcedureEnd } from './procedure-worker.ts';
import type { GuestResult, StatementAnswer, StatementRequest } from './statement-answer.ts';

/** A call of a procedure in JavaScript; its host runs the statements. */
export interface JavaScriptCall extends Pick<ProcedureCall, 'source' | 'args' | 'returns'> {
  readonly host: Host;
  readonly signal: AbortSignal | undefined;
}

const ROWS_AT_ONCE = 5000;

/** Runs a procedure's body in a thread of its own, which ends with the call, or when the call is cancelled. */
export const runJavaScript = async ({ host, signal, ...call }: JavaScriptCall): Promise<string | null> => {
  const { port1: ours, port2: theirs } = new MessageChannel();
  const bell = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const workerData: ProcedureCall = { ...call, port: theirs, bell };
  const worker = new Worker(new URL('procedure-worker.ts', import.meta.url), {
    workerData,
    transferList: [theirs],
    env: {},
    execArgv: [],
  });
  const answer = answering(host);
  ours.on('message', (request: string) => {
    void answer(JSON.parse(request) as StatementRequest).then((reply) => {
      ours.postMessage(JSON.stringify(reply), []);
      Atomics.store(new Int32Array(bell), 0, 1);
      Atomics.notify(new Int32Array(bell), 0);
    });
  });
  const stop = (): void => void worker.terminate();
  signal?.addEventListener('abort', stop);
  try {
    const end = await ended(worker);
    signal?.throwIfAborted();
    if ('failure' in end) throw new SnowflakeError(end.failure.code, 'P0000', end.failure.message);
    return end.text;
  } finally {
    signal?.removeEventListener('abort', stop);
    ours.close();
    await worker.terminate();
  }
};

const ended = (worker: Worker): Promise<ProcedureEnd> =>
  new Promise((resolve) => {
    const failed = (message: string): void =>
      resolve({ failure: { code: '100132', message: `JavaScript execution error: ${message}` } });
    worker.once('message', resolve);
    worker.once('error', (error: Error) => failed(error.message));
    worker.once('exit', () => failed('the thread has ended'));
  });

/** Answers what the thread asks for; results stay open until the call ends. */
const answering = (host: Host): ((request: StatementRequest) => Promise<StatementAnswer>) => {
  const open = new Map<string, AsyncIterator<readonly TypedValue[]>>();
  return async (request) => {
    try {
      switch (request.kind) {
        case 'run': {
          const binds = request.binds as readonly Value[];
          const literal = withLiterals(request.sql, binds);
          const result = await host.execute(literal ?? request.sql, literal === undefined ? binds : []);
          open.set(result.queryId, result.rows()[Symbol.asyncIterator]());
          return { result: described(result) };
        }
        case 'rows':
          return { rows: await someRows(open.get(request.of)!) };
        case 'text': {
          const value = request.value as Value;
          const { outcome } = await host.evaluate(`SELECT TO_VARCHAR(${boundText(value)})`, [value]);
          return { text: outcome.rows[0]![0]! };
        }
      }
    } catch (error) {
      const { code, sqlState, message } = toSnowflakeError(error, '');
      return { error: { code: Number(code), state: sqlState, message } };
    }
  };
};

const someRows = async (all: AsyncIterator<readonly TypedValue[]>): Promise<(string | null)[][]> => {
  const rows: (string | null)[][] = [];
  for (let next = await all.next(); !next.done; next = await all.next()) {
    rows.push(next.value.map(({ text }) => text));
    if (rows.length === ROWS_AT_ONCE) break;
  }
  return rows;
};

const described = ({ queryId, columns, outcome, changed }: Result): GuestResult => {
  const count = (what: string): number => {
    const column = columns.findIndex(({ name }) => name === `number of ${what}`);
    return column < 0 ? 0 : Number(outcome.rows[0]?.[column] ?? 0);
  };
  return {
    queryId,
    columns: columns.map(({ name, type, scale, nullable }) => ({ name, type, scale, nullable })),
    rowCount: outcome.rows.length + outcome.chunks.reduce((sum, { rows }) => sum + rows, 0),
    changed: changed ?? 0,
    counts: {
      inserted: count('rows inserted'),
      updated: count('rows updated'),
      deleted: count('rows deleted'),
      multiJoined: count('multi-joined rows updated'),
    },
  };
};
