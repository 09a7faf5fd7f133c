import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod';

/** The one resource that Snowflake's external function calls, as the platform's API Gateway has it. */
const RESOURCE = '/notifications';
const LONGEST_BODY = 1024 * 1024;

/** One row a request: the answer can't count them. */
const Rows = z.object({ data: z.tuple([z.tuple([z.number(), z.unknown()])]) });
const ANSWER = '{"data":[[0,{"accepted":true}]]}';

/** A running stand-in for the platform's API Gateway. */
export interface CallIn {
  /** What an external function names: the stage's address with the resource. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the stand-in on loopback: a request's one row goes to the inbound topic as it is; what the topic does not take is a 500, which is tried again. */
export const startCallIn = async (to: {
  readonly stage: string;
  readonly topicArn: string;
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}): Promise<CallIn> => {
  const { topicArn: TopicArn, endpoint, region, credentials } = to;
  const sns = new SNSClient({ endpoint, region, credentials });

  const answer = async (request: IncomingMessage): Promise<readonly [status: number, body: string]> => {
    if (request.method !== 'POST' || request.url !== `/${to.stage}${RESOURCE}`) return [403, '{"message":"Forbidden"}'];
    const rows = Rows.safeParse(await bodyOf(request));
    if (!rows.success) return [400, '{"message":"Invalid request body"}'];
    const Message = JSON.stringify(rows.data.data[0][1]);
    await sns.send(new PublishCommand({ TopicArn, Message }));
    return [200, ANSWER];
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [status, body] = await answer(request).catch(() => [500, '{}'] as const);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${to.stage}${RESOURCE}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      sns.destroy();
    },
  };
};

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > LONGEST_BODY) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
