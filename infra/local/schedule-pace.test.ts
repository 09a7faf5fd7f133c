import { expect, it } from '@jest/globals';
import { scheduleSecondsAt } from './schedule-pace.ts';

it('runs a schedule as much faster as the tasks run, and once in five seconds at most', () => {
  expect(scheduleSecondsAt({ scheduleSeconds: 300 })({ everyMinutes: 5 })).toBe(300);
  expect(scheduleSecondsAt({ scheduleSeconds: 10 })({ everyMinutes: 5 })).toBe(10);
  expect(scheduleSecondsAt({ scheduleSeconds: 10 })({ everyMinutes: 15 })).toBe(30);
  expect(scheduleSecondsAt({ scheduleSeconds: 1 })({ everyMinutes: 5 })).toBe(5);
});
