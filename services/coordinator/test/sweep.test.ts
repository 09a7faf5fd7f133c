import { describe, expect, it } from '@jest/globals';
import { ReplayRequested } from '../../../events/replay-requested.v1.ts';
import { example, exampleTransformedStage } from '../../../shared/testing/examples.ts';
import { fakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse, type Answers } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import type { BatchEvent } from '../batch-event.ts';
import { BREAKER, suspendRequest } from '../trigger-holds/request.ts';
import { PIPELINES } from '../pipelines/registry.ts';
import { decideSweep, MOST_NUDGES, STANDSTILL } from '../sweep/decide-sweep.ts';
import { sweep } from '../sweep/service.ts';
import { claimed, completed, extracted, failed, loaded, transformed, triggered, validated } from './story.ts';

const expectGolden = golden(import.meta.url);
const now = new Date('2026-01-05T12:00:00.000Z');
const untilLoad = [claimed(), triggered(), extracted(), validated(), transformed(), exampleTransformedStage()];
const nudged = (times: number, incident: string | null = STANDSTILL): readonly BatchEvent[] =>
  Array.from({ length: times }, (_, index) =>
    example(
      ReplayRequested,
      { id: `00000000-0000-4000-8000-00000000000${index}`, time: `2026-01-05T10:0${index}:00.000Z` },
      { incident },
    ),
  );
const rowOf = ({ type, ...detail }: BatchEvent) => ({ BATCH_ID: detail.batchId, EVENT_TYPE: type, DETAIL: detail });

describe('a batch that stands still', () => {
  it.each<[string, readonly BatchEvent[], string]>([
    ['was claimed and never started', [claimed()], 'extract'],
    ['was started and never extracted', [claimed(), triggered()], 'extract'],
    ['was extracted and never judged', [triggered(), extracted()], 'validate'],
    ['was judged and never transformed', [triggered(), extracted(), validated()], 'transform'],
    ['was never loaded', untilLoad, 'load'],
    [
      'stands in a later attempt than the one that was loaded',
      [...untilLoad, loaded(), completed(), triggered(2)],
      'extract',
    ],
  ])('is moved on where it %s', (_, given, from) => {
    expect(decideSweep(given, now)).toMatchObject({ nudge: { data: { from, incident: STANDSTILL } } });
  });

  it('is moved on by the same request if that is asked for twice', () => {
    expect(decideSweep([triggered()], now)).toEqual(decideSweep([triggered()], now));
    expect(decideSweep([triggered(), ...nudged(1)], now)).not.toEqual(decideSweep([triggered()], now));
  });

  it('fails, with the reason, when moving it on has not helped', () => {
    expect(decideSweep([triggered(), extracted(), ...nudged(MOST_NUDGES)], now)).toMatchObject({
      fail: { service: 'validate', type: 'batch.extracted.v1', reason: expect.stringContaining('3 times') },
    });
  });

  it('has its chances again after a replay by hand', () => {
    const byHand = example(ReplayRequested, { time: '2026-01-05T11:00:00.000Z' }, { incident: null });

    expect(decideSweep([triggered(), ...nudged(MOST_NUDGES), byHand], now)).toHaveProperty('nudge');
  });

  it('is completed when it was loaded', () => {
    expect(decideSweep([...untilLoad, loaded()], now)).toEqual({ complete: loaded() });
  });

  it.each<[string, readonly BatchEvent[]]>([
    ['complete', [...untilLoad, loaded(), completed()]],
    ['failed', [triggered(), failed()]],
    ['unknown', []],
  ])('is left alone once it is %s', (_, given) => {
    expect(decideSweep(given, now)).toBeUndefined();
  });
});

describe('the sweep', () => {
  const sweeping = async (answers: Answers) => {
    const bus = fakeBus();
    const warehouse = fakeWarehouse(answers);
    await sweep({ warehouse, publish: bus.publish, now: () => now, stage: 'dev', standstillSeconds: 3600 })();
    return { bus, warehouse };
  };

  it('looks at triggers, claims and batches, and leaves alone what moves', async () => {
    const { bus, warehouse } = await sweeping({});

    const triggers = PIPELINES.flatMap(() => ['read-trigger', 'resume-task', 'read-unstarted']);
    expect(warehouse.journal).toEqual([...triggers, 'read-unheard', 'read-standing']);
    warehouse.statements.slice(triggers.length).forEach((it) => expectGolden(it));
    expect(bus.events).toEqual([]);
  });

  it('hears a claim whose notification was lost, under the id that it would have had', async () => {
    const { id, time, pipeline, batchId, data } = claimed();
    const row = {
      EVENT_ID: id,
      CLAIMED: time,
      PIPELINE: pipeline,
      BATCH_ID: batchId,
      SOURCE: data.source,
      DOCUMENTS: '501',
    };

    const { bus } = await sweeping({ 'read-unheard': [row] });

    expect(bus.events).toMatchObject([{ type: 'batch.triggered.v1', id: triggered().id, batchId }]);
  });

  it('emits the last event of a batch that stands still again, as the next attempt', async () => {
    const history = [claimed(), triggered(), extracted()].map(rowOf);

    const { bus } = await sweeping({ 'read-standing': history, 'read-batch': history, 'reserve-attempt': 1 });

    expect(bus.events).toMatchObject([
      { type: 'replay.answered.v1' },
      { type: 'batch.extracted.v1', attempt: 2, data: extracted().data },
    ]);
  });

  it('starts what waited for a hold that is gone, and leaves alone what a breaker keeps from starting', async () => {
    const hold = suspendRequest({ id: claimed().id, pipeline: 'orders', holder: BREAKER, why: 'x', now });
    const waits = { 'read-unstarted': [rowOf(claimed())], 'read-standing': [rowOf(claimed())] };
    const { type, ...detail } = hold;

    const free = await sweeping(waits);
    const held = await sweeping({ ...waits, 'read-trigger': [{ EVENT_TYPE: type, DETAIL: detail }] });

    expect(free.bus.events[0]).toMatchObject({ type: 'batch.triggered.v1', attempt: 1 });
    expectGolden(free.warehouse.statements.find((it) => it.name === 'read-unstarted'));
    expect(held.bus.events).toEqual([]);
  });

  it('gives a batch up in the words of its stage', async () => {
    const { bus } = await sweeping({ 'read-standing': [triggered(), ...nudged(MOST_NUDGES)].map(rowOf) });

    expect(bus.events).toMatchObject([
      {
        type: 'batch.failed.v1',
        data: { service: 'extract', failedEvent: { id: triggered().id }, error: { kind: 'RetryLater' } },
      },
    ]);
  });
});
