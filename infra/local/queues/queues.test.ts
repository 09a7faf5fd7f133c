import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Topology } from '../../../shared/topology.ts';
import { startQueues, type Queues } from './server.ts';

const region = 'eu-west-1';
const topology: Topology = {
  service: 'extract',
  hears: ['batch.triggered.v1'],
  handler: 'services/extract/handler.ts',
  timeoutSeconds: 10,
  memoryMb: 256,
  batchSize: 1,
  maxReceives: 5,
  reservedConcurrency: 1,
};
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const start = async (dataDir?: string): Promise<Queues> => {
  const queues = await startQueues(dataDir === undefined ? {} : { dataDir });
  ends.push(() => queues.close());
  return queues;
};
const client = ({ endpoint }: Queues): SQSClient => {
  const sqs = new SQSClient({ endpoint, region });
  ends.push(() => sqs.destroy());
  return sqs;
};
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'firn-queues-'));
  ends.push(() => rmSync(path, { recursive: true }));
  return path;
};
const receive = async (sqs: SQSClient, QueueUrl: string, seconds = 0) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: seconds })))
    .Messages ?? [];

describe('the queues of a service', () => {
  it('hide a message for six time-outs and pass it to the dead letters after too many receives', async () => {
    const queues = await start();
    const sqs = client(queues);
    const { queue, deadLetters } = queues.createServiceQueues('dev', [topology])['extract']!;
    await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'poison' }));

    for (let receives = 1; receives <= topology.maxReceives; receives += 1) {
      const [message] = await receive(sqs, queue.url);
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queue.url,
          ReceiptHandle: message!.ReceiptHandle!,
          VisibilityTimeout: 0,
        }),
      );
    }

    expect(await receive(sqs, queue.url)).toEqual([]);
    expect((await receive(sqs, deadLetters.url)).map(({ Body }) => Body)).toEqual(['poison']);
    const attributes = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ['VisibilityTimeout', 'RedrivePolicy'] }),
    );
    expect(attributes.Attributes).toMatchObject({ VisibilityTimeout: '60' });
  });

  it("receive the inbound topic's messages as they were published, while the topology says so", async () => {
    const queues = await start();
    const sqs = client(queues);
    const sns = new SNSClient({ endpoint: queues.endpoint, region });
    ends.push(() => sns.destroy());
    const publish = () =>
      sns.send(new PublishCommand({ TopicArn: queues.createTopic('firn-dev-inbound'), Message: '{"batch":"B1"}' }));

    const { queue } = queues.createServiceQueues('dev', [{ ...topology, inbound: true }])['extract']!;
    await publish();
    expect((await receive(sqs, queue.url)).map(({ Body }) => Body)).toEqual(['{"batch":"B1"}']);

    queues.createServiceQueues('dev', [topology]);
    await publish();
    expect(queues.depth(queue.name)).toEqual({ ready: 0, delayed: 0, inFlight: 1 });
  });

  it('are refused when AWS would refuse them', async () => {
    const queues = await start();

    expect(() => queues.createServiceQueues('dev', [{ ...topology, maxReceives: 1 }])).toThrow(
      'topology of extract: maxReceives is 1, not between 5 and 1000',
    );
  });

  it('keep their messages and take new attributes when they are created again', async () => {
    const dataDir = folder();
    const first = await start(dataDir);
    const { queue } = first.createServiceQueues('dev', [topology])['extract']!;
    await client(first).send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'kept' }));
    await first.close();

    const second = await start(dataDir);
    const sqs = client(second);
    second.createServiceQueues('dev', [{ ...topology, timeoutSeconds: 20 }]);

    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue.name }));
    expect(QueueUrl).toBe(`${second.endpoint}/${second.account}/firn-dev-extract`);
    expect((await receive(sqs, QueueUrl!)).map(({ Body }) => Body)).toEqual(['kept']);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: QueueUrl!, AttributeNames: ['VisibilityTimeout'] }),
    );
    expect(Attributes).toEqual({ VisibilityTimeout: '120' });
  });
});

describe('a message on disk', () => {
  it('is visible again at once when asked, with its receives counted', async () => {
    const dataDir = folder();
    const queues = await start(dataDir);
    const sqs = client(queues);
    const { url } = queues.createQueue('again');
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'm' }));
    const [first] = await receive(sqs, url);

    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: first!.ReceiptHandle!, VisibilityTimeout: 0 }),
    );
    await queues.close();

    const reopened = await start(dataDir);
    const { Messages } = await client(reopened).send(
      new ReceiveMessageCommand({
        QueueUrl: `${reopened.endpoint}/${reopened.account}/again`,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    expect(Messages?.[0]?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
  });

  it('is gone from the disk once deleted', async () => {
    const dataDir = folder();
    const queues = await start(dataDir);
    const sqs = client(queues);
    const { url } = queues.createQueue('done');
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'm' }));
    const [message] = await receive(sqs, url);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message!.ReceiptHandle! }));
    await queues.close();

    const reopened = await start(dataDir);
    expect(reopened.depth('done')).toEqual({ ready: 0, delayed: 0, inFlight: 0 });
  });

  it('is not given to a poller that has hung up', async () => {
    const queues = await start(folder());
    const sqs = client(queues);
    const { url } = queues.createQueue('heard');
    const hangUp = new AbortController();
    const lost = client(queues)
      .send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), { abortSignal: hangUp.signal })
      .catch((error: Error) => error.name);
    // A second request on its own connection is answered only after the first has been read.
    await receive(sqs, url);
    hangUp.abort();
    expect(await lost).toBe('AbortError');
    await receive(sqs, url);

    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'for the living' }));

    expect((await receive(sqs, url, 5)).map(({ Body }) => Body)).toEqual(['for the living']);
  });
});

it('listens on loopback alone', async () => {
  const { endpoint } = await start();

  expect(new URL(endpoint).hostname).toBe('127.0.0.1');
});
