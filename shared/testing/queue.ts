import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { Contract, EventOf } from '../../events/contract.ts';

/** The body of a queue message in which EventBridge delivers an event. */
export const delivered = ({ type, ...detail }: EventOf<Contract>, source = 'firn.test'): string =>
  JSON.stringify({
    version: '0',
    id: detail.id,
    'detail-type': type,
    source,
    account: '000000000000',
    time: detail.time,
    region: 'eu-west-1',
    resources: [],
    detail,
  });

/** What Lambda's event source mapping hands over: one record a body, `m1` the first, each received so many times. */
export const received = (bodies: readonly string[], receives = 1): SQSEvent => ({
  Records: bodies.map((body, index): SQSRecord => ({
    messageId: `m${index + 1}`,
    receiptHandle: `r${index + 1}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: '0',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:test',
    awsRegion: 'eu-west-1',
  })),
});
