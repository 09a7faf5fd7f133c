import { describe, expect, it } from '@jest/globals';
import { BatchExtracted } from '../../../events/batch-extracted.v1.ts';
import { example } from '../../../shared/testing/examples.ts';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { columnsOf } from '../results/columns-of.ts';
import { findResults } from '../results/find-results.ts';
import { isMostlyMet, rowFigures } from '../results/row-figures.ts';
import { suiteResult } from '../results/suite-result.ts';
import { verdictOf, verdictText } from '../results/verdict.ts';
import { compileSuite } from '../suites/compile-suite.ts';

const expectGolden = golden(import.meta.url);
const batch = example(BatchExtracted);
const table = batch.data.table;
const suite = compileSuite('x', {
  name: 'goods',
  meta: { key: 'ID', version: 3 },
  expectations: [
    { type: 'expect_column_values_to_not_be_null', kwargs: { column: 'A', mostly: 0.9 }, id: 'one' },
    { type: 'expect_column_max_to_be_between', kwargs: { column: 'B', max_value: 9 } },
    { type: 'expect_column_to_exist', kwargs: { column: 'C' }, meta: { severity: 'warn' } },
  ],
});
const sums = { ROWS_JUDGED: '10', BROKEN_1: '1', OBSERVED_2: '"Ann"', MET_2: false };

describe('a result', () => {
  it("has Great Expectations' format, and holds no text out of the data", () => {
    const findings = findResults(suite, sums, [{ name: 'C', type: 'TEXT', scale: null }]);

    const result = suiteResult({ suite, stage: 'extracted', batch, table, findings, now: new Date(0) });

    expect(result).toMatchObject({
      success: false,
      suite_name: 'goods',
      statistics: { evaluated_expectations: 3, successful_expectations: 2, unsuccessful_expectations: 1 },
      meta: { validation_time: '1970-01-01T00:00:00.000Z', suite_version: '3' },
    });
    expect(result.results).toMatchObject([
      {
        success: true,
        expectation_config: { type: 'expect_column_values_to_not_be_null', id: 'one', kwargs: { mostly: 0.9 } },
        result: { element_count: 10, unexpected_count: 1, unexpected_percent: 10, partial_unexpected_list: [] },
        exception_info: { raised_exception: false },
      },
      { success: false, result: { observed_value: 'a text of 3 characters' } },
      { success: true, expectation_config: { meta: { severity: 'warn' } }, result: { observed_value: null } },
    ]);
  });

  it('stops the batch with what was expected and observed', () => {
    const verdict = verdictOf('extracted', findResults(suite, sums, []))!;

    expect(verdict).toEqual({
      stage: 'extracted',
      broken: 1,
      expectations: [
        {
          rule: 'expect_column_max_to_be_between',
          column: 'B',
          expected: '{"max_value":9}',
          observed: '"a text of 3 characters"',
        },
      ],
    });
    expect(verdictText(verdict)).toBe(
      'extracted rows: expect_column_max_to_be_between of B expects {"max_value":9}, observed "a text of 3 characters"',
    );
    expect(verdictOf('extracted', findResults(suite, { ...sums, MET_2: true }, []))).toBeUndefined();
  });

  it('asks for the columns only where an expectation is about them', async () => {
    const row = { COLUMN_NAME: 'A', DATA_TYPE: 'NUMBER', NUMERIC_SCALE: '2' };
    const warehouse = fakeWarehouse({ 'list-columns': [row] });

    expect(await columnsOf(warehouse, suite, table, batch)).toEqual([{ name: 'A', type: 'NUMBER', scale: 2 }]);
    expect(await columnsOf(warehouse, { expectations: suite.expectations.slice(0, 2) }, table, batch)).toEqual([]);
    expect(warehouse.statements).toHaveLength(1);
    expectGolden(warehouse.statements[0]);
  });
});

describe('the figures of rows', () => {
  it.each<[string, [number, number | null, number], object]>([
    ['nothing missing', [4, 0, 1], { missing_percent: 0, unexpected_percent: 25, unexpected_percent_total: 25 }],
    ['some missing', [4, 2, 1], { missing_percent: 50, unexpected_percent: 50, unexpected_percent_total: 25 }],
    ['all missing', [4, 4, 0], { missing_percent: 100, unexpected_percent: null, unexpected_percent_total: 0 }],
    ['no rows', [0, 0, 0], { missing_percent: null, unexpected_percent: null, unexpected_percent_total: null }],
    ['no such thing as missing', [4, null, 1], { unexpected_percent: 25 }],
  ])('with %s', (_, [rows, missing, unexpected], figures) => {
    expect(rowFigures({ rows, missing, unexpected, mostly: 1 })).toMatchObject(figures);
  });

  it.each([
    [10, 1, 0.9, true],
    [10, 2, 0.9, false],
    [3, 1, 2 / 3, true],
    [0, 0, 1, true],
  ])('of %d rows, %d unexpected, meet mostly %d: %s', (rows, unexpected, mostly, met) => {
    expect(isMostlyMet({ rows, missing: 0, unexpected, mostly })).toBe(met);
  });
});
