import { DisableRuleCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DeliveryFailed } from '../delivery/message.ts';
import type { Deliver } from '../delivery/message.ts';
import { ACCOUNT, type Local, REGION, startLocal } from './local-bus.ts';

const RULE = `arn:aws:events:${REGION}:${ACCOUNT}:rule`;

describe('delivery', () => {
  let local: Local;
  afterEach(() => local.close());

  const put = (detail: object, source = 'shop') =>
    local.client.send(
      new PutEventsCommand({ Entries: [{ Source: source, DetailType: 'order', Detail: JSON.stringify(detail) }] }),
    );
  const bodies = async (url: string, count: number) => (await local.receive(url, count)).map(({ Body }) => Body!);

  it('sends what a target asks for: a constant, a part, a filled template, or all', async () => {
    local = await startLocal();
    const [constant, part, text, json] = await Promise.all(['c', 'p', 't', 'j'].map(local.createQueue));
    const InputPathsMap = { id: '$.detail.id', lines: '$.detail.lines', first: '$.detail.lines[0].sku' };
    await local.route(
      'inputs',
      { source: ['shop'] },
      { Arn: constant!.arn, Input: '{"fixed":true}' },
      { Arn: part!.arn, InputPath: '$.detail.lines[*].sku' },
      {
        Arn: text!.arn,
        InputTransformer: { InputPathsMap, InputTemplate: '"<id> has <lines> by <aws.events.rule-name>"' },
      },
      {
        Arn: json!.arn,
        InputTransformer: { InputPathsMap, InputTemplate: '{"order": <id>, "first": "no. <first>", "none": <lines>}' },
      },
    );

    await put({ id: 7, lines: [{ sku: 'a"b' }, { sku: 'c' }] });

    expect(await bodies(constant!.url, 1)).toEqual(['{"fixed":true}']);
    expect(await bodies(part!.url, 1)).toEqual(['["a\\"b","c"]']);
    expect(await bodies(text!.url, 1)).toEqual(['"7 has [{sku:a\\b},{sku:c}] by inputs"']);
    expect(JSON.parse((await bodies(json!.url, 1))[0]!)).toEqual({
      order: 7,
      first: 'no. a"b',
      none: [{ sku: 'a"b' }, { sku: 'c' }],
    });
  });

  it('gives a FIFO queue the message group', async () => {
    local = await startLocal();
    const queue = await local.createQueue('line.fifo');
    await local.route('fifo', { source: ['shop'] }, { Arn: queue.arn, SqsParameters: { MessageGroupId: 'g1' } });

    await put({ id: 1 });

    const [message] = await local.receive(queue.url, 1);
    expect(message!.Attributes).toMatchObject({ MessageGroupId: 'g1' });
  });

  it('leaves out disabled rules and rules that do not match', async () => {
    local = await startLocal();
    const queue = await local.createQueue('one');
    await local.route('yes', { detail: { id: [{ numeric: ['>', 5] }] } }, { Arn: queue.arn, Input: '"yes"' });
    await local.route('no', { detail: { id: [{ numeric: ['<', 5] }] } }, { Arn: queue.arn, Input: '"no"' });
    await local.route('off', { source: ['shop'] }, { Arn: queue.arn, Input: '"off"' });
    await local.client.send(new DisableRuleCommand({ Name: 'off' }));

    await put({ id: 6 });
    await put({ id: 4 });

    expect((await bodies(queue.url, 2)).sort()).toEqual(['"no"', '"yes"']);
  });

  it('tries again until the queue takes the message', async () => {
    let refusals = 3;
    const flaky =
      (deliver: Deliver): Deliver =>
      async (message) => {
        refusals -= 1;
        if (refusals >= 0) throw new Error('queues are down');
        return deliver(message);
      };
    local = await startLocal({ deliver: flaky });
    const queue = await local.createQueue('flaky');
    await local.route('flaky', { source: ['shop'] }, { Arn: queue.arn });

    await put({ id: 1 });

    expect(await local.receive(queue.url, 1)).toHaveLength(1);
  });

  it('buries what exhausts its retries, saying why, with the event as it was', async () => {
    const down =
      (deliver: Deliver): Deliver =>
      async (message) => {
        if (message.queueArn.endsWith(':target')) throw new DeliveryFailed('TIMEOUT', 'no answer', false);
        return deliver(message);
      };
    local = await startLocal({ deliver: down });
    const [target, dead] = [await local.createQueue('target'), await local.createQueue('dead')];
    await local.route(
      'dead',
      { source: ['shop'] },
      { Arn: target.arn, Input: '1', DeadLetterConfig: { Arn: dead.arn }, RetryPolicy: { MaximumRetryAttempts: 2 } },
    );

    await put({ id: 1 });

    const [message] = await local.receive(dead.url, 1);
    expect(JSON.parse(message!.Body!)).toMatchObject({ source: 'shop', detail: { id: 1 } });
    const attributes = Object.entries(message!.MessageAttributes!).map(([name, { StringValue }]) => [
      name,
      StringValue,
    ]);
    expect(Object.fromEntries(attributes)).toEqual({
      RULE_ARN: `${RULE}/dead`,
      TARGET_ARN: target.arn,
      ERROR_CODE: 'TIMEOUT',
      ERROR_MESSAGE: 'no answer',
      RETRY_ATTEMPTS: '2',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    });
  });

  it('buries what is too old', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const slow =
      (deliver: Deliver): Deliver =>
      async (message) => {
        now += 61_000;
        if (message.attributes === undefined) throw new Error('down');
        return deliver(message);
      };
    local = await startLocal({ deliver: slow, clock: () => now });
    const [target, dead] = [await local.createQueue('target'), await local.createQueue('dead')];
    const RetryPolicy = { MaximumEventAgeInSeconds: 60 };
    await local.route(
      'old',
      { source: ['shop'] },
      { Arn: target.arn, DeadLetterConfig: { Arn: dead.arn }, RetryPolicy },
    );

    await put({ id: 1 });

    const [message] = await local.receive(dead.url, 1);
    expect(message!.MessageAttributes!['EXHAUSTED_RETRY_CONDITION']!.StringValue).toBe('MaximumEventAgeInSeconds');
  });

  it('buries at once what no retry would help: a queue that is gone, a template that makes no JSON', async () => {
    local = await startLocal();
    const dead = await local.createQueue('dead');
    const queue = await local.createQueue('there');
    const DeadLetterConfig = { Arn: dead.arn };
    await local.route(
      'hopeless',
      { source: ['shop'] },
      { Arn: `${queue.arn}-gone`, DeadLetterConfig },
      {
        Arn: queue.arn,
        DeadLetterConfig,
        InputTransformer: { InputPathsMap: { d: '$.detail' }, InputTemplate: '{"a":"<d>"}' },
      },
    );

    await put({ id: 1 });

    const codes = (await local.receive(dead.url, 2)).map(
      (message) => message.MessageAttributes!['ERROR_CODE']!.StringValue,
    );
    expect(new Set(codes)).toEqual(new Set(['INVALID_JSON', 'NO_RESOURCE']));
  });

  it('waits for a queue that is not there yet when there are no dead letters to go to', async () => {
    local = await startLocal();
    await local.route('early', { source: ['shop'] }, { Arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:late` });
    await put({ id: 1 });

    const queue = await local.createQueue('late');

    expect(await local.receive(queue.url, 1)).toHaveLength(1);
  });

  it('says in its log what it drops', async () => {
    const down = (): Deliver => () => Promise.reject(new Error('down'));
    local = await startLocal({ deliver: down });
    const RetryPolicy = { MaximumRetryAttempts: 0 };
    await local.route('lost', { source: ['shop'] }, { Arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:q`, RetryPolicy });

    await put({ id: 1 });

    expect(local.lines).toEqual([`bus: dropped an event of ${RULE}/lost: UNKNOWN Error: down`]);
  });
});
