import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DeadLetter } from '../../../shared/bus/dead-letters.ts';
import { failure } from '../../../shared/bus/failure.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { delivered } from '../../../shared/testing/queue.ts';
import { readDeadLetters } from '../dead-letters/service.ts';
import type { BatchEvent } from '../batch-event.ts';
import { claimed, completed, extracted, failed, loaded, triggered } from './story.ts';

const expectGolden = golden(import.meta.url);
const now = () => new Date('2026-01-05T10:00:00.000Z');
const rowOf = ({ type, ...detail }: BatchEvent) => ({ EVENT_TYPE: type, DETAIL: detail });
const letter = (body: string, more: Partial<DeadLetter> = {}): DeadLetter => ({
  messageId: 'm1',
  body,
  receives: 6,
  sentAt: new Date('2026-01-05T09:00:00.000Z'),
  receipt: 'r1',
  ...more,
});

let bus: FakeBus;
beforeEach(() => {
  bus = fakeBus();
});

/** Empties validate's dead-letter queue with this letter in it; what was removed from it. */
const reads = async (found: DeadLetter, warehouse = fakeWarehouse()) => {
  const waiting = new Map([['firn-dev-validate-dead-letters', [found]]]);
  const removed: string[] = [];
  const queues = {
    receive: async (queue: string) => waiting.get(queue)?.splice(0) ?? [],
    remove: async (_: string, { messageId }: DeadLetter) => void removed.push(messageId),
  };
  const done = await readDeadLetters({ warehouse, publish: bus.publish, now, stage: 'dev', queues })().catch(
    (error: Error) => error.message,
  );
  return { warehouse, removed, done };
};
const keptOf = (warehouse: ReturnType<typeof fakeWarehouse>) =>
  warehouse.statements.find((it) => it.name === 'keep-dead-letter')!;

describe('a dead letter', () => {
  it('that is an event of a batch is kept, and fails the batch', async () => {
    const { warehouse, removed } = await reads(letter(delivered(extracted())));

    expect(warehouse.journal).toEqual(['keep-dead-letter', 'read-batch']);
    expectGolden(keptOf(warehouse));
    expect(bus.events).toMatchObject([
      {
        type: 'batch.failed.v1',
        batchId: extracted().batchId,
        data: { service: 'validate', failedEvent: { id: extracted().id }, error: { kind: 'Defect' } },
      },
    ]);
    expect(removed).toEqual(['m1']);
  });

  it('whose failure the service told itself is kept, and not told again', async () => {
    const error = { kind: 'RetryLater' as const, message: 'busy' };
    const told = failure(extracted(), { service: 'validate', type: 'batch.extracted.v1', error }, now()).event;
    const warehouse = fakeWarehouse({ 'read-batch': [rowOf(extracted()), rowOf(told as BatchEvent)] });

    const { removed } = await reads(letter(delivered(extracted())), warehouse);

    expect(bus.events).toEqual([]);
    expect(removed).toEqual(['m1']);
  });

  it('of a batch that is complete is kept, and does not fail it: it came late', async () => {
    const story = [claimed(), triggered(), extracted(), loaded(), completed()].map(rowOf);

    const { warehouse, removed } = await reads(letter(delivered(extracted())), fakeWarehouse({ 'read-batch': story }));

    expect(warehouse.journal).toContain('keep-dead-letter');
    expect(bus.events).toEqual([]);
    expect(removed).toEqual(['m1']);
  });

  it('of a complete batch that is run again fails the newer attempt', async () => {
    const story = [claimed(), triggered(), extracted(), loaded(), completed()].map(rowOf);
    const again = { ...extracted(), attempt: 2, id: '00000000-0000-4000-8000-000000000002' };

    await reads(letter(delivered(again)), fakeWarehouse({ 'read-batch': story }));

    expect(bus.events).toMatchObject([{ type: 'batch.failed.v1', attempt: 2 }]);
  });

  it('that the bus could not deliver says why', async () => {
    await reads(letter(delivered(extracted()), { undelivered: 'NO_PERMISSIONS: denied' }));

    expect(bus.events).toMatchObject([{ data: { error: { kind: 'RetryLater' } } }]);
    expect(bus.events[0]!.data).toMatchObject({ error: { message: expect.stringContaining('NO_PERMISSIONS') } });
  });

  it.each([
    ['no JSON', '{ broken'],
    ['nothing', ''],
    ['no event', '[1, 2]'],
    ['an event of no batch', '{"detail-type":"sweep","detail":{}}'],
  ])('that is %s is kept whole, and nothing is said', async (_, body) => {
    const { warehouse, removed } = await reads(letter(body));

    expect(keptOf(warehouse).binds).toContain(body);
    expect(bus.events).toEqual([]);
    expect(removed).toEqual(['m1']);
  });

  it('about a failure is not answered with another failure', async () => {
    await reads(letter(delivered(failed())));

    expect(bus.events).toEqual([]);
  });

  it('stays in its queue until it is kept and told', async () => {
    bus = fakeBus();
    const refusing = { ...bus, publish: () => Promise.reject(new Error('the bus is away')) };
    bus = refusing;

    const { removed, done } = await reads(letter(delivered(extracted())));

    expect({ removed, done }).toEqual({ removed: [], done: 'the bus is away' });
  });
});
