import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { WireRow } from '../session/outcome.ts';
import { printer } from './printed-json.ts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import type { Warehouse } from '../warehouse.ts';
import { Connections, type Connection } from './connections.ts';
import { login } from './login.ts';
import { failed, succeeded, type Answer } from './messages.ts';
import { abort, monitor, query, result } from './queries.ts';

/** A request with what routes need of it. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly token: string;
  readonly body: unknown;
  readonly request: IncomingMessage;
}

const SESSION_GONE = failed('390111', 'Session no longer exists.  New login required to access the service.');
const SESSION_EXPIRED = failed('390112', 'Session token expired.  Renew it or log in again.');
const MASTER_EXPIRED = failed('390114', 'Master token has expired.  New login required to access the service.');

/** Snowflake's HTTP protocol, as its drivers speak it, in front of a warehouse. */
export const createProtocolServer = (warehouse: Warehouse): Server => {
  const connections = new Connections(() => warehouse.clock().getTime());
  const server = createServer((request, response) => {
    serve(warehouse, connections, request, response).catch((error: unknown) => {
      if (!response.headersSent)
        send(response, failed('000603', error instanceof Error ? error.message : String(error), { sqlState: 'XX000' }));
      else response.destroy();
    });
  });
  // Idle clients keep their sockets: a socket that closes tells that its client is gone.
  server.keepAliveTimeout = 24 * 3600 * 1000;
  server.requestTimeout = 0;
  return server;
};

const serve = async (
  warehouse: Warehouse,
  connections: Connections,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  const chunk = /^\/results\/([\w-]+)\/(\d+)$/.exec(url.pathname);
  if (chunk !== null) return sendChunk(warehouse, chunk[1]!, Number(chunk[2]), url.searchParams, response);
  const [, token = ''] = /Token="([^"]*)"/.exec(request.headers.authorization ?? '') ?? [];
  const call: Call = {
    method: request.method ?? 'GET',
    path: url.pathname,
    params: url.searchParams,
    token,
    body: await readBody(request),
    request,
  };
  send(response, await answer(warehouse, connections, call, url.origin));
};

const answer = async (warehouse: Warehouse, connections: Connections, call: Call, baseUrl: string): Promise<Answer> => {
  const { method, path, params, body, token } = call;
  if (path === '/telemetry/send' || path.startsWith('/telemetry')) return succeeded('Log Received');
  if (path === '/session/v1/login-request') return login(warehouse, connections, params, body);
  if (path === '/session/token-request') return renew(connections, token);
  const found = connections.find(token);
  if ('problem' in found) return found.problem === 'expired' ? SESSION_EXPIRED : SESSION_GONE;
  const { connection } = found;
  connections.watch(connection, call.request.socket);
  connection.busy += 1;
  try {
    return await route(warehouse, connections, connection, { method, path, params, body }, baseUrl);
  } finally {
    connection.busy -= 1;
  }
};

const route = async (
  warehouse: Warehouse,
  connections: Connections,
  connection: Connection,
  call: Pick<Call, 'method' | 'path' | 'params' | 'body'>,
  baseUrl: string,
): Promise<Answer> => {
  const { path, params, body } = call;
  const { session } = connection;
  const record = (id: string | undefined) => {
    const known = id === undefined ? undefined : warehouse.history.get(id);
    return known?.user === session.user ? known : undefined;
  };
  if (path === '/queries/v1/query-request') return query(connection, params.get('requestId') ?? '', body, baseUrl);
  if (path === '/queries/v1/abort-request')
    return abort(connection.requests.get((body as { requestId?: string } | undefined)?.requestId ?? ''));
  if (path === '/session/heartbeat') return succeeded(null);
  if (path === '/session' && params.get('delete') === 'true') {
    connections.forget(connection);
    void session.logout();
    return succeeded(null);
  }
  const [, queryId, verb] = /^\/queries\/([\w-]+)\/(result|abort-request)$/.exec(path) ?? [];
  if (verb === 'abort-request') return abort(record(queryId));
  if (verb === 'result') {
    const known = record(queryId);
    return known === undefined
      ? failed('000709', `Statement ${queryId} not found`, { sqlState: '02000' })
      : result(known, session, baseUrl);
  }
  const [, monitored] = /^\/monitoring\/queries\/([\w-]+)$/.exec(path) ?? [];
  if (monitored !== undefined) return monitor(record(monitored));
  return failed('000002', `Unsupported request ${call.method} ${path}`, { sqlState: '0A000' });
};

const renew = (connections: Connections, masterToken: string): Answer => {
  const found = connections.findByMaster(masterToken);
  if ('problem' in found) return found.problem === 'expired' ? MASTER_EXPIRED : SESSION_GONE;
  const { sessionSeconds, masterSeconds } = connections.renew(found.connection);
  const { token, masterToken: master, session } = found.connection;
  return succeeded({
    sessionToken: token,
    masterToken: master,
    validityInSecondsST: sessionSeconds,
    validityInSecondsMT: masterSeconds,
    sessionId: session.id,
  });
};

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const raw = Buffer.concat(parts);
  if (raw.length === 0) return undefined;
  const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
  try {
    return JSON.parse(plain.toString('utf8'));
  } catch {
    return undefined;
  }
};

const send = (response: ServerResponse, body: Answer): void => {
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
};

const sendChunk = async (
  warehouse: Warehouse,
  queryId: string,
  index: number,
  params: URLSearchParams,
  response: ServerResponse,
): Promise<void> => {
  const outcome = warehouse.history.get(queryId)?.outcome;
  const chunk = outcome?.chunks[index];
  if (outcome === undefined || chunk === undefined) {
    response.writeHead(404).end();
    return;
  }
  // Anything but JSON: the driver would parse rows without their brackets itself, and fail.
  const head = { 'content-type': 'application/octet-stream' };
  const printed = printer(outcome.columns, {
    indent: Number(params.get('indent')),
    strict: params.get('strict') === 'true',
  });
  if (printed !== undefined) {
    const rows = JSON.parse(`[${await readFile(chunk.file, 'utf8')}]`) as WireRow[];
    const text = JSON.stringify(rows.map(printed)).slice(1, -1);
    response.writeHead(200, { ...head, 'content-length': Buffer.byteLength(text) });
    response.end(text);
    return;
  }
  response.writeHead(200, { ...head, 'content-length': chunk.bytes });
  await pipeline(createReadStream(chunk.file), response);
};
