import { describe, expect, it } from '@jest/globals';
import { readSchedule } from './schedule-expression.ts';

const at = (text: string): number => Date.parse(`${text}Z`);
const times = (expression: string, after: string, count: number): (string | undefined)[] => {
  const next = readSchedule(expression);
  const found: (number | undefined)[] = [];
  for (let last: number | undefined = at(after); last !== undefined && found.length < count; found.push(last)) {
    last = next(last);
  }
  return found.map((time) => (time === undefined ? undefined : new Date(time).toISOString().slice(0, 16)));
};

describe('a rate', () => {
  it.each([
    ['rate(1 minute)', '2026-03-01T00:01'],
    ['rate(10 minutes)', '2026-03-01T00:10'],
    ['rate(1 hour)', '2026-03-01T01:00'],
    ['rate(36 hours)', '2026-03-02T12:00'],
    ['rate(2 days)', '2026-03-03T00:00'],
  ])('%s comes next at %s', (expression, next) => {
    expect(times(expression, '2026-03-01T00:00', 1)).toEqual([next]);
  });

  it.each([
    'rate(10 seconds)',
    'rate(10 years)',
    'rate(1 minutes)',
    'rate(10 minute)',
    'rate()',
    'rate(10)',
    'rate(10 minutess)',
    'rate(foo minutes)',
    'rate(0 minutes)',
    'rate(-10 minutes)',
    'rate(10 MINUTES)',
    'rate( 10 minutes )',
    ' rate(10 minutes)',
    'every 5 minutes',
    '',
  ])('"%s" is refused', (expression) => {
    expect(() => readSchedule(expression)).toThrow('Parameter ScheduleExpression is not valid.');
  });
});

describe('a cron expression', () => {
  it.each([
    ['cron(0 12 * * ? *)', ['2026-03-01T12:00', '2026-03-02T12:00']],
    ['cron(5,35 14 * * ? *)', ['2026-03-01T14:05', '2026-03-01T14:35', '2026-03-02T14:05']],
    ['cron(0/15 * * * ? *)', ['2026-03-01T00:15', '2026-03-01T00:30', '2026-03-01T00:45', '2026-03-01T01:00']],
    ['cron(7/20 23 * * ? *)', ['2026-03-01T23:07', '2026-03-01T23:27', '2026-03-01T23:47', '2026-03-02T23:07']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-03-02T18:00', '2026-03-03T18:00']],
    ['cron(0 8 1 * ? *)', ['2026-03-01T08:00', '2026-04-01T08:00']],
    ['cron(0 0 1 1-7/3 ? *)', ['2026-04-01T00:00', '2026-07-01T00:00', '2027-01-01T00:00']],
    ['cron(0 0 L * ? *)', ['2026-03-31T00:00', '2026-04-30T00:00']],
    ['cron(0 0 29 feb ? *)', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['cron(0 0 15W 3-8 ? 2026)', ['2026-03-16T00:00', '2026-04-15T00:00', '2026-05-15T00:00', '2026-06-15T00:00']],
    ['cron(0 0 1W 8,11 ? 2026)', ['2026-08-03T00:00', '2026-11-02T00:00']],
    ['cron(0 0 31W 5,10 ? 2026)', ['2026-05-29T00:00', '2026-10-30T00:00']],
    ['cron(0 0 LW 5 ? *)', ['2026-05-29T00:00', '2027-05-31T00:00']],
    ['cron(15 10 ? * 6L *)', ['2026-03-27T10:15', '2026-04-24T10:15']],
    ['cron(0 2 ? * SAT#3 *)', ['2026-03-21T02:00', '2026-04-18T02:00']],
    ['cron(0 2 ? * 3#5 *)', ['2026-03-31T02:00', '2026-06-30T02:00']],
    ['cron(0 0 ? * L *)', ['2026-03-07T00:00', '2026-03-14T00:00']],
    ['cron(0 0 1 1 ? 2030/5)', ['2030-01-01T00:00', '2035-01-01T00:00']],
  ])('%s comes at %j', (expression, expected) => {
    expect(times(expression, '2026-03-01T00:00', expected.length)).toEqual(expected);
  });

  it('comes to an end', () => {
    expect(times('cron(0 12 31 12 ? 2026)', '2026-03-01T00:00', 2)).toEqual(['2026-12-31T12:00', undefined]);
    expect(times('cron(15 10 ? * 6L 2002-2005)', '2026-03-01T00:00', 1)).toEqual([undefined]);
    expect(times('cron(0 0 31 2 ? *)', '2026-03-01T00:00', 1)).toEqual([undefined]);
  });

  it.each([
    'cron(0 1 * * * *)',
    'cron(0 1 ? * ? *)',
    'cron(7 20 * * NOT *)',
    'cron(INVALID)',
    'cron(0 dummy ? * MON-FRI *)',
    'cron(71 8 1 * ? *)',
    'cron(0 24 1 * ? *)',
    'cron(0 0 0 * ? *)',
    'cron(0 0 32W * ? *)',
    'cron(0 0 1 13 ? *)',
    'cron(0 0 ? * 8 *)',
    'cron(0 0 ? * 3#6 *)',
    'cron(0 0 ? * 3#1,6#3 *)',
    'cron(0 0 ? * MON-FRI#2 *)',
    'cron(5-1 0 * * ? *)',
    'cron(0/0 0 * * ? *)',
    'cron(0 0 1 1 ? 1969)',
    'cron(0 0 1 1 ?)',
    'cron(0 0 1 1 ? * *)',
    'cron( 0 0 1 1 ? *)',
  ])('%s is refused', (expression) => {
    expect(() => readSchedule(expression)).toThrow('Parameter ScheduleExpression is not valid.');
  });
});
