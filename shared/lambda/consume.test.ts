import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { BatchFailed } from '../../events/batch-failed.v1.ts';
import { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import { BadMessage, Defect, RetryLater } from '../errors.ts';
import { example } from '../testing/examples.ts';
import { fakeBus, type FakeBus } from '../testing/fake-bus.ts';
import { delivered, received } from '../testing/queue.ts';
import { consume } from './consume.ts';
import { on } from './reading.ts';

const now = () => new Date('2026-01-05T09:31:00.000Z');
const loaded = (batchId: string): BatchLoaded => example(BatchLoaded, { batchId });
const later = () => Promise.reject(new Error('nothing here takes long'));
const bodyOf = (batchId: string): string => delivered(loaded(batchId));
const OUTCOMES: Record<string, Error | undefined> = {
  GOOD: undefined,
  BUSY: new RetryLater('busy'),
  BAD: new BadMessage('unknown pipeline'),
  BROKEN: new Defect('syntax error'),
  UNTRANSLATED: new TypeError('x is not a function'),
};

let bus: FakeBus;
let lines: unknown[][];
let order: string[];
const consumer = (service = 'coordinator') =>
  consume({ service, maxReceives: 5, publish: bus.publish, later, now, log: (...line) => void lines.push(line) }, [
    on(BatchLoaded, async ({ batchId }) => {
      order.push(`${batchId} begins`);
      await Promise.resolve();
      order.push(`${batchId} ends`);
      const error = OUTCOMES[batchId];
      if (error) throw error;
    }),
  ]);
const failures = async (bodies: readonly string[], receives = 1): Promise<string[]> =>
  (await consumer()(received(bodies, receives))).batchItemFailures.map((it) => it.itemIdentifier);

beforeEach(() => {
  bus = fakeBus();
  lines = [];
  order = [];
});

describe('a consumer', () => {
  it('handles the records one after another, in their order', async () => {
    await expect(failures(['A', 'B'].map(bodyOf))).resolves.toEqual([]);

    expect(order).toEqual(['A begins', 'A ends', 'B begins', 'B ends']);
  });

  it('returns only the records that failed, and handles those behind them', async () => {
    await expect(failures(['BUSY', 'GOOD', 'BROKEN', 'GOOD', 'UNTRANSLATED'].map(bodyOf))).resolves.toEqual([
      'm1',
      'm3',
      'm5',
    ]);

    expect(order).toHaveLength(10);
    expect(bus.events).toEqual([]);
  });

  it('answers a message that can never be served with a failure, and acknowledges it', async () => {
    await expect(failures([bodyOf('BAD')])).resolves.toEqual([]);

    expect(bus.events).toMatchObject([
      {
        type: BatchFailed.type,
        batchId: 'BAD',
        causationId: loaded('BAD').id,
        data: {
          service: 'coordinator',
          failedEvent: { id: loaded('BAD').id, type: BatchLoaded.type },
          error: { kind: 'BadMessage', message: 'unknown pipeline' },
        },
      },
    ]);
  });

  it('keeps a message whose failure the bus did not take', async () => {
    bus.refuseOnce(new RetryLater('throttled'));

    await expect(failures([bodyOf('BAD')])).resolves.toEqual(['m1']);
  });

  it.each<[string, string]>([
    ['BUSY', 'RetryLater'],
    ['BROKEN', 'Defect'],
    ['UNTRANSLATED', 'Defect'],
  ])('tells of the last failure before %s goes to the dead letters', async (batchId, kind) => {
    await expect(failures([bodyOf(batchId)], 4)).resolves.toEqual(['m1']);
    expect(bus.events).toEqual([]);

    await expect(failures([bodyOf(batchId)], 5)).resolves.toEqual(['m1']);
    expect(bus.events).toMatchObject([{ batchId, data: { error: { kind } } }]);
  });

  it('tells of the failures of two services about one event under two ids, the same at each repetition', async () => {
    for (const service of ['extract', 'load', 'load']) await consumer(service)(received([bodyOf('BAD')]));

    const [extract, load, again] = bus.events.map((it) => it.id);
    expect(extract).not.toBe(load);
    expect(again).toBe(load);
  });

  it('shortens an error that no event could carry', async () => {
    OUTCOMES['LONG'] = new BadMessage('x'.repeat(5000));

    await expect(failures([bodyOf('LONG')])).resolves.toEqual([]);

    expect(bus.events).toMatchObject([{ data: { error: { message: 'x'.repeat(2000) } } }]);
  });

  it.each(['garbage', '{}', bodyOf('GOOD').replace('"GOOD"', '"good"')])(
    'leaves what belongs to no batch to the dead letters: %.20s',
    async (body) => {
      await expect(failures([body], 5)).resolves.toEqual(['m1']);

      expect(bus.events).toEqual([]);
    },
  );

  it('logs one line an outcome, with what is needed to find the message', async () => {
    await failures(['GOOD', 'BUSY', 'BROKEN'].map(bodyOf), 2);

    const event = BatchLoaded.type;
    expect(lines).toEqual([
      ['info', 'handled', { event, batchId: 'GOOD' }],
      ['warn', 'busy', { kind: 'RetryLater', event, batchId: 'BUSY', messageId: 'm2', receives: 2 }],
      ['error', 'syntax error', { kind: 'Defect', event, batchId: 'BROKEN', messageId: 'm3', receives: 2 }],
    ]);
  });

  it('returns exactly the records that may succeed later, whatever comes together', async () => {
    const mixed = fc.array(fc.constantFrom(...Object.keys(OUTCOMES), 'garbage'), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(mixed, fc.integer({ min: 1, max: 6 }), async (names, receives) => {
        const bodies = names.map((it) => (it === 'garbage' ? it : bodyOf(it)));
        const mayComeAgain = names.flatMap((it, index) =>
          ['GOOD', 'BAD', 'LONG'].includes(it) ? [] : [`m${index + 1}`],
        );
        expect(await failures(bodies, receives)).toEqual(mayComeAgain);
      }),
    );
  });
});
