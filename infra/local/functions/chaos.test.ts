import { expect, it } from '@jest/globals';
import { fateOf } from './chaos.ts';

const ids = Array.from({ length: 100 }, (_, i) => `message ${i}`);

it('draws the same lots for the same seed and service, and others for others', () => {
  const lots = (service: string, seed: number) => {
    const fate = fateOf(service, { seed, reorder: 0.5 });
    return ids.map((id) => fate.putBack(id)).join();
  };

  expect(lots('extract', 1)).toBe(lots('extract', 1));
  expect(new Set([lots('extract', 1), lots('extract', 2), lots('load', 1)]).size).toBe(3);
});

it('lets each kind befall a message once', () => {
  const fate = fateOf('extract', { seed: 1, duplicate: 1, reorder: 1, crashBeforeAck: 1 });

  expect([fate.putBack('m'), fate.putBack('m')]).toEqual([true, false]);
  expect([fate.crash(['m', 'n']), fate.crash(['n', 'o'])]).toEqual([true, false]);
});

it('delivers as many messages twice as asked for, half of them while the first delivery is under way', () => {
  const fate = fateOf('extract', { seed: 1, duplicate: 1 });
  const meanwhile = ids.filter((id) => fate.deliverMeanwhile(id));
  const again = ids.filter((id) => fate.deliverAgain(id));

  expect([...meanwhile, ...again].toSorted()).toEqual(ids.toSorted());
  expect(meanwhile.length).toBeGreaterThan(25);
  expect(again.length).toBeGreaterThan(25);
});

it('leaves everything as it is when nothing is asked for', () => {
  const fate = fateOf('extract');

  expect(
    ids.some((id) => fate.putBack(id) || fate.deliverMeanwhile(id) || fate.deliverAgain(id) || fate.crash([id])),
  ).toBe(false);
  expect(fate.shuffle(ids)).toBe(ids);
});
