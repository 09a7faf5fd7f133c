import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import { example, exampleMessage } from '../testing/examples.ts';
import { publisher, type Outgoing } from './publisher.ts';

const client = new EventBridgeClient({});
const bus = mockClient(client);
const publish = publisher('firn-dev', client);
const loaded = example(BatchLoaded);
const one: Outgoing = { contract: BatchLoaded, event: loaded };
const many = (count: number): Outgoing[] => Array.from({ length: count }, () => one);
const sizes = (): (number | undefined)[] =>
  bus.commandCalls(PutEventsCommand).map((call) => call.args[0].input.Entries?.length);

beforeEach(() => {
  bus.reset();
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
});

describe('a publisher', () => {
  it('puts an event on its bus as its contract says, with the time it happened', async () => {
    await publish([one]);

    const [entry] = bus.commandCalls(PutEventsCommand)[0]!.args[0].input.Entries!;
    const { source, detail } = exampleMessage(BatchLoaded.type);
    expect({ ...entry, Detail: JSON.parse(entry!.Detail!) }).toEqual({
      EventBusName: 'firn-dev',
      Source: source,
      DetailType: BatchLoaded.type,
      Time: new Date(loaded.time),
      Detail: detail,
    });
  });

  it.each<[number, number[]]>([
    [0, []],
    [1, [1]],
    [10, [10]],
    [11, [10, 1]],
    [25, [10, 10, 5]],
  ])('sends %d events in requests of %j', async (count, expected) => {
    await publish(many(count));

    expect(sizes()).toEqual(expected);
  });

  it('sends nothing that breaks its contract', async () => {
    const event = { ...loaded, data: { ...loaded.data, rows: -1 } };

    await expect(publish([{ contract: BatchLoaded, event }])).rejects.toThrow('rows');

    expect(sizes()).toEqual([]);
  });

  it('sends no event under the contract of another', async () => {
    await expect(publish([{ contract: BatchTriggered, event: loaded }])).rejects.toThrow('source');

    expect(sizes()).toEqual([]);
  });

  it('fails for now when the bus throttles one entry, and goes no further', async () => {
    bus.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ EventId: 'e1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }],
    });

    await expect(publish(many(12))).rejects.toMatchObject({
      kind: 'RetryLater',
      message: 'the bus refused 1 of 2 events (ThrottlingException: slow down)',
    });
    expect(sizes()).toEqual([10]);
  });

  it.each(['MalformedDetail', 'InvalidArgument', 'NotAuthorizedForDetailTypeException'])(
    'takes an entry that is refused for good (%s) for a defect',
    async (ErrorCode) => {
      bus.on(PutEventsCommand).resolves({
        FailedEntryCount: 2,
        Entries: [
          { ErrorCode: 'InternalFailure', ErrorMessage: 'oops' },
          { ErrorCode, ErrorMessage: 'no' },
        ],
      });

      await expect(publish(many(2))).rejects.toMatchObject({ kind: 'Defect' });
    },
  );

  it('believes the count of failures where no entry says so', async () => {
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1 });

    await expect(publish([one])).rejects.toMatchObject({ kind: 'RetryLater' });
  });

  it('fails for now when the bus does not answer, and keeps the reason', async () => {
    const reason = new Error('socket hang up');
    bus.on(PutEventsCommand).rejects(reason);

    await expect(publish([one])).rejects.toMatchObject({
      kind: 'RetryLater',
      message: expect.stringContaining('firn-dev did not answer: Error: socket hang up'),
      cause: reason,
    });
  });
});
