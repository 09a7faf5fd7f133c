import * as eb from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ACCOUNT, type Local, REGION, startLocal } from './local-bus.ts';

const ARN = `arn:aws:events:${REGION}:${ACCOUNT}`;
const DEFAULT_BUS = `${ARN}:event-bus/default`;
const DAY_MS = 86_400_000;

describe('archives and replays', () => {
  let local: Local;
  let client: eb.EventBridgeClient;
  let now: number;

  beforeEach(async () => {
    now = Date.parse('2026-02-01T00:00:00Z');
    local = await startLocal({ clock: () => now });
    client = local.client;
  });
  afterEach(() => local.close());

  const archive = (ArchiveName: string, more: Partial<eb.CreateArchiveRequest> = {}) =>
    client.send(new eb.CreateArchiveCommand({ ArchiveName, EventSourceArn: DEFAULT_BUS, ...more }));
  const put = (n: number, Time: Date, Source = 'shop') =>
    client.send(new eb.PutEventsCommand({ Entries: [{ Source, DetailType: 'o', Detail: `{"n":${n}}`, Time }] }));
  const day = (n: number) => new Date(Date.UTC(2026, 0, n));
  const replay = (ReplayName: string, more: Partial<eb.StartReplayRequest> = {}) =>
    client.send(
      new eb.StartReplayCommand({
        ReplayName,
        EventSourceArn: `${ARN}:archive/a`,
        EventStartTime: day(1),
        EventEndTime: day(31),
        Destination: { Arn: DEFAULT_BUS },
        ...more,
      }),
    );
  const settled = async (ReplayName: string) => {
    for (;;) {
      const found = await client.send(new eb.DescribeReplayCommand({ ReplayName }));
      if (found.State !== 'STARTING' && found.State !== 'RUNNING') return found;
    }
  };
  const numbers = (messages: { Body?: string | undefined }[]) =>
    messages.map(({ Body }) => (JSON.parse(Body!) as { detail: { n: number } }).detail.n).sort((a, b) => a - b);

  it('keeps the events that match and counts them', async () => {
    const created = await archive('a', { EventPattern: '{"source":["shop"]}', RetentionDays: 3, Description: 'd' });
    await put(1, day(2));
    await put(2, day(2), 'other');

    expect(created).toMatchObject({ ArchiveArn: `${ARN}:archive/a`, State: 'ENABLED' });
    expect(await client.send(new eb.DescribeArchiveCommand({ ArchiveName: 'a' }))).toMatchObject({
      EventSourceArn: DEFAULT_BUS,
      EventPattern: '{"source":["shop"]}',
      EventCount: 1,
      RetentionDays: 3,
      Description: 'd',
    });
    now += 4 * DAY_MS;
    const { Archives } = await client.send(new eb.ListArchivesCommand({ NamePrefix: 'a' }));
    expect(Archives).toEqual([expect.objectContaining({ ArchiveName: 'a', EventCount: 0, SizeBytes: 0 })]);
  });

  it('sends the events of a time range again, marked, under their ids, to the rules asked for', async () => {
    const [first, second] = [await local.createQueue('first'), await local.createQueue('second')];
    await archive('a');
    for (let n = 1; n <= 5; n += 1) await put(n, day(n));
    await local.route('one', { source: ['shop'] }, { Arn: first.arn });
    await local.route('two', { source: ['shop'] }, { Arn: second.arn });

    const started = await replay('again', {
      EventStartTime: day(2),
      EventEndTime: day(4),
      Destination: { Arn: DEFAULT_BUS, FilterArns: [`${ARN}:rule/one`] },
    });
    const done = await settled('again');
    const messages = await local.receive(first.url, 3);
    await put(9, day(1));

    expect(started.State).toBe('STARTING');
    expect(done).toMatchObject({ State: 'COMPLETED', EventLastReplayedTime: day(4) });
    expect(numbers(messages)).toEqual([2, 3, 4]);
    expect(JSON.parse(messages[0]!.Body!)).toMatchObject({ 'replay-name': 'again', source: 'shop' });
    expect(numbers(await local.receive(second.url, 1))).toEqual([9]);
  });

  it('does not archive what is replayed', async () => {
    await archive('a');
    await put(1, day(2));

    await replay('again');
    await settled('again');

    expect((await client.send(new eb.DescribeArchiveCommand({ ArchiveName: 'a' }))).EventCount).toBe(1);
  });

  it('replays more than a chunk, each event once', async () => {
    const queue = await local.createQueue('many');
    await archive('a');
    for (let n = 0; n < 12; n += 1) {
      const Entries = Array.from({ length: 10 }, (_, i) => ({
        Source: 'shop',
        DetailType: 'o',
        Detail: `{"n":${n * 10 + i}}`,
        Time: day(2),
      }));
      await client.send(new eb.PutEventsCommand({ Entries }));
    }
    await local.route('all', { 'replay-name': ['many'] }, { Arn: queue.arn });

    await replay('many');

    expect(numbers(await local.receive(queue.url, 120))).toEqual(Array.from({ length: 120 }, (_, n) => n));
  });

  it('refuses replays that make no sense, as AWS does', async () => {
    await archive('a');
    await client.send(new eb.CreateEventBusCommand({ Name: 'b' }));
    const other = { Arn: `${ARN}:event-bus/b` };

    await expect(replay('x', { EventSourceArn: `${ARN}:archive/none` })).rejects.toThrow(
      'Parameter EventSourceArn is not valid. Reason: Archive none does not exist.',
    );
    await expect(replay('x', { Destination: other })).rejects.toThrow('Cross event bus replay is not permitted.');
    await expect(replay('x', { EventEndTime: day(1) })).rejects.toThrow('EventStartTime must be before EventEndTime.');
    await replay('x');
    await settled('x');
    await expect(replay('x')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    await expect(client.send(new eb.CancelReplayCommand({ ReplayName: 'x' }))).rejects.toMatchObject({
      name: 'IllegalStatusException',
    });
    await expect(client.send(new eb.DescribeReplayCommand({ ReplayName: 'y' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const { Replays } = await client.send(new eb.ListReplaysCommand({ State: 'COMPLETED' }));
    expect(Replays!.map(({ ReplayName }) => ReplayName)).toEqual(['x']);
  });

  it('updates and deletes archives, and refuses a second of the same name', async () => {
    await archive('a');

    await expect(archive('a')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    await expect(archive('b', { EventSourceArn: `${ARN}:event-bus/none` })).rejects.toThrow('Event bus none does not');
    await expect(archive('b', { EventPattern: '{}' })).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    await client.send(new eb.UpdateArchiveCommand({ ArchiveName: 'a', RetentionDays: 9 }));
    const described = await client.send(new eb.DescribeArchiveCommand({ ArchiveName: 'a' }));
    expect(described.RetentionDays).toBe(9);
    await client.send(new eb.DeleteArchiveCommand({ ArchiveName: 'a' }));
    await expect(client.send(new eb.DeleteArchiveCommand({ ArchiveName: 'a' }))).rejects.toThrow('does not exist');
  });
});
