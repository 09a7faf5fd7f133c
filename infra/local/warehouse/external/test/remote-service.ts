import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, inflateSync } from 'node:zlib';

/** What a service was sent: the rows of a POST, none of a GET. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rows: readonly (readonly unknown[])[];
}

/** What a service says to a request. */
export interface Said {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A remote service as external functions call it; it remembers all that it was asked. */
export class RemoteService {
  readonly asked: Asked[] = [];
  respond: (asked: Asked, before: number) => Said = ({ rows }) => ({ body: { data: rows.map(([n, x]) => [n, x]) } });
  #server: Server | undefined;

  get url(): string {
    return `http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const coding = request.headers['content-encoding'];
        const body = Buffer.concat(chunks);
        const text = coding === 'gzip' ? gunzipSync(body) : coding === 'deflate' ? inflateSync(body) : body;
        const rows = text.length === 0 ? [] : (JSON.parse(text.toString()) as { data: unknown[][] }).data;
        const asked = { method: request.method!, path: request.url!, headers: request.headers, rows };
        this.asked.push(asked);
        const { status = 200, body: answer = '', headers = {} } = this.respond(asked, this.asked.length - 1);
        response.writeHead(status, headers);
        response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => void this.#server!.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}
