import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ident, name, path } from './identifier.ts';
import { fragment, join, sql, trusted } from './statement.ts';

const HOSTILE = [
  `'; drop table ORDERS; --`,
  `"`,
  `""`,
  `?`,
  `$1`,
  `:a`,
  '\\',
  '/* */',
  `ORDERS" where 1=1 --`,
  '😀',
  'ａ',
];

describe('a statement', () => {
  it.each(HOSTILE)('binds %j and leaves the text alone', (value) => {
    expect(sql('find')`select ${value} as A`).toEqual({ name: 'find', text: 'select ? as A', binds: [value] });
  });

  it('binds as many values as its text has question marks, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))), (values) => {
        const listed = join(
          values.map((it) => fragment`${it}`),
          ', ',
        );
        const { text, binds } = sql('list')`select array_construct(${listed})`;
        expect(binds).toEqual(values);
        expect(text.split('?')).toHaveLength(values.length + 1);
      }),
    );
  });

  it('keeps the binds of nested fragments where their text is', () => {
    const inner = fragment`B = ${2} or ${name('C')} = ${3}`;

    expect(sql('nest')`select 1 where A = ${1} and (${inner}) and D = ${4}`).toEqual({
      name: 'nest',
      text: 'select 1 where A = ? and (B = ? or "C" = ?) and D = ?',
      binds: [1, 2, 3, 4],
    });
  });

  it("loses its template's indentation, and keeps its lines", () => {
    const { text } = sql('select-one')`
      select
        1
    `;

    expect(text).toBe('select\n  1');
  });

  it('leaves the lines of what is put into it as they are', () => {
    const rules = trusted("select 'two\n      lines' as A");

    expect(
      sql('apply')`
      select * from (
        ${rules}
      )
    `.text,
    ).toBe("select * from (\n  select 'two\n      lines' as A\n)");
  });

  it('cannot be changed', () => {
    const statement = sql('select-one')`select 1`;

    expect(() => Object.assign(statement, { text: 'drop' })).toThrow(TypeError);
  });
});

describe('an identifier', () => {
  it.each(HOSTILE)('quotes %j so that nothing of it gets out', (part) => {
    const { text } = name(part);

    expect(text.slice(1, -1).replaceAll('""', '')).not.toContain('"');
    expect(text.slice(1, -1).replaceAll('""', '"')).toBe(part);
  });

  it('reads back as what was quoted, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }), (part) => {
        fc.pre(!part.includes('\0'));
        const { text } = name(part);
        expect(text).toMatch(/^"(?:[^"]|"")+"$/su);
        expect(text.slice(1, -1).replaceAll('""', '"')).toBe(part);
      }),
    );
  });

  it('quotes each part of a table name and of a path', () => {
    expect(ident('DEV.S.T"; DROP').text).toBe('"DEV"."S"."T""; DROP"');
    expect(path(['a b', 'c"d']).text).toBe(':"a b"."c""d"');
  });

  it.each(['', 'a\0b', 'x'.repeat(256)])('refuses %j', (part) => {
    expect(() => name(part)).toThrow(RangeError);
  });

  it('refuses a table name with an empty part', () => {
    expect(() => ident('DB..T')).toThrow('not usable as an SQL identifier: ""');
  });
});
