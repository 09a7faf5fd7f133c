import { beforeEach, describe, expect, it } from '@jest/globals';
import { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import { DiscardRequested } from '../../../events/discard-requested.v1.ts';
import { QuarantineDiscarded } from '../../../events/quarantine-discarded.v1.ts';
import { QuarantineReleased } from '../../../events/quarantine-released.v1.ts';
import { ReleaseRequested } from '../../../events/release-requested.v1.ts';
import { RetryLater } from '../../../shared/errors.ts';
import { example } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { discardDocuments, releaseDocuments, restoreVersions } from '../quarantine/service.ts';

const expectGolden = golden(import.meta.url);
const released = example(QuarantineReleased);
const discarded = example(QuarantineDiscarded);
const found = (documents: number) => [{ DOCUMENTS: String(documents) }];

let bus: FakeBus;
beforeEach(() => {
  bus = fakeBus();
});
const depsAt = (time: string, answers: Parameters<typeof fakeWarehouse>[0] = {}) => {
  const warehouse = fakeWarehouse(answers);
  return { warehouse, publish: bus.publish, now: () => new Date(time) };
};

describe('a release', () => {
  it('writes down what it ends and copies it in one transaction, one after another, then says how many', async () => {
    const deps = depsAt(released.time, { 'count-released': found(3) });

    await releaseDocuments(deps)(example(ReleaseRequested));

    const journal = ['begin', 'take-turn', 'note-released', 'copy-released', 'commit', 'count-released'];
    expect(deps.warehouse.journal).toEqual(journal);
    deps.warehouse.statements.forEach((it) => expectGolden(it));
    expect(bus.events).toEqual([released]);
  });

  it.each([
    ['all', { which: 'all' }],
    ['ids', { which: 'ids', ids: ['3F2A90B17C44', '00AA11BB22CC'] }],
  ])('may be of %s', async (variant, documents) => {
    const deps = depsAt(released.time, { 'count-released': found(3) });

    await releaseDocuments(deps)(example(ReleaseRequested, {}, { documents }));

    expectGolden(
      deps.warehouse.statements.find((it) => it.name === 'note-released'),
      variant,
    );
    expect(bus.events).toEqual([released]);
  });

  it('says so where there is nothing to release', async () => {
    await releaseDocuments(depsAt(released.time, { 'count-released': found(0) }))(example(ReleaseRequested));

    expect(bus.events).toMatchObject([{ type: 'quarantine.released.v1', data: { documents: 0 } }]);
  });

  it('says nothing when its transaction was rolled back, and the same when its message comes again', async () => {
    const failing = depsAt(released.time, { 'copy-released': new RetryLater('busy') });
    await expect(releaseDocuments(failing)(example(ReleaseRequested))).rejects.toMatchObject({ message: 'busy' });
    expect(failing.warehouse.journal.at(-1)).toBe('rollback');

    const deps = depsAt(released.time, { 'count-released': found(3) });
    for (const _ of ['first', 'again']) await releaseDocuments(deps)(example(ReleaseRequested));

    expect(bus.events).toEqual([released, released]);
  });

  it('refuses a table that is not the quarantine of its pipeline, before it touches the warehouse', async () => {
    const deps = depsAt(released.time);
    const quarantine = 'DEV_RAW_PROCESSED.ECOMM.ORDERS_STREAMED';

    await expect(releaseDocuments(deps)(example(ReleaseRequested, {}, { quarantine }))).rejects.toMatchObject({
      kind: 'BadMessage',
      message: 'DEV_RAW_PROCESSED.ECOMM.ORDERS_STREAMED is not the quarantine of orders',
    });
    expect(deps.warehouse.journal).toEqual([]);
  });
});

describe('a discard', () => {
  it('is written down with who and why, and told', async () => {
    const deps = depsAt(discarded.time, { 'count-discarded': found(1) });

    await discardDocuments(deps)(example(DiscardRequested));

    expect(deps.warehouse.journal).toEqual(['begin', 'take-turn', 'note-discarded', 'commit', 'count-discarded']);
    for (const name of ['note-discarded', 'count-discarded'])
      expectGolden(deps.warehouse.statements.find((it) => it.name === name));
    expect(bus.events).toEqual([discarded]);
  });
});

describe('a batch that takes versions back', () => {
  it('lets the older ones of their orders go through again, as a batch whose id follows from the event', async () => {
    const deps = depsAt(released.time, { 'count-released': found(2) });

    for (const _ of ['first', 'again']) await restoreVersions(deps)(example(BatchLoaded));

    const [turn, restored] = deps.warehouse.statements;
    expect(turn?.name).toBe('take-turn');
    expectGolden(restored);
    expect(bus.events[0]).toMatchObject({
      type: 'quarantine.released.v1',
      batchId: 'R20260105093012_8D1A73A9',
      attempt: 1,
      causationId: example(BatchLoaded).id,
      data: {
        source: 'DEV_RAW_PROCESSED.ECOMM.ORDERS_RELEASED',
        documents: 2,
        why: 'newer version taken back',
      },
    });
    expect(bus.events[1]).toEqual(bus.events[0]);
  });

  it('says of itself that there is none', async () => {
    await restoreVersions(depsAt(released.time, { 'count-released': found(0) }))(example(BatchLoaded));

    expect(bus.events).toMatchObject([{ batchId: example(BatchLoaded).batchId, data: { documents: 0 } }]);
  });

  it('is the only one that is looked after', async () => {
    const deps = depsAt(released.time);

    await restoreVersions(deps)(example(BatchLoaded, {}, { retracted: undefined }));

    expect(deps.warehouse.journal).toEqual([]);
  });
});
