import { CreateEventBusCommand, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACCOUNT, type Local, REGION, startLocal } from './local-bus.ts';

const AT = Date.parse('2026-03-01T10:00:00Z');

describe('PutEvents', () => {
  let local: Local;

  const put = (...Entries: PutEventsRequestEntry[]) => local.client.send(new PutEventsCommand({ Entries }));
  const order = (more: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
    Source: 'shop',
    DetailType: 'order',
    Detail: '{"id":1}',
    ...more,
  });

  beforeAll(async () => {
    let ids = 0;
    local = await startLocal({ clock: () => AT, id: () => `event-${(ids += 1)}` });
  });
  afterAll(() => local.close());

  it('hands the whole event to the queue of a rule that matches', async () => {
    const queue = await local.createQueue('whole');
    await local.route('whole', { source: ['shop.whole'] }, { Arn: queue.arn });

    const Time = new Date('2025-12-31T23:59:59.987Z');
    const answer = await put(order({ Source: 'shop.whole', Resources: ['arn:a', 'b'], Time }));

    const [message] = await local.receive(queue.url, 1);
    expect(answer.FailedEntryCount).toBe(0);
    expect(JSON.parse(message!.Body!)).toEqual({
      version: '0',
      id: answer.Entries![0]!.EventId,
      'detail-type': 'order',
      source: 'shop.whole',
      account: ACCOUNT,
      time: '2025-12-31T23:59:59Z',
      region: REGION,
      resources: ['arn:a', 'b'],
      detail: { id: 1 },
    });
  });

  it('stamps an event that has no time with the clock', async () => {
    const queue = await local.createQueue('stamped');
    await local.route('stamped', { source: ['shop.stamped'] }, { Arn: queue.arn });

    await put(order({ Source: 'shop.stamped' }));

    const [message] = await local.receive(queue.url, 1);
    expect(JSON.parse(message!.Body!)).toMatchObject({ time: '2026-03-01T10:00:00Z', resources: [] });
  });

  it('keeps every digit and the spelling of numbers in the detail', async () => {
    const queue = await local.createQueue('digits');
    await local.route('digits', { source: ['shop.digits'] }, { Arn: queue.arn });

    await put(order({ Source: 'shop.digits', Detail: '{ "n" : 12345678901234567890.10, "t": "ä\\u0000\\uFFFF😀" }' }));

    const [message] = await local.receive(queue.url, 1);
    expect(message!.Body).toContain('{"n":12345678901234567890.10,');
    expect(JSON.parse(message!.Body!)).toMatchObject({ detail: { t: 'ä\0\uFFFF😀' } });
  });

  it('refuses entries one by one and takes their neighbours', async () => {
    const queue = await local.createQueue('partial');
    await local.route('partial', { source: ['shop.partial'] }, { Arn: queue.arn });
    const good = order({ Source: 'shop.partial' });

    const { FailedEntryCount, Entries } = await put(
      { ...good, Detail: '{"n":1}' },
      { ...good, Source: undefined },
      { ...good, DetailType: '' },
      { ...good, Detail: undefined },
      { ...good, Detail: '[1]' },
      { ...good, Detail: '{"a":}' },
      { ...good, Source: 'aws.ec2' },
      { ...good, Detail: '{"n":2}' },
    );

    const required = (name: string) => ({
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
    });
    const malformed = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    expect(FailedEntryCount).toBe(6);
    expect(Entries).toEqual([
      { EventId: expect.any(String) },
      required('Source'),
      required('DetailType'),
      required('Detail'),
      malformed,
      malformed,
      { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
      { EventId: expect.any(String) },
    ]);
    const bodies = (await local.receive(queue.url, 2)).map(
      ({ Body }) => JSON.parse(Body!) as { detail: { n: number } },
    );
    expect(new Set(bodies.map(({ detail }) => detail.n))).toEqual(new Set([1, 2]));
  });

  it('takes ten entries and a megabyte in all, and no more', async () => {
    const many = (count: number) => Array.from({ length: count }, () => order());
    const bytes = (size: number) => order({ Detail: `{"a":"${'x'.repeat(size - 'shoporder{"a":""}'.length)}"}` });

    await expect(put(...many(11))).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put()).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put(bytes(1024 * 1024 + 1))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Total size of the entries in the request is over the limit.',
    });
    expect((await put(...many(10))).FailedEntryCount).toBe(0);
    expect((await put(bytes(1024 * 1024))).FailedEntryCount).toBe(0);
  });

  it('routes on the bus that the entry names, by name or ARN', async () => {
    const { EventBusArn } = await local.client.send(new CreateEventBusCommand({ Name: 'side' }));
    const queue = await local.createQueue('main-only');
    await local.route('main-only', { source: ['shop.side'] }, { Arn: queue.arn });

    await put(
      order({ Source: 'shop.side', EventBusName: EventBusArn, Detail: '{"n":"side"}' }),
      order({ Source: 'shop.side', EventBusName: 'default', Detail: '{"n":"main"}' }),
    );

    const [message, ...more] = await local.receive(queue.url, 1);
    expect(JSON.parse(message!.Body!)).toMatchObject({ detail: { n: 'main' } });
    expect(more).toEqual([]);
  });

  it('takes an event for a bus that does not exist, as AWS does, but says in its log that it was dropped', async () => {
    const { Entries } = await put(order({ EventBusName: 'nowhere' }));

    expect(Entries).toEqual([{ EventId: expect.any(String) }]);
    expect(local.lines).toContainEqual(expect.stringContaining('event bus nowhere does not exist'));
  });
});
