import { describe, expect, it } from '@jest/globals';
import { cellReader, distinctNames, Json, rowToJson, toJson, toText } from '../cells.ts';

const column = (type: string, scale = 0) => ({
  getType: () => type,
  getScale: () => scale,
  isVariant: () => type === 'variant',
  isObject: () => type === 'object',
  isArray: () => type === 'array',
});
const read = (type: string, value: unknown, scale?: number) => cellReader(column(type, scale))(value);

describe('a value of a result', () => {
  it('is a number where a double holds it exactly', () => {
    expect(read('fixed', '42')).toBe(42);
    expect(read('fixed', '-9007199254740991')).toBe(-9007199254740991);
    expect(read('real', '1.5')).toBe(1.5);
  });

  it('is text where a double would round it', () => {
    expect(read('fixed', '9007199254740993')).toBe('9007199254740993');
    expect(read('fixed', '1.50', 2)).toBe('1.50');
    expect(read('real', 'NaN')).toBe('NaN');
  });

  it('is null for NULL of any type', () => {
    for (const type of ['fixed', 'text', 'variant', 'boolean']) expect(read(type, null)).toBeNull();
  });

  it('keeps JSON digit by digit', () => {
    const cell = read('variant', '{"price":12345678901234567890.10}');
    expect(cell).toEqual(new Json('{"price":12345678901234567890.10}'));
    expect(toJson(cell)).toBe('{"price":12345678901234567890.10}');
    expect(toJson(read('variant', 'null'))).toBe('null');
  });

  it('is text where a VARIANT holds what JSON has no word for', () => {
    expect(toJson(read('variant', 'NaN'))).toBe('"NaN"');
  });

  it('reads as people write it', () => {
    expect(toText(null)).toBe('NULL');
    expect(toText(true)).toBe('true');
    expect(toText(new Json('[1]'))).toBe('[1]');
  });
});

describe('a row as JSON', () => {
  it('names columns that share a name apart', () => {
    const names = distinctNames(['A', 'A', 'A_2', 'A']);
    expect(names).toEqual(['A', 'A_2', 'A_2_2', 'A_3']);
    expect(JSON.parse(rowToJson(names, [1, 'x"', null, new Json('{"a":[]}')]))).toEqual({
      A: 1,
      A_2: 'x"',
      A_2_2: null,
      A_3: { a: [] },
    });
  });
});
