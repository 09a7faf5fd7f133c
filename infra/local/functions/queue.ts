import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** One queue, as an event source mapping uses it. */
export interface SourceQueue {
  /** Waits up to `waitSeconds` for the first message; at most ten at a time, as SQS gives. */
  receive(most: number, waitSeconds: number, signal: AbortSignal): Promise<readonly Message[]>;
  /** Deletes; a message that can't be deleted will come again. */
  remove(messages: readonly Message[]): Promise<void>;
  /** Shows messages again after so many seconds; one that is visible or gone already stays as it is. */
  showAfter(messages: readonly Message[], seconds: (message: Message) => number): Promise<void>;
}

const BATCH = 10;

export const sourceQueue = (sqs: SQSClient, QueueUrl: string): SourceQueue => ({
  receive: async (most, waitSeconds, signal) => {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(most, BATCH),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return (await sqs.send(command, { abortSignal: signal })).Messages ?? [];
  },
  remove: async (messages) => {
    for (const Entries of entries(messages, ({ ReceiptHandle }) => ({ ReceiptHandle })))
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  },
  showAfter: async (messages, seconds) => {
    const withTimeout = (message: Message) => ({
      ReceiptHandle: message.ReceiptHandle,
      VisibilityTimeout: seconds(message),
    });
    for (const Entries of entries(messages, withTimeout))
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  },
});

const entries = <Entry>(
  messages: readonly Message[],
  entry: (message: Message) => Entry,
): (Entry & { Id: string })[][] => {
  const numbered = messages.map((message, i) => ({ ...entry(message), Id: String(i) }));
  return Array.from({ length: Math.ceil(numbered.length / BATCH) }, (_, i) =>
    numbered.slice(i * BATCH, (i + 1) * BATCH),
  );
};
