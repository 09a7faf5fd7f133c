import { expect, it } from '@jest/globals';
import { restartDelayMs } from './pool.ts';

it('waits longer after each failure in a row, up to ten seconds', () => {
  expect([0, 1, 2, 3, 10].map(restartDelayMs)).toEqual([0, 100, 200, 400, 10_000]);
});
