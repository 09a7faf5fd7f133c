import { EventBridgeClient, PutRuleCommand, PutTargetsCommand, type Target } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { type BusOptions, startBus } from '../server.ts';

export const REGION = 'eu-west-1';
export const ACCOUNT = '000000000000';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The queues of a test, and clients that speak to them and to buses. */
export const startQueues = async () => {
  const queues = await startFauxqs({ port: 0, logger: false, defaultRegion: REGION });
  const endpoint = `http://127.0.0.1:${queues.port}`;
  const sqs = new SQSClient({ endpoint, region: REGION, credentials });

  const createQueue = async (name: string) => {
    const Attributes = name.endsWith('.fifo') ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : undefined;
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
    return { url: QueueUrl!, arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}` };
  };

  const receive = async (url: string, count: number): Promise<Message[]> => {
    const received: Message[] = [];
    for (let tries = 0; received.length < count && tries < 40; tries += 1) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['MessageGroupId'],
        }),
      );
      received.push(...Messages);
      for (const { ReceiptHandle } of Messages) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      }
    }
    return received;
  };

  return {
    endpoint,
    createQueue,
    receive,
    close: async () => {
      sqs.destroy();
      await queues.stop();
    },
  };
};

/** A client of the bus at a url. */
export const busClient = (endpoint: string): EventBridgeClient =>
  new EventBridgeClient({ endpoint, region: REGION, credentials, maxAttempts: 1 });

/** Queues, a bus in front of them, and a client of the bus. */
export const startLocal = async (options: Partial<BusOptions> = {}) => {
  const queues = await startQueues();
  const lines: string[] = [];
  const bus = await startBus({
    region: REGION,
    account: ACCOUNT,
    sqsEndpoint: queues.endpoint,
    log: (line) => lines.push(line),
    retryDelayMs: () => 5,
    ...options,
  });
  const client = busClient(bus.url);

  const route = async (rule: string, pattern: unknown, ...targets: Omit<Target, 'Id'>[]) => {
    await client.send(new PutRuleCommand({ Name: rule, EventPattern: JSON.stringify(pattern) }));
    const Targets = targets.map((target, index) => ({ Id: `t${index}`, ...target }));
    return client.send(new PutTargetsCommand({ Rule: rule, Targets }));
  };

  return {
    ...queues,
    bus,
    client,
    lines,
    route,
    close: async () => {
      client.destroy();
      await bus.close();
      await queues.close();
    },
  };
};

export type Local = Awaited<ReturnType<typeof startLocal>>;
