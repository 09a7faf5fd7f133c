import { describe, expect, it } from '@jest/globals';
import { nextRun, parseSchedule } from '../schedule.ts';

const runs = (schedule: string, from: string, count = 3): string[] => {
  const parsed = parseSchedule(schedule);
  const found: string[] = [];
  let at = new Date(from);
  while (found.length < count) {
    const next = nextRun(parsed, at, at);
    if (!next) break;
    found.push(next.toISOString().replace(':00.000Z', ''));
    at = next;
  }
  return found;
};

describe('a schedule in minutes or seconds', () => {
  it.each([
    ['5 MINUTES', 300],
    ['1 minute', 60],
    ['60 MINUTE', 3600],
    ['1 SECONDS', 1],
    ['10 seconds', 10],
    ['2 HOURS', 7200],
    ['5M', 300],
  ])('%s', (text, seconds) => {
    expect(parseSchedule(text)).toEqual({ seconds });
  });

  it('keeps its beat when a run comes late', () => {
    const base = new Date('2026-01-01T00:00:00Z');
    expect(nextRun({ seconds: 300 }, base, new Date('2026-01-01T00:12:34Z'))?.toISOString()).toBe(
      '2026-01-01T00:15:00.000Z',
    );
    expect(nextRun({ seconds: 300 }, base, base)?.toISOString()).toBe('2026-01-01T00:05:00.000Z');
  });
});

describe('a CRON schedule', () => {
  it('takes lists, ranges, steps and names', () => {
    expect(runs('USING CRON 0 9-17/4 * * MON,WED UTC', '2026-11-23T10:00:00Z', 4)).toEqual([
      '2026-11-23T13:00',
      '2026-11-23T17:00',
      '2026-11-25T09:00',
      '2026-11-25T13:00',
    ]);
    expect(runs('USING CRON */20 * * * * UTC', '2026-11-23T10:05:00Z')).toEqual([
      '2026-11-23T10:20',
      '2026-11-23T10:40',
      '2026-11-23T11:00',
    ]);
    expect(runs('USING CRON 30 2 1 JAN-FEB * UTC', '2026-11-23T10:05:00Z')).toEqual([
      '2027-01-01T02:30',
      '2027-02-01T02:30',
      '2028-01-01T02:30',
    ]);
  });

  it('runs on either day when both kinds of day are given', () => {
    expect(runs('USING CRON 0 0 1 * SUN UTC', '2026-11-28T00:00:00Z')).toEqual([
      '2026-11-29T00:00',
      '2026-12-01T00:00',
      '2026-12-06T00:00',
    ]);
  });

  it('knows the last day of a month and the last weekday of a month', () => {
    expect(runs('USING CRON 0 0 L * * UTC', '2027-02-01T00:00:00Z', 2)).toEqual([
      '2027-02-28T00:00',
      '2027-03-31T00:00',
    ]);
    expect(runs('USING CRON 0 0 * * 5L UTC', '2026-11-01T00:00:00Z', 2)).toEqual([
      '2026-11-27T00:00',
      '2026-12-25T00:00',
    ]);
  });

  it('runs by the clock of its zone: twice in the hour that repeats, not in the one that is left out', () => {
    expect(runs('USING CRON 30 1 * * SUN America/Los_Angeles', '2026-10-30T00:00:00Z')).toEqual([
      '2026-11-01T08:30',
      '2026-11-01T09:30',
      '2026-11-08T09:30',
    ]);
    expect(runs('USING CRON 30 2 8 3 * America/Los_Angeles', '2026-01-01T00:00:00Z', 1)).toEqual(['2027-03-08T10:30']);
  });
});

describe('what is no schedule', () => {
  it.each([
    '',
    '0 MINUTES',
    '5 DAYS',
    'MINUTE',
    'USING CRON * * * * UTC',
    'USING CRON 60 * * * * UTC',
    'USING CRON * * * * * Mars/Base',
    '-1 MINUTES',
  ])('is refused: %s', (text) => {
    expect(() => parseSchedule(text)).toThrow(`invalid value [${text}] for parameter 'SCHEDULE'`);
  });

  it('may never come', () => {
    expect(
      nextRun(parseSchedule('USING CRON 0 0 30 2 * UTC'), new Date(0), new Date('2026-01-01T00:00:00Z')),
    ).toBeUndefined();
  });
});
