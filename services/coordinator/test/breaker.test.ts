import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { BatchFailed } from '../../../events/batch-failed.v1.ts';
import type { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import type { Contract, EventOf } from '../../../events/contract.ts';
import { answerId } from '../../../shared/bus/answer.ts';
import { fakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import type { BreakerEvent } from '../breaker/breaker-event.ts';
import { decideBreaker } from '../breaker/decide.ts';
import { evolveBreaker, initialBreaker } from '../breaker/evolve.ts';
import { watchFailures } from '../breaker/service.ts';
import { BREAKER, MANUAL, resumeRequest } from '../trigger-holds/request.ts';
import { failed, loaded } from './story.ts';

const expectGolden = golden(import.meta.url);
const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 5, 10, minute));
const place = (minute: number, batchId: string) => ({
  id: answerId(`${batchId} ${minute}`, 'outcome'),
  time: at(minute).toISOString(),
  batchId: batchId as BatchFailed['batchId'],
});
const fails = (minute: number, batchId = `B${minute}`, service = 'transform'): BatchFailed => ({
  ...failed(),
  ...place(minute, batchId),
  data: { ...failed().data, service },
});
const loads = (minute: number, batchId = `B${minute}`): BatchLoaded => ({ ...loaded(), ...place(minute, batchId) });
const resumes = (minute: number, holder = BREAKER) =>
  resumeRequest({ id: answerId(String(minute), holder), pipeline: 'orders', holder, now: at(minute) });
const opening = (given: readonly BreakerEvent[], most = 3) =>
  decideBreaker(given.reduce(evolveBreaker, initialBreaker), 'orders', most, at(59));
const rowOf = ({ type, ...detail }: EventOf<Contract>) => ({ EVENT_TYPE: type, DETAIL: detail });

describe('a breaker', () => {
  it('opens when the third batch in a row fails alike: the trigger is held in its name, and it says of which batches', () => {
    const { hold, told } = opening([fails(1), fails(2), fails(3)])!;

    expect(hold).toMatchObject({ type: 'suspend.requested.v1', batchId: 'TRIGGER', data: { holder: 'breaker' } });
    expect(hold.data.why).toBe('3 batches in a row failed in transform: RetryLater in transform at batch.validated.v1');
    expect(told).toMatchObject({
      type: 'breaker.opened.v1',
      causationId: fails(3).id,
      data: { service: 'transform', batches: ['B1', 'B2', 'B3'] },
    });
  });

  it.each<[string, readonly BreakerEvent[]]>([
    ['two failures', [fails(1), fails(2)]],
    ['three attempts of one batch', [fails(1, 'B1'), fails(2, 'B1'), fails(3, 'B1')]],
    ['a batch among them that was loaded', [fails(1), fails(2), loads(3), fails(4)]],
    ['one that was replayed since and loaded', [fails(1), fails(2, 'B2'), fails(3), loads(4, 'B2')]],
    ['failures in different stages', [fails(1), fails(2), fails(3, 'B3', 'load')]],
    ['failures that somebody has resumed after', [fails(1), fails(2), fails(3), resumes(4)]],
    ['failures on both sides of a resume', [fails(1), fails(2), resumes(3), fails(4)]],
  ])('stays closed for %s', (_, given) => {
    expect(opening(given)).toBeUndefined();
  });

  it('tells batches that different rules have stopped apart, and names the rule', () => {
    const stopped = (minute: number, rule: string): BatchFailed => {
      const it = fails(minute, `B${minute}`, 'validate');
      const expectations = [{ rule, column: 'QUANTITY', expected: '{}', observed: '0' }];
      return { ...it, data: { ...it.data, verdict: { stage: 'extracted', broken: 1, expectations } } };
    };

    expect(opening([stopped(1, 'a'), stopped(2, 'a'), stopped(3, 'b')])).toBeUndefined();
    expect(opening([stopped(1, 'a'), stopped(2, 'a'), stopped(3, 'a')])!.told.data.alike).toBe(
      'a of QUANTITY in validate at batch.validated.v1',
    );
  });

  it('opens after as many as its pipeline says', () => {
    expect(opening([fails(1), fails(2), fails(3)], 4)).toBeUndefined();
    expect(opening([fails(1)], 1)).toBeDefined();
  });

  it('opens when the hand lets the trigger go, but nobody the breaker', () => {
    expect(opening([fails(1), fails(2), fails(3), resumes(4, MANUAL)])).toBeDefined();
  });

  it('says it once: later failures change nothing until it is resumed', () => {
    const first = opening([fails(1), fails(2), fails(3)])!;

    expect(opening([fails(1), fails(2), fails(3), first.told, fails(4)])).toBeUndefined();
    expect(opening([fails(1), fails(2), fails(3), fails(4)])!.told.id).toBe(first.told.id);
  });

  it('opens again after a resume, under another id, and holds later than the resume', () => {
    const first = opening([fails(1), fails(2), fails(3)])!;
    const again = opening([fails(1), fails(2), fails(3), first.told, resumes(60), fails(61), fails(62), fails(63)])!;

    expect(again.told.id).not.toBe(first.told.id);
    expect(again.hold.id).not.toBe(first.hold.id);
    expect(Date.parse(again.hold.time)).toBeGreaterThan(at(60).getTime());
  });

  it('does not depend on the order in which outcomes are heard, nor on how often', () => {
    const outcome = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('B1', 'B2', 'B3', 'B4'), fc.integer({ min: 0, max: 4 }))
      .map(([minute, batchId, what]) =>
        what === 0 ? loads(minute, batchId) : what === 1 ? resumes(minute) : fails(minute, batchId),
      );
    const heard = fc.uniqueArray(outcome, { maxLength: 9, selector: (it) => it.id });
    const disordered = heard.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 })),
    );

    fc.assert(fc.property(disordered, ([given, again]) => expect(opening(again)).toEqual(opening(given))));
  });
});

describe('watchFailures', () => {
  const watching = (known: readonly BreakerEvent[]) => {
    const [bus, held, measured] = [fakeBus(), [] as unknown[], [] as unknown[]];
    const warehouse = fakeWarehouse({ 'read-outcomes': known.map(rowOf) });
    const watch = watchFailures({
      warehouse,
      publish: bus.publish,
      measure: (figures) => void measured.push(figures),
      now: () => at(9),
      stage: 'dev',
      trigger: async (request) => void held.push(request.data.holder),
    });
    return { bus, held, measured, warehouse, watch };
  };

  it('holds the trigger before it says so, and measures it for the alarm', async () => {
    const { bus, held, measured, warehouse, watch } = watching([fails(1), fails(2)]);

    await watch(fails(3));

    warehouse.statements.forEach((it) => expectGolden(it));
    expect(held).toEqual(['breaker']);
    expect(bus.events).toMatchObject([{ type: 'breaker.opened.v1' }]);
    expect(measured).toEqual([{ BreakersOpened: 1 }]);
  });

  it('does the same again, under the same ids, when it died before it could say so', async () => {
    const { bus, held, watch } = watching([fails(1), fails(2)]);
    bus.refuseOnce(new Error('throttled'));

    await expect(watch(fails(3))).rejects.toThrow('throttled');
    await watch(fails(3));

    expect(held).toEqual(['breaker', 'breaker']);
    expect(bus.events).toHaveLength(1);
  });

  it('leaves chunks to their backfill', async () => {
    const { warehouse, watch } = watching([]);

    await watch(fails(1, 'BF20260105110000_A1B2C3D4_C001'));

    expect(warehouse.journal).toEqual([]);
  });
});
