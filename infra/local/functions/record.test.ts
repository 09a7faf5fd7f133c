import { expect, it } from '@jest/globals';
import { toRecord } from './record.ts';

it("spells a message's attributes as Lambda does, binary ones in base64", () => {
  const record = toRecord(
    {
      MessageId: 'm',
      ReceiptHandle: 'r',
      Body: 'body',
      MD5OfBody: 'md5',
      MD5OfMessageAttributes: 'md5a',
      Attributes: { ApproximateReceiveCount: '2' },
      MessageAttributes: {
        name: { DataType: 'String', StringValue: 'text' },
        raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
      },
    },
    { queueArn: 'arn:q', region: 'eu-west-1' },
  );

  expect(record).toEqual({
    messageId: 'm',
    receiptHandle: 'r',
    body: 'body',
    attributes: { ApproximateReceiveCount: '2' },
    messageAttributes: {
      name: { stringValue: 'text', stringListValues: [], binaryListValues: [], dataType: 'String' },
      raw: { binaryValue: 'AQL/', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
    },
    md5OfBody: 'md5',
    md5OfMessageAttributes: 'md5a',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:q',
    awsRegion: 'eu-west-1',
  });
});
