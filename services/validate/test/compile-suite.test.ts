import { describe, expect, it } from '@jest/globals';
import { Defect } from '../../../shared/errors.ts';
import { judgingOf } from '../sql/judging.ts';
import { compileSuite, readSuite } from '../suites/compile-suite.ts';
import { KINDS, REFUSED } from '../suites/kinds.ts';

const compile = (...expectations: unknown[]) => compileSuite('x.extracted', { meta: { key: 'ID' }, expectations });
const broken = (type: string, kwargs: object) => {
  const { windows, broken: found } = judgingOf(compile({ type, kwargs }));
  const { text, binds } = windows[0]?.value ?? found.get(0)!;
  return [text, binds];
};

describe('an expectation on rows becomes a predicate for those that break it', () => {
  it.each<[string, object, string, unknown[]]>([
    ['expect_column_values_to_not_be_null', { column: 'A' }, 't."A" is null', []],
    ['expect_column_values_to_be_null', { column: 'A"B' }, 't."A""B" is not null', []],
    ['expect_column_values_to_be_between', { column: 'A', min_value: 1 }, 't."A" < 1', []],
    ['expect_column_values_to_be_between', { column: 'a', max_value: '2026-01-01' }, 't."A" > ?', ['2026-01-01']],
    [
      'expect_column_values_to_be_between',
      { column: 'A', min_value: 0, max_value: 9, strict_max: true, row_condition: "b == 'x' and not C.isnull()" },
      '((t."B" = ? and not (t."C" is null))) and (t."A" < 0 or t."A" >= 9)',
      ['x'],
    ],
    ['expect_column_values_to_be_in_set', { column: 'A', value_set: ["x'", 2] }, 'not (t."A" in (?, ?))', ["x'", '2']],
    [
      'expect_column_values_to_match_regex',
      { column: 'A', regex: '^\\d+$' },
      'not (regexp_instr(t."A"::varchar, ?) > 0)',
      ['^\\d+$'],
    ],
    [
      'expect_compound_columns_to_be_unique',
      { column_list: ['A', 'B'] },
      '(t."A" is not null and t."B" is not null and count(*) over (partition by t."A", t."B") > 1)',
      [],
    ],
    [
      'unexpected_rows_expectation',
      { unexpected_rows_query: 'select * from {batch}\nwhere A > B or C is null;\n' },
      '(A > B or C is null)',
      [],
    ],
  ])('%s %j', (type, kwargs, text, binds) => {
    expect(broken(type, kwargs)).toEqual([text, binds]);
  });

  it.each(KINDS.map((it) => [it.type, it] as const))('%s takes what its documentation shows', (type, { example }) => {
    expect(compile({ type, kwargs: example }).expectations).toHaveLength(1);
  });
});

