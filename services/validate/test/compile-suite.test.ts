import { describe, expect, it } from '@jest/globals';
import { Defect } from '../../../shared/errors.ts';
import { compileSuite } from '../suites/compile-suite.ts';

const compile = (...expectations: unknown[]) => compileSuite('x.extracted', { meta: { key: 'ID' }, expectations });
const broken = (type: string, kwargs: object) => {
  const { broken } = compile({ type, kwargs }).expectations[0]!;
  return [broken.text, broken.binds];
};

describe('an expectation becomes a predicate for the rows that break it', () => {
  it.each<[string, object, string, unknown[]]>([
    ['expect_column_values_to_not_be_null', { column: 'A' }, 't."A" is null', []],
    ['expect_column_values_to_be_null', { column: 'A"B' }, 't."A""B" is not null', []],
    ['expect_column_values_to_be_between', { column: 'A', min_value: 1 }, 'coalesce((t."A" < ?), false)', [1]],
    [
      'expect_column_values_to_be_between',
      { column: 'A', max_value: '2026-01-01' },
      'coalesce((t."A" > ?), false)',
      ['2026-01-01'],
    ],
    ['expect_column_values_to_be_between', { column: 'A' }, 'coalesce(false, false)', []],
    [
      'expect_column_values_to_be_between',
      { column: 'A', min_value: 0, max_value: 9 },
      'coalesce((t."A" < ? or t."A" > ?), false)',
      [0, 9],
    ],
    [
      'expect_column_values_to_be_in_set',
      { column: 'A', value_set: ["x'", 2] },
      'coalesce(t."A" not in (?, ?), false)',
      ["x'", 2],
    ],
    [
      'expect_column_values_to_not_be_in_set',
      { column: 'A', value_set: [true] },
      'coalesce(t."A" in (?), false)',
      [true],
    ],
    [
      'expect_column_values_to_match_regex',
      { column: 'A', regex: '^\\d+$' },
      'coalesce(regexp_instr(t."A", ?) = 0, false)',
      ['^\\d+$'],
    ],
    [
      'expect_compound_columns_to_be_unique',
      { column_list: ['A', 'B'] },
      'count(*) over (partition by t."A", t."B") > 1',
      [],
    ],
    [
      'unexpected_rows_expectation',
      { unexpected_rows_query: 'select * from {batch}\nwhere A > B or C is null\n' },
      'coalesce((A > B or C is null), false)',
      [],
    ],
  ])('%s %j', (type, kwargs, text, binds) => {
    expect(broken(type, kwargs)).toEqual([text, binds]);
  });
});

describe('a suite', () => {
  it("is read in Great Expectations' older spelling too", () => {
    const suite = compile({ expectation_type: 'expect_column_values_to_not_be_null', kwargs: { column: 'A' } });

    expect(suite).toMatchObject({ key: 'ID', expectations: [{ column: 'A', reason: 'is missing' }] });
  });

  it('may expect nothing', () => {
    expect(compile()).toEqual({ key: 'ID', version: '1', expectations: [] });
  });

  it.each<[string, unknown, string]>([
    [
      'an unknown kind',
      { type: 'expect_magic', kwargs: {} },
      'expectations[0] expect_magic: unknown expectation; known are expect_column',
    ],
    ['no kind', { kwargs: {} }, 'expectations[0] (no type): unknown expectation'],
    [
      'a keyword it would have to ignore',
      { type: 'expect_column_values_to_not_be_null', kwargs: { column: 'A', mostly: 0.9 } },
      'mostly',
    ],
    ['a missing column', { type: 'expect_column_values_to_not_be_null', kwargs: {} }, 'column'],
    [
      'an empty set',
      { type: 'expect_column_values_to_be_in_set', kwargs: { column: 'A', value_set: [] } },
      'value_set',
    ],
    [
      'a query of another shape',
      { type: 'unexpected_rows_expectation', kwargs: { unexpected_rows_query: 'SELECT A FROM {batch}' } },
      'must read: SELECT * FROM {batch} WHERE <condition>',
    ],
    [
      'a query that goes on',
      {
        type: 'unexpected_rows_expectation',
        kwargs: { unexpected_rows_query: 'SELECT * FROM {batch} WHERE A; drop table B' },
      },
      'must read',
    ],
  ])('is refused by name for %s', (_, expectation, named) => {
    expect(() => compile(expectation)).toThrow(Defect);
    expect(() => compile(expectation)).toThrow(named);
  });

  it('is refused without the key of its orders', () => {
    expect(() => compileSuite('x.extracted', { meta: {}, expectations: [] })).toThrow(
      /suite x\.extracted: .*meta\.key/s,
    );
  });
});
