import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startQueues } from '../server.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Starts a server in its own process; `kill` is SIGKILL, and returns when the process is gone. */
const serve = async (dataDir: string) => {
  const child = fork(join(import.meta.dirname, 'serve.ts'), [dataDir], { execArgv: [] });
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  ends.push(kill);
  const [endpoint] = (await once(child, 'message')) as [string];
  const config = { endpoint, region: 'eu-west-1', maxAttempts: 1 };
  const sqs = new SQSClient(config);
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  ends.push(
    () => sqs.destroy(),
    () => s3.destroy(),
  );
  return { kill, sqs, s3, url: `${endpoint}/000000000000/orders` };
};

/** Repeats `act(n)` until it fails, and returns the n that were acknowledged. */
const untilItFails = async (act: (n: number) => Promise<unknown>): Promise<number[]> => {
  const acknowledged: number[] = [];
  for (let n = 0; ; n += 1) {
    try {
      await act(n);
      acknowledged.push(n);
    } catch {
      return acknowledged;
    }
  }
};

it('has every acknowledged message, deletion and object after kill -9 in the middle of the work', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'firn-kill-'));
  ends.push(() => rmSync(dataDir, { recursive: true }));
  const { kill, sqs, s3, url: QueueUrl } = await serve(dataDir);

  const enough = Promise.withResolvers<void>();
  const deleted: string[] = [];
  const work = Promise.all([
    untilItFails((n) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `message ${n}` }))),
    untilItFails((n) => s3.send(new PutObjectCommand({ Bucket: 'landing', Key: `key ${n}`, Body: `body ${n}` }))),
    untilItFails(async () => {
      const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
      if (!message) return;
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle! }));
      if (deleted.push(message.Body!) === 20) enough.resolve();
    }),
  ]);
  await enough.promise;
  await kill();
  const [sent, stored] = await work;

  const queues = await startQueues({ dataDir });
  ends.push(() => queues.close());
  const { ready, inFlight } = queues.depth('orders');
  // One more of each may have arrived, or been deleted, whose answer was cut off.
  const kept = sent.length - deleted.length;
  expect([kept - 1, kept, kept + 1]).toContain(ready + inFlight);
  const client = new S3Client({ endpoint: queues.endpoint, region: 'eu-west-1', forcePathStyle: true });
  ends.push(() => client.destroy());
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'landing' }));
  expect(Contents.map(({ Key }) => Key)).toEqual(expect.arrayContaining(stored.map((n) => `key ${n}`)));
});

it('shows a message again at once, and does not hold it against it, when kill -9 ended those who had received it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'firn-kill-'));
  ends.push(() => rmSync(dataDir, { recursive: true }));
  const { kill, sqs, url: QueueUrl } = await serve(dataDir);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }));
  await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 600 }));
  await kill();

  const queues = await startQueues({ dataDir });
  ends.push(() => queues.close());
  const client = new SQSClient({ endpoint: queues.endpoint, region: 'eu-west-1' });
  ends.push(() => client.destroy());
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: `${queues.endpoint}/${queues.account}/orders`,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    }),
  );

  expect(Messages.map(({ Body, Attributes }) => [Body, Attributes])).toEqual([['m', { ApproximateReceiveCount: '1' }]]);
});
