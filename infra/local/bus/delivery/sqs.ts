import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeliveryFailed } from './message.ts';
import type { Deliver, Message } from './message.ts';

const SEND_TIMEOUT_MS = 10_000;

const PERMANENT: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'NO_RESOURCE',
  NonExistentQueue: 'NO_RESOURCE',
  AccessDenied: 'NO_PERMISSIONS',
  AccessDeniedException: 'NO_PERMISSIONS',
  InvalidMessageContents: 'INVALID_PARAMETER',
  InvalidParameterValue: 'INVALID_PARAMETER',
  InvalidParameterValueException: 'INVALID_PARAMETER',
  MissingParameter: 'INVALID_PARAMETER',
  UnsupportedOperation: 'INVALID_PARAMETER',
};

const failure = (error: unknown): DeliveryFailed => {
  const { name: fullName, message } = error instanceof Error ? error : new Error(String(error));
  const name = fullName.replace(/^AWS\.SimpleQueueService\./, '');
  const code = Object.hasOwn(PERMANENT, name) ? PERMANENT[name] : undefined;
  if (code !== undefined) return new DeliveryFailed(code, message, true);
  return new DeliveryFailed(name === 'TimeoutError' ? 'TIMEOUT' : 'SDK_CLIENT_ERROR', `${name}: ${message}`, false);
};

// Bodies are JSON, which can spell out what SQS, or a stand-in for it, does not take as it is.
const UNFIT = /[\uD800-\uDFFF\uFFFE\uFFFF]/g;

const fit = (body: string): string =>
  body.replace(UNFIT, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const attributesOf = ({ attributes = {} }: Message) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { type, value }]) => [name, { DataType: type, StringValue: value }]),
  );

/** Sends to queues through an SQS endpoint, one try a call; `close` lets go of its connections. */
export const sqsDelivery = (endpoint: string, region: string): { deliver: Deliver; close: () => void } => {
  const client = new SQSClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: SEND_TIMEOUT_MS },
  });
  const urls = new Map<string, string>();

  const urlOf = async (arn: string): Promise<string> => {
    const known = urls.get(arn);
    if (known !== undefined) return known;
    const { QueueUrl = '' } = await client.send(new GetQueueUrlCommand({ QueueName: arn.split(':').at(-1) }));
    urls.set(arn, QueueUrl);
    return QueueUrl;
  };

  const deliver: Deliver = async (message) => {
    try {
      await client.send(
        new SendMessageCommand({
          QueueUrl: await urlOf(message.queueArn),
          MessageBody: fit(message.body),
          MessageAttributes: attributesOf(message),
          MessageGroupId: message.groupId,
        }),
      );
    } catch (error) {
      urls.delete(message.queueArn);
      throw failure(error);
    }
  };
  return { deliver, close: () => client.destroy() };
};