describe('a suite', () => {
  it("is read in Great Expectations' older spelling too, with what only says how results are told", () => {
    const suite = readSuite('x', {
      expectation_suite_name: 'goods.warning',
      ge_cloud_id: null,
      data_asset_type: 'Dataset',
      meta: { great_expectations_version: '0.15.50' },
      expectations: [
        {
          expectation_type: 'expect_column_values_to_not_be_null',
          kwargs: { column: 'A', result_format: 'COMPLETE', mostly: 0.9 },
          meta: {},
        },
      ],
    });

    expect(suite).toMatchObject({ name: 'goods.warning', expectations: [{ column: 'A', mostly: 0.9 }] });
    expect(suite.key).toBeUndefined();
  });

  it('fills in its parameters, in either spelling, and what stands beside their names', () => {
    const expectations = [
      {
        type: 'expect_column_values_to_be_between',
        kwargs: {
          column: 'A',
          min_value: { $PARAMETER: 'least' },
          max_value: { $PARAMETER: 'most', '$PARAMETER.most': 9 },
        },
      },
      { type: 'expect_column_values_to_be_in_set', kwargs: { column: 'A', value_set: [1, { $PARAMETER: 'least' }] } },
    ];
    const kwargs = (parameters: object) =>
      readSuite('x', { ...parameters, expectations }).expectations.map((it) => it.kwargs);

    expect(kwargs({ suite_parameters: { least: 2 } })).toMatchObject([
      { min_value: 2, max_value: 9 },
      { value_set: [1, 2] },
    ]);
    expect(kwargs({ evaluation_parameters: { least: 2 } })).toEqual(kwargs({ suite_parameters: { least: 2 } }));
    expect(() => kwargs({})).toThrow('kwargs takes $PARAMETER least, which the suite gives no value');
  });

  it('may expect nothing', () => {
    expect(compile()).toEqual({ key: 'ID', name: 'x.extracted', version: '1', expectations: [] });
  });

  it.each<[object, string]>([
    [{}, 'quarantine'],
    [{ meta: { severity: 'fail' } }, 'fail'],
    [{ meta: { severity: 'warn' } }, 'warn'],
    [{ severity: 'critical' }, 'quarantine'],
    [{ severity: 'warning' }, 'warn'],
  ])('says by %j that what breaks it is for %s', (more, severity) => {
    const type = 'expect_column_values_to_not_be_null';
    expect(compile({ type, kwargs: { column: 'A' }, ...more }).expectations[0]!.severity).toBe(severity);
  });

  it('stops the batch by what is about the whole of it', () => {
    const type = 'expect_column_sum_to_be_between';
    const of = (meta: object) => compile({ type, kwargs: { column: 'A', min_value: 1 }, meta });

    expect(of({}).expectations[0]!.severity).toBe('fail');
    expect(() => of({ severity: 'quarantine' })).toThrow('holds no document back');
  });

  const NOT_NULL = 'expect_column_values_to_not_be_null';
  const OWN = 'unexpected_rows_expectation';
  it.each<[string, unknown, string]>([
    [
      'an unknown kind',
      { type: 'expect_magic', kwargs: {} },
      'expectations[0] expect_magic: unknown expectation; docs/expectations.md',
    ],
    [
      'a slip',
      { type: 'expect_column_values_to_be_in_sets', kwargs: {} },
      '(is expect_column_values_to_be_in_set meant?)',
    ],
    ['no kind', { kwargs: {} }, 'expectations[0] (no type): unknown expectation'],
    ['no object', 'x', 'expectations[0]: '],
    ['a keyword it would have to ignore', { type: NOT_NULL, kwargs: { column: 'A', ties_okay: true } }, 'ties_okay'],
    ['a missing column', { type: NOT_NULL, kwargs: {} }, 'kwargs.column'],
    ['a share that is none', { type: NOT_NULL, kwargs: { column: 'A', mostly: 1.1 } }, 'kwargs.mostly'],
    [
      'a severity nobody knows',
      { type: NOT_NULL, kwargs: { column: 'A' }, severity: 'dire' },
      'severity must be one of',
    ],
    [
      'a range upside down',
      { type: 'expect_column_max_to_be_between', kwargs: { column: 'A', min_value: 2, max_value: 1 } },
      'min_value is greater than max_value',
    ],
    ['no range', { type: 'expect_column_values_to_be_between', kwargs: { column: 'A' } }, 'both missing'],
    [
      'no pattern',
      { type: 'expect_column_values_to_match_regex', kwargs: { column: 'A', regex: '(' } },
      'kwargs.regex: no regular expression',
    ],
    [
      'a pattern Snowflake can not match',
      { type: 'expect_column_values_to_match_regex', kwargs: { column: 'A', regex: '^(?!x)' } },
      'can not look ahead',
    ],
    [
      'a type that is none',
      { type: 'expect_column_values_to_be_of_type', kwargs: { column: 'A', type_: 'Grape' } },
      'no type is called Grape',
    ],
    [
      'a parameter without a value',
      { type: 'expect_table_row_count_to_equal', kwargs: { value: { $PARAMETER: 'n' } } },
      'takes $PARAMETER n, which the suite gives no value',
    ],
    [
      'a condition with a function',
      { type: NOT_NULL, kwargs: { column: 'A', row_condition: 'sleep(9) > 1' } },
      'row_condition expected a comparison at character 6: (',
    ],
    [
      'two statements',
      { type: OWN, kwargs: { unexpected_rows_query: 'SELECT * FROM {batch} WHERE A; drop table B' } },
      'semicolon',
    ],
    [
      'what does not read',
      { type: OWN, kwargs: { unexpected_rows_query: 'DELETE FROM {batch}' } },
      'must be one SELECT',
    ],
    [
      'a way out',
      { type: OWN, kwargs: { unexpected_rows_query: 'SELECT * FROM {batch} WHERE true) or (true' } },
      'closes a parenthesis',
    ],
  ])('is refused by name and place for %s', (_, expectation, named) => {
    expect(() => compile(expectation)).toThrow(Defect);
    expect(() => compile(expectation)).toThrow(named);
  });

  it.each(Object.entries(REFUSED))('is refused for %s, with the reason', (type, why) => {
    expect(() => compile({ type, kwargs: {} })).toThrow(`expectations[0] ${type}: is not judged here: ${why}`);
  });

  it('tells all that is wrong at once', () => {
    expect(() => compile({ type: 'expect_magic' }, { type: NOT_NULL, kwargs: { column: 'A' } }, { type: 'x' })).toThrow(
      /expectations\[0\].*\n.*expectations\[2\]/,
    );
  });

  it('is refused without the key of its orders', () => {
    expect(() => compileSuite('x.extracted', { expectations: [] })).toThrow(/suite x\.extracted: meta\.key/);
  });
});
