import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { RetryLater } from '../errors.ts';

/** Puts a message on the service's own queue, to come after so many seconds. */
export type Later = (body: string, delaySeconds: number) => Promise<void>;

/** The service's own queue by its name; what SQS can't take now comes up as RetryLater. */
export const ownQueue =
  (QueueName: string, client = new SQSClient({})): Later =>
  async (MessageBody, DelaySeconds) => {
    try {
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName }));
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
    } catch (cause) {
      throw new RetryLater(`the queue ${QueueName} did not take a message: ${String(cause)}`, {}, { cause });
    }
  };
