import { beforeEach, describe, expect, it } from '@jest/globals';
import { BatchCompleted } from '../../../events/batch-completed.v1.ts';
import { BatchTriggered } from '../../../events/batch-triggered.v1.ts';
import { RetryLater } from '../../../shared/errors.ts';
import { example } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import type { BatchEvent } from '../batch-event.ts';
import { eventOf, followBatch } from '../service.ts';
import { batchLog, triggerOutbox } from '../tables.ts';
import { claimed, completed, extracted, failed, loaded, transformed, triggered, validated } from './story.ts';

const expectGolden = golden(import.meta.url);
const stage = 'dev';
const rowOf = ({ type, ...detail }: BatchEvent) => ({ EVENT_TYPE: type, DETAIL: detail });

let bus: FakeBus;
beforeEach(() => {
  bus = fakeBus();
});

describe('followBatch', () => {
  it('writes a claim down before it starts the batch', async () => {
    const warehouse = fakeWarehouse({ 'read-start': [rowOf(claimed())] });
    const now = () => new Date(triggered().time);

    await followBatch({ warehouse, publish: bus.publish, now, stage })(claimed());

    expect(warehouse.journal).toEqual(['append-event', 'read-start']);
    warehouse.statements.forEach((statement) => expectGolden(statement));
    expect(bus.events).toEqual([example(BatchTriggered)]);
  });

  it('completes a batch by what the log knows of it', async () => {
    const warehouse = fakeWarehouse({ 'read-batch': [claimed(), triggered(), loaded()].map(rowOf) });
    const now = () => new Date(completed().time);

    await followBatch({ warehouse, publish: bus.publish, now, stage })(loaded());

    expectGolden(warehouse.statements.at(-1));
    expect(bus.events).toEqual([example(BatchCompleted)]);
  });

  it.each([triggered(), extracted(), validated(), transformed(), completed(), failed()])(
    'only writes $type down',
    async (event) => {
      const warehouse = fakeWarehouse();

      await followBatch({ warehouse, publish: bus.publish, now: () => new Date(event.time), stage })(event);

      expect(warehouse.journal).toEqual(['append-event']);
      expect(bus.events).toEqual([]);
    },
  );

  it('starts a batch although the log does not show its claim yet', async () => {
    const now = () => new Date(triggered().time);

    await followBatch({ warehouse: fakeWarehouse(), publish: bus.publish, now, stage })(claimed());

    expect(bus.events).toEqual([example(BatchTriggered)]);
  });

  it('does not start a batch again whose claim is repeated', async () => {
    const warehouse = fakeWarehouse({ 'read-start': [claimed(), triggered()].map(rowOf) });

    await followBatch({ warehouse, publish: bus.publish, now: () => new Date(), stage })(claimed());

    expect(bus.events).toEqual([]);
  });

  it('starts the batch at the next delivery when the bus refused its event', async () => {
    bus.refuseOnce(new RetryLater('throttled'));
    const warehouse = fakeWarehouse({ 'read-start': [rowOf(claimed())] });
    const now = () => new Date(triggered().time);
    const follow = followBatch({ warehouse, publish: bus.publish, now, stage });

    await expect(follow(claimed())).rejects.toMatchObject({ kind: 'RetryLater', message: 'throttled' });
    await follow(claimed());

    expect(bus.events).toEqual([example(BatchTriggered)]);
  });

  it('says nothing of an event that it could not write down', async () => {
    const warehouse = fakeWarehouse({ 'append-event': new RetryLater('busy') });

    const follow = followBatch({ warehouse, publish: bus.publish, now: () => new Date(), stage })(claimed());

    await expect(follow).rejects.toMatchObject({ kind: 'RetryLater', message: 'busy' });
    expect(bus.events).toEqual([]);
  });
});

describe('an event of the log', () => {
  it('reads back as it was, from a document or from its text', () => {
    const { EVENT_TYPE, DETAIL } = rowOf(loaded());

    expect(eventOf({ EVENT_TYPE, DETAIL })).toEqual(loaded());
    expect(eventOf({ EVENT_TYPE, DETAIL: JSON.stringify(DETAIL) })).toEqual(loaded());
  });

  it('is a defect when nobody knows its type', () => {
    expect(() => eventOf({ EVENT_TYPE: 'batch.lost.v1', DETAIL: '{}' })).toThrow(
      expect.objectContaining({
        kind: 'Defect',
        message: 'the batch log holds an event of unknown type "batch.lost.v1"',
      }),
    );
  });
});

describe('the ledger', () => {
  it('lies in a schema of its own, by stage', () => {
    expect(batchLog('prod')).toBe('PROD_RAW_PROCESSED.FIRN.BATCH_LOG');
    expect(triggerOutbox('dev')).toBe('DEV_RAW_PROCESSED.FIRN.TRIGGER_OUTBOX');
  });
});
