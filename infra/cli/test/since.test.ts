import { describe, expect, it } from '@jest/globals';
import { sinceOf } from '../since.ts';

const now = new Date('2026-01-05T12:00:00Z');

describe('since when', () => {
  it.each([
    ['90s', '2026-01-05T11:58:30.000Z'],
    ['45m', '2026-01-05T11:15:00.000Z'],
    ['2h', '2026-01-05T10:00:00.000Z'],
    ['7d', '2025-12-29T12:00:00.000Z'],
    ['2026-01-04', '2026-01-04T00:00:00.000Z'],
    ['2026-01-04 10:30', '2026-01-04T10:30:00.000Z'],
    ['2026-01-04T10:30:05Z', '2026-01-04T10:30:05.000Z'],
  ])('%s is %s', (text, then) => {
    expect(sinceOf(text, now).toISOString()).toBe(then);
  });

  it.each(['soon', '', '2 h', '2026-13-01', '5w', '-1h'])('%j is no moment', (text) => {
    expect(() => sinceOf(text, now)).toThrow('Give a length of time such as 45m');
  });
});
