import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Input } from './api/input.ts';
import { OPERATIONS } from './api/operations.ts';
import type { Bus } from './bus.ts';
import { BusError } from './errors.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.1';
const TARGET = /^AWSEvents\.(\w+)$/;
// Ten entries of a megabyte in all, each character of which may take six in JSON.
const MAX_BODY_BYTES = 8 * 1024 * 1024;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new BusError('ValidationException', 'The request is over the size limit.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const inputOf = (text: string): Input => {
  try {
    const input = JSON.parse(text === '' ? '{}' : text) as unknown;
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Input;
  } catch {
    // Falls through: not JSON and not an object are one fault.
  }
  throw new BusError('SerializationException', 'The body of the request is not a JSON object.');
};

const answer = async (bus: Bus, request: IncomingMessage): Promise<object> => {
  const body = await bodyOf(request);
  const name = TARGET.exec(String(request.headers['x-amz-target']))?.[1] ?? '';
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation === undefined || request.method !== 'POST') {
    throw new BusError(
      'UnknownOperationException',
      `The local bus does not know the operation ${name || 'asked for'}.`,
    );
  }
  return operation(bus, inputOf(body));
};

const refusal = (bus: Bus, error: unknown): { status: number; body: object } => {
  if (error instanceof BusError) return { status: 400, body: { __type: error.type, message: error.message } };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  bus.log(`bus: ${text}`);
  return { status: 500, body: { __type: 'InternalException', message: 'The local bus failed; its log says how.' } };
};

/** Answers a request of an AWS SDK for EventBridge. */
export const handle = async (bus: Bus, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { status, body } = await answer(bus, request).then(
    (body) => ({ status: 200, body }),
    (error: unknown) => refusal(bus, error),
  );
  response.writeHead(status, { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(body));
};
