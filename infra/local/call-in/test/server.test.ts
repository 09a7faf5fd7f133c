import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFauxqs } from 'fauxqs';
import { startCallIn, type CallIn } from '../server.ts';

const region = 'eu-west-1';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

let aws: Awaited<ReturnType<typeof startFauxqs>>;
let endpoint: string;
let topicArn: string;
let queueUrl: string;
let callIn: CallIn;
beforeAll(async () => {
  aws = await startFauxqs({ port: 0, logger: false, defaultRegion: region });
  endpoint = `http://127.0.0.1:${aws.port}`;
  const [sns, sqs] = [
    new SNSClient({ endpoint, region, credentials }),
    new SQSClient({ endpoint, region, credentials }),
  ];
  topicArn = (await sns.send(new CreateTopicCommand({ Name: 'inbound' }))).TopicArn!;
  queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'coordinator' }))).QueueUrl!;
  const Endpoint = `arn:aws:sqs:${region}:000000000000:coordinator`;
  const Attributes = { RawMessageDelivery: 'true' };
  await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint, Attributes }));
  sns.destroy();
  sqs.destroy();
  callIn = await startCallIn({ stage: 'dev', topicArn, endpoint, region, credentials });
});
afterAll(async () => {
  await callIn.close();
  await aws.stop();
});

const post = async (body: string, url = callIn.url, method = 'POST'): Promise<readonly [number, string]> => {
  const response = await fetch(url, { method, ...(method === 'POST' ? { body } : {}) });
  return [response.status, await response.text()];
};

describe('the API that Snowflake calls', () => {
  it('puts the one row of a request on the inbound topic, as it is, and answers with a row', async () => {
    expect(await post('{"data":[[0,{"detail-type":"batch.claimed.v1"}]]}')).toEqual([
      200,
      '{"data":[[0,{"accepted":true}]]}',
    ]);

    const sqs = new SQSClient({ endpoint, region, credentials });
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 5 }));
    sqs.destroy();
    expect(Messages?.map((it) => it.Body)).toEqual(['{"detail-type":"batch.claimed.v1"}']);
  });

  it.each(['', '{}', '{"data":[]}', '{"data":[[0,1],[1,2]]}', 'no json'])(
    'refuses any other body: %s',
    async (body) => {
      expect((await post(body))[0]).toBe(400);
    },
  );

  it('has one resource and one method', async () => {
    expect((await post('{"data":[[0,1]]}', callIn.url.replace('notifications', 'other')))[0]).toBe(403);
    expect((await post('', callIn.url, 'GET'))[0]).toBe(403);
  });

  it('answers with a 500, which Snowflake tries again, when the topic does not take it', async () => {
    const astray = await startCallIn({ stage: 'dev', topicArn: `${topicArn}-gone`, endpoint, region, credentials });

    expect(await post('{"data":[[0,1]]}', astray.url)).toEqual([500, '{}']);

    await astray.close();
  });
});
