import { setTimeout as pause } from 'node:timers/promises';
import { deflateSync, gzipSync } from 'node:zlib';
import { SnowflakeError } from '../contract.ts';
import { answersOf } from './answers.ts';
import { failed } from './failed.ts';

/** One batch of rows for a remote service. */
export interface Batch {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: 'NONE' | 'GZIP' | 'DEFLATE';
  /** The arguments of each row, as JSON arrays. */
  readonly rows: readonly string[];
  readonly signal: AbortSignal | undefined;
  /** For how long a service that is not there, or busy, is tried again. */
  readonly patience: number | undefined;
}

const PATIENCE_SECONDS = 10;
/** A service that has said 202 may take this long, as on Snowflake. */
const POLLING_SECONDS = 600;
const [FIRST_PAUSE, LONGEST_PAUSE] = [50, 2000];

/** Sends a batch and gives back its answers: again while the service is busy or away, always under the same batch id, by polling after 202. */
export const ask = async (batch: Batch): Promise<(string | null)[]> => {
  const { name, url, rows, signal } = batch;
  const post = postOf(batch);
  // It has no body that could be compressed.
  const get: RequestInit = { method: 'GET', headers: batch.headers };
  let request: RequestInit = post;
  let deadline = Date.now() + (batch.patience ?? PATIENCE_SECONDS) * 1000;
  let wait = FIRST_PAUSE;
  for (let retries = 0; ;) {
    const sentAt = Date.now();
    const response = await send(url, request, signal);
    signal?.throwIfAborted();
    if (response?.status === 200)
      return answersOf(name, response.headers.get('content-md5'), response.body, rows.length);
    if (response?.status === 202) {
      if (request === post) deadline = sentAt + POLLING_SECONDS * 1000;
      request = get;
    } else if (response !== undefined && response.status !== 429 && response.status < 500)
      throw refused(batch, response, retries, Date.now() - sentAt);
    else retries += 1;
    if (Date.now() + wait > deadline) {
      if (response === undefined)
        throw failed(name, 'Remote service cannot be reached. Check the endpoint URL and try again.');
      if (response.status === 202)
        throw failed(name, `Remote service did not answer within ${POLLING_SECONDS} seconds.`);
      throw refused(batch, response, retries, Date.now() - sentAt);
    }
    await pause(wait, undefined, signal && { signal });
    wait = Math.min(2 * wait, LONGEST_PAUSE);
  }
};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

const send = async (url: string, request: RequestInit, signal?: AbortSignal): Promise<Answer | undefined> => {
  try {
    const patience = AbortSignal.timeout(POLLING_SECONDS * 1000);
    const either = signal === undefined ? patience : AbortSignal.any([signal, patience]);
    const response = await fetch(url, { ...request, redirect: 'manual', signal: either });
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  } catch {
    return undefined;
  }
};

const postOf = ({ rows, headers, compression }: Batch): RequestInit => {
  const data = rows.map((row, i) => (row === '[]' ? `[${i}]` : `[${i},${row.slice(1)}`));
  const text = `{"data":[${data.join(',')}]}`;
  if (compression === 'NONE') return { method: 'POST', headers, body: text };
  const coding = compression.toLowerCase();
  return {
    method: 'POST',
    headers: { ...headers, 'content-encoding': coding, 'accept-encoding': coding },
    body: new Uint8Array(compression === 'GZIP' ? gzipSync(text) : deflateSync(text)),
  };
};

const refused = (
  { name, rows, headers }: Batch,
  { status, body }: Answer,
  retries: number,
  milliseconds: number,
): SnowflakeError =>
  new SnowflakeError(
    '100351',
    'P0000',
    `Request failed for external function ${name} with remote service error: ${status} '${body.toString('utf8', 0, 1000)}'; requests batch-id: ${headers['sf-external-function-query-batch-id']}; request batch size: ${rows.length} rows; request retries: ${retries}; response time (last retry): ${milliseconds}.00ms`,
  );
