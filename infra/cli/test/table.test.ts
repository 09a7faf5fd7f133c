import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { layOut } from '../view/table.ts';
import { widthOf } from '../view/text.ts';

const columns = [
  { name: 'id', narrowest: 4 },
  { name: 'n', align: 'right' as const },
  { name: 'text', narrowest: 6 },
];

describe('a table', () => {
  it('is as wide as its content where there is room', () => {
    const table = layOut(columns, [['a1', '5', 'some text']], 80);
    expect(table.head).toEqual(['id  n  text', '──  ─  ─────────']);
    expect(table.line(['b', '12', 'more'])).toBe('b   …  more');
    expect(table.omitted).toEqual([]);
  });

  it('narrows its widest columns first', () => {
    const table = layOut(columns, [['abcdef', '5', 'x'.repeat(30)]], 26);
    expect(table.line(['abcdef', '5', 'x'.repeat(30)])).toBe(`abcdef  5  ${'x'.repeat(14)}…`);
  });

  it('leaves out the last columns when narrowing is not enough, and names them', () => {
    const table = layOut(columns, [['abcdef', '5', 'x'.repeat(30)]], 10);
    expect(table.omitted).toEqual(['text']);
    expect(table.head[0]).toBe('id      n');
  });

  it('keeps one line a row whatever the data holds', () => {
    const row = ['a\nb', '', '\u001b[2J'];
    expect(layOut(columns, [row], 80).line(row)).toBe('a\\nb     \\e[2J');
  });

  it('never is wider than the terminal', () => {
    const row = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), fc.integer({ min: 20, max: 100 }), (rows, width) => {
        const wide = rows[0]!.map((name, index) => ({ name, narrowest: index + 1 }));
        const table = layOut(wide, rows, width);
        for (const line of [...table.head, ...rows.map((it) => table.line(it))]) {
          expect(widthOf(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});
