import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { ownQueue } from './own-queue.ts';

describe("a service's own queue", () => {
  const sqs = mockClient(SQSClient);
  const later = ownQueue('firn-dev-extract', sqs as unknown as SQSClient);
  beforeEach(() => {
    sqs.reset();
    sqs.on(GetQueueUrlCommand, { QueueName: 'firn-dev-extract' }).resolves({ QueueUrl: 'http://queue' });
  });

  it('delays what it is given', async () => {
    sqs.on(SendMessageCommand).resolves({});

    await later('{}', 30);

    expect(sqs.commandCalls(SendMessageCommand)[0]!.args[0].input).toEqual({
      QueueUrl: 'http://queue',
      MessageBody: '{}',
      DelaySeconds: 30,
    });
  });

  it('that can not be reached asks to retry later', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('connection reset'));

    await expect(later('{}', 30)).rejects.toMatchObject({
      kind: 'RetryLater',
      message: 'the queue firn-dev-extract did not take a message: Error: connection reset',
    });
  });
});
