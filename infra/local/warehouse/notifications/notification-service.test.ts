import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startWarehouse, type StartedWarehouse } from '../server.ts';
import { type Client, connectClient } from '../test/client.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:inbound';
const CALL = (body: string) =>
  `CALL SYSTEM$SEND_SNOWFLAKE_NOTIFICATION(SNOWFLAKE.NOTIFICATION.APPLICATION_JSON('${body}'), SNOWFLAKE.NOTIFICATION.INTEGRATION('OUT'))`;

describe('a notification', () => {
  const published: string[] = [];
  let refusals = 0;
  let heard: () => void;
  let topic: Server;
  let warehouse: StartedWarehouse;
  let client: Client;

  const until = async (count: number): Promise<void> => {
    while (published.length < count) await new Promise<void>((resolve) => (heard = resolve));
  };

  beforeEach(async () => {
    published.splice(0);
    refusals = 0;
    heard = () => undefined;
    topic = createServer((request, response) => {
      void text(request).then((body) => {
        const refused = refusals > 0;
        refusals -= refused ? 1 : 0;
        if (!refused) published.push(new URLSearchParams(body).get('Message') ?? '');
        response.writeHead(refused ? 400 : 200, { 'content-type': 'text/xml' });
        response.end(refused ? '<ErrorResponse/>' : '<PublishResponse><PublishResult/></PublishResponse>');
        heard();
      });
    }).listen(0, '127.0.0.1');
    await once(topic, 'listening');
    const endpoint = `http://127.0.0.1:${(topic.address() as AddressInfo).port}`;
    const credentials = { region: 'eu-west-1', accessKeyId: 'local', secretAccessKey: 'local' };
    warehouse = await startWarehouse({ sns: { endpoint, ...credentials } });
    client = await connectClient(warehouse);
    await client.run(
      `CREATE NOTIFICATION INTEGRATION OUT ENABLED = TRUE TYPE = QUEUE DIRECTION = OUTBOUND NOTIFICATION_PROVIDER = AWS_SNS
       AWS_SNS_TOPIC_ARN = '${TOPIC}' AWS_SNS_ROLE_ARN = 'arn:aws:iam::000000000000:role/r'`,
    );
  });
  afterEach(async () => {
    await client.close();
    await warehouse.close();
    topic.closeAllConnections();
    topic.close();
  });

  it('reaches its topic in the order in which it was sent', async () => {
    for (const n of [1, 2, 3]) await client.run(CALL(`{"n":${n}}`));

    await until(3);

    expect(published).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
  });

  it('is sent again until the topic takes it', async () => {
    refusals = 2;

    await client.run(CALL('{"n":1}'));
    await until(1);

    expect(published).toEqual(['{"n":1}']);
    expect(refusals).toBe(0);
  });
});
