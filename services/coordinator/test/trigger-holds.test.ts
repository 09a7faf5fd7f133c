import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ResumeRequested } from '../../../events/resume-requested.v1.ts';
import { SuspendRequested } from '../../../events/suspend-requested.v1.ts';
import { TriggerResumed } from '../../../events/trigger-resumed.v1.ts';
import { TriggerSuspended } from '../../../events/trigger-suspended.v1.ts';
import { RetryLater } from '../../../shared/errors.ts';
import { example } from '../../../shared/testing/examples.ts';
import { fakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { evolveHolds, holdsIn, noHolds } from '../trigger-holds/holds.ts';
import { resumeRequest, suspendRequest } from '../trigger-holds/request.ts';
import { followTrigger } from '../trigger-holds/service.ts';
import type { TriggerEvent } from '../trigger-holds/trigger-event.ts';

const expectGolden = golden(import.meta.url);
const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 5, 10, minute));
const asked = (holder: string, minute: number) => ({
  id: `00000000-0000-4000-8000-${String(minute).padStart(12, '0')}`,
  pipeline: 'orders',
  holder,
  now: at(minute),
});
const suspends = (holder: string, minute: number) => suspendRequest({ ...asked(holder, minute), why: `by ${holder}` });
const resumes = (holder: string, minute: number) => resumeRequest(asked(holder, minute));
const holders = (events: readonly TriggerEvent[]) =>
  holdsIn(events.reduce(evolveHolds, noHolds)).map((it) => it.holder);
const rowOf = ({ type, ...detail }: TriggerEvent) => ({ EVENT_TYPE: type, DETAIL: detail });

describe('who holds a trigger', () => {
  it.each<[string, readonly TriggerEvent[], readonly string[]]>([
    ['nobody, when nothing was asked', [], []],
    ['whoever asked first comes first', [suspends('BF_2', 2), suspends('manual', 1)], ['manual', 'BF_2']],
    ['not whoever let it go', [suspends('manual', 1), resumes('manual', 2)], []],
    ['by hand, still, when a backfill ends', [suspends('manual', 1), suspends('BF', 2), resumes('BF', 3)], ['manual']],
    [
      'a backfill, still, when the hand lets go',
      [suspends('BF', 1), suspends('manual', 2), resumes('manual', 3)],
      ['BF'],
    ],
    ['whoever takes it again', [suspends('manual', 1), resumes('manual', 2), suspends('manual', 3)], ['manual']],
    ['nobody, when an old wish arrives late', [resumes('manual', 2), suspends('manual', 1)], []],
    ['nobody, when somebody lets go who never held', [resumes('manual', 1)], []],
  ])('%s', (_, given, then) => {
    expect(holders(given)).toEqual(then);
  });

  it('does not depend on the order in which wishes come, nor on how often', () => {
    const wish = fc
      .tuple(fc.constantFrom('manual', 'BF_1', 'BF_2'), fc.integer({ min: 1, max: 9 }), fc.boolean())
      .map(([holder, minute, suspend]) => (suspend ? suspends : resumes)(holder, minute));
    const wishes = fc.uniqueArray(wish, { maxLength: 8, selector: (it) => it.id });
    const disordered = wishes.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 })),
    );

    fc.assert(fc.property(disordered, ([given, again]) => expect(holders(again)).toEqual(holders(given))));
  });

  it('knows why and since when', () => {
    expect(holdsIn(evolveHolds(noHolds, suspends('manual', 1)))).toEqual([
      { holder: 'manual', why: 'by manual', since: at(1).toISOString() },
    ]);
  });
});

describe('followTrigger', () => {
  const following = (warehouse: ReturnType<typeof fakeWarehouse>, now: string, bus = fakeBus()) => ({
    bus,
    follow: followTrigger({ warehouse, publish: bus.publish, now: () => new Date(now), stage: 'dev' }),
  });

  it('suspends the task for its first holder, and says so', async () => {
    const warehouse = fakeWarehouse();
    const { bus, follow } = following(warehouse, example(TriggerSuspended).time);

    await follow(example(SuspendRequested));

    expect(warehouse.journal).toEqual(['append-event', 'read-trigger', 'suspend-task']);
    warehouse.statements.slice(1).forEach((it) => expectGolden(it));
    expect(bus.events).toEqual([example(TriggerSuspended)]);
  });

  it('resumes the task when the last holder lets go', async () => {
    const warehouse = fakeWarehouse({ 'read-trigger': [rowOf(example(SuspendRequested))] });
    const { bus, follow } = following(warehouse, example(TriggerResumed).time);

    await follow(example(ResumeRequested));

    expect(warehouse.journal).toEqual(['append-event', 'read-trigger', 'resume-task']);
    expectGolden(warehouse.statements.at(-1));
    expect(bus.events).toEqual([example(TriggerResumed)]);
  });

  it('leaves the task suspended while somebody else holds it', async () => {
    const warehouse = fakeWarehouse({ 'read-trigger': [rowOf(example(SuspendRequested)), rowOf(suspends('BF', 5))] });
    const { bus, follow } = following(warehouse, at(6).toISOString());

    await follow(resumes('BF', 6));

    expect(warehouse.journal.at(-1)).toBe('suspend-task');
    expect(bus.events).toMatchObject([{ type: 'trigger.suspended.v1', data: { holders: [{ holder: 'manual' }] } }]);
  });

  it('does the same again when it died before it could say so', async () => {
    const warehouse = fakeWarehouse({ 'read-trigger': [rowOf(example(SuspendRequested))] });
    const { bus, follow } = following(warehouse, example(TriggerSuspended).time);
    bus.refuseOnce(new RetryLater('throttled'));

    await expect(follow(example(SuspendRequested))).rejects.toThrow('throttled');
    await follow(example(SuspendRequested));

    expect(bus.events).toEqual([example(TriggerSuspended)]);
  });

  it('only writes down what it has said itself', async () => {
    const warehouse = fakeWarehouse();

    await following(warehouse, at(1).toISOString()).follow(example(TriggerSuspended));

    expect(warehouse.journal).toEqual(['append-event']);
  });

  it('refuses a pipeline that there is not', async () => {
    const { follow } = following(fakeWarehouse(), at(1).toISOString());

    await expect(follow({ ...suspends('manual', 1), pipeline: 'parcels' })).rejects.toMatchObject({
      kind: 'BadMessage',
      message: expect.stringContaining('knows no pipeline parcels'),
    });
  });
});
