import { describe, expect, it } from '@jest/globals';
import { count } from './warehouse.ts';

describe('a count', () => {
  it.each<[string | number, number]>([
    ['0', 0],
    ['12', 12],
    [7, 7],
    ['9007199254740991', 9007199254740991],
  ])('is read from %p', (value, expected) => {
    expect(count(value)).toBe(expected);
  });

  it.each([undefined, null, '', ' ', 'x', '1.5', 1.5, '9007199254740993', true, {}, new Date(0), Number.NaN])(
    'is not read from %p',
    (value) => {
      expect(() => count(value)).toThrow('not a count');
    },
  );
});
