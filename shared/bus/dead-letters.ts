import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { RetryLater } from '../errors.ts';

/** A message that a service's queue gave up, or that could not be delivered to it. */
export interface DeadLetter {
  readonly messageId: string;
  readonly body: string;
  readonly receives: number;
  readonly sentAt: Date;
  /** Why the bus could not deliver it; absent: the service received it, and failed. */
  readonly undelivered?: string;
  readonly receipt: string;
}

/** Dead-letter queues by name. */
export interface DeadLetterQueues {
  /** At most ten letters, hidden from others until their queue's visibility timeout ends. */
  receive(queue: string): Promise<readonly DeadLetter[]>;
  remove(queue: string, letter: DeadLetter): Promise<void>;
}

/** The dead-letter queues of this account; what SQS can't answer now comes up as RetryLater. */
export const deadLetterQueues = (client = new SQSClient({})): DeadLetterQueues => {
  const urls = new Map<string, string>();
  const ask = async <T>(queue: string, work: (url: string) => Promise<T>): Promise<T> => {
    try {
      const QueueName = queue;
      const url = urls.get(queue) ?? (await client.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl!;
      urls.set(queue, url);
      return await work(url);
    } catch (cause) {
      throw new RetryLater(`the queue ${queue} did not answer: ${String(cause)}`, {}, { cause });
    }
  };
  return {
    receive: (queue) =>
      ask(queue, async (QueueUrl) => {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
            MessageAttributeNames: ['All'],
          }),
        );
        return Messages.map(letterOf);
      }),
    remove: (queue, { receipt }) =>
      ask(queue, async (QueueUrl) => {
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt }));
      }),
  };
};

const letterOf = ({ MessageId, Body = '', ReceiptHandle, Attributes, MessageAttributes }: Message): DeadLetter => {
  const code = MessageAttributes?.['ERROR_CODE']?.StringValue;
  const reason = MessageAttributes?.['ERROR_MESSAGE']?.StringValue;
  return {
    messageId: MessageId!,
    body: Body,
    receives: Number(Attributes?.ApproximateReceiveCount ?? 1),
    sentAt: new Date(Number(Attributes?.SentTimestamp ?? 0)),
    ...(code === undefined ? {} : { undelivered: `${code}: ${reason ?? ''}` }),
    receipt: ReceiptHandle!,
  };
};
