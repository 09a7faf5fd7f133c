import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { JsonSyntaxError, parseJson } from './parse.ts';
import { printJson } from './print.ts';

const reasonable = (text: string): boolean => {
  try {
    parseJson(text);
    return true;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return false;
    throw error;
  }
};
const standard = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('parseJson', () => {
  it('reads what JSON.stringify writes, and printJson writes it back', () => {
    fc.assert(fc.property(fc.json(), (text) => printJson(parseJson(text)) === text));
    expect(printJson(parseJson(' { "a" : [ 1 , "\\u0041" ] } '))).toBe('{"a":[1,"A"]}');
  });

  it('keeps digits, order and duplicate names', () => {
    const text = '{"b":1.50,"a":12345678901234567890,"b":-0.0E+1}';

    expect(printJson(parseJson(text))).toBe(text);
  });

  it('accepts and refuses the texts that JSON.parse does', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-',
      '.',
      'e',
      '0',
      'true',
      'nul',
      ' ',
      '\\',
      '"',
    );
    const text = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (candidate) => {
        expect([candidate, reasonable(candidate)]).toEqual([candidate, standard(candidate)]);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses what is nested too deep instead of running out of stack', () => {
    expect(() => parseJson('['.repeat(100_000))).toThrow('nested deeper than 1000');
  });
});
