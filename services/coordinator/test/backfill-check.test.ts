import { beforeEach, describe, expect, it } from '@jest/globals';
import { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import { BackfillInstructed } from '../../../events/backfill-instructed.v1.ts';
import { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import type { ResumeRequested } from '../../../events/resume-requested.v1.ts';
import type { SuspendRequested } from '../../../events/suspend-requested.v1.ts';
import { Defect, RetryLater } from '../../../shared/errors.ts';
import { StillRunning, unhurried } from '../../../shared/snowflake/course.ts';
import { example } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse, type Answers } from '../../../shared/testing/fake-warehouse.ts';
import { checkBackfills } from '../backfill/check.ts';
import { followBackfill } from '../backfill/service.ts';

const request = example(BackfillRequested);
const { batchId: id, pipeline } = request;
const now = () => new Date(Date.parse(request.time) + 600_000);
const rowOf = ({ type, ...detail }: { readonly type: string }) => ({ EVENT_TYPE: type, DETAIL: detail });
const held = { ...example(BackfillAdvanced, { time: request.time }), data: { step: 'held' as const } };
const open = { PIPELINE: pipeline, BATCH_ID: id, IS_ENDED: false };

let bus: FakeBus;
let triggers: (SuspendRequested | ResumeRequested)[];
let figures: Readonly<Record<string, number>>[];
beforeEach(() => {
  [bus, triggers, figures] = [fakeBus(), [], []];
});
const deps = (answers: Answers) => ({
  warehouse: fakeWarehouse(answers),
  publish: bus.publish,
  now,
  stage: 'dev' as const,
  measure: (said: Readonly<Record<string, number>>) => void figures.push(said),
  trigger: async (asked: SuspendRequested | ResumeRequested) => void triggers.push(asked),
});
const checking = (answers: Answers) => checkBackfills(deps({ 'open-backfills': [open], ...answers }))(unhurried());
// Documents that are on their way to the trigger keep it from going further than it should here.
const standsDrained = { 'read-backfill': [request, held].map(rowOf), 'count-unsettled': [{ UNSETTLED: '1' }] };

describe('the check of backfills', () => {
  it('moves on what was cut off, and measures for how long it was silent', async () => {
    await checking({ ...standsDrained, 'read-backfill': [rowOf(request)] });

    expect(triggers).toMatchObject([{ type: 'suspend.requested.v1', data: { holder: id } }]);
    expect(bus.events.map((it) => it.data)).toEqual([{ step: 'held' }, { step: 'drained' }]);
    expect(figures).toEqual([{ BackfillQuietSeconds: 600 }]);
  });

  it('gives a backfill up that breaks a promise, so that its trigger is let go', async () => {
    await expect(checking({ ...standsDrained, 'batches-in-flight': new Defect('broken') })).rejects.toThrow('broken');

    expect(bus.events).toMatchObject([
      { type: 'batch.failed.v1', batchId: id, data: { service: 'coordinator', error: { kind: 'Defect' } } },
    ]);
  });

  it.each([new RetryLater('busy'), new StillRunning('claim-documents')])('tries again later: %s', async (error) => {
    await expect(checking({ ...standsDrained, 'batches-in-flight': error })).rejects.toBe(error);

    expect(bus.events).toEqual([]);
  });

  it('goes on with the others when one can not go on', async () => {
    const both = { 'open-backfills': [open, { ...open, BATCH_ID: 'BF20260105110000_FFFFFFFF' }] };
    const inTurn = [new RetryLater('busy'), []] as const;

    await expect(checking({ ...standsDrained, ...both, 'batches-in-flight': { inTurn } })).rejects.toThrow('busy');

    expect(bus.events.map((it) => it.data)).toEqual([{ step: 'drained' }]);
    expect(figures).toHaveLength(2);
  });
});

describe('a backfill that ends', () => {
  const cancel = example(BackfillInstructed, {}, { instruction: 'cancel' });

  it('lets the trigger go first, whatever fails after that', async () => {
    const broken = deps({ ...standsDrained, 'call-procedure': new Defect('no such procedure') });

    await expect(followBackfill(broken)(cancel, unhurried())).rejects.toThrow('no such procedure');

    expect(triggers).toMatchObject([{ type: 'resume.requested.v1', data: { holder: id } }]);
  });

  it('lets go under one id, however often it ends', async () => {
    const fine = deps({ ...standsDrained, 'call-procedure': [{ FATE: 'cancelled' }] });

    await followBackfill(fine)(cancel, unhurried());
    await followBackfill(fine)(cancel, unhurried());

    expect(new Set(triggers.map((it) => it.id)).size).toBe(1);
    expect(new Set(bus.events.map((it) => it.id)).size).toBe(1);
    expect(bus.events).toMatchObject([{ type: 'backfill.ended.v1', data: { outcome: 'cancelled' } }, {}]);
  });

  it('goes on as published where that was decided before the cancellation', async () => {
    const published = deps({ ...standsDrained, 'call-procedure': [{ FATE: 'published' }] });

    await followBackfill(published)(cancel, unhurried());

    expect(bus.events.map((it) => it.data)).toMatchObject([{ step: 'published' }, { outcome: 'published' }]);
  });
});
