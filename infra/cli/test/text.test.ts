import { describe, expect, it } from '@jest/globals';
import { duration, grouped, plural, seconds } from '../view/numbers.ts';
import { clip, pad, visible, widthOf } from '../view/text.ts';

describe('text in a terminal', () => {
  it.each([
    ['abc', 3],
    ['', 0],
    ['é', 1],
    ['e\u0301', 1],
    ['雪の結晶', 8],
    ['❄️', 2],
    ['👩‍🚀', 2],
    ['£', 1],
  ])('%s takes %d columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('is cut between whole characters, and says so', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdef', 5)).toBe('abcd…');
    expect(clip('雪の結晶', 6)).toBe('雪の…');
    expect(clip('雪の結晶', 4)).toBe('雪…');
  });

  it('is padded by what it takes, not by its length', () => {
    expect(pad('雪', 4)).toBe('雪  ');
    expect(pad('7', 3, 'right')).toBe('  7');
    expect(pad('long', 2)).toBe('long');
  });

  it('cannot steer the terminal', () => {
    expect(visible('a\u001b[31mb')).toBe('a\\e[31mb');
    expect(visible('a\nb\tc\r')).toBe('a\\nb\\tc\\r');
    expect(visible('\u202eabc\u0000\u009b')).toBe('\\u202eabc\\u0000\\u009b');
    expect(visible('Crème brûlée ❄️')).toBe('Crème brûlée ❄️');
  });
});

describe('numbers for people', () => {
  it('are grouped and agree with their noun', () => {
    expect(grouped(1_234_567)).toBe('1,234,567');
    expect(plural(1, 'row')).toBe('1 row');
    expect(plural(0, 'row')).toBe('0 rows');
  });

  it('show seconds with one digit, and a dash for none', () => {
    expect(seconds(1.25)).toBe('1.3');
    expect(seconds(undefined)).toBe('-');
  });

  it('show lengths of time in the unit that fits', () => {
    expect(duration(45)).toBe('45 s');
    expect(duration(300)).toBe('5 min');
    expect(duration(7200)).toBe('2 h');
  });
});
