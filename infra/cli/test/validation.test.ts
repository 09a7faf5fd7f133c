import { describe, expect, it } from '@jest/globals';
import { validationLines } from '../commands/validation.ts';
import { validationHtml } from '../validation/html.ts';
import { passRate, type ExpectationResult, type Found } from '../validation/read.ts';
import { fakeTerminal } from './fake-terminal.ts';

const ofRows = (unexpected: number, column = 'QUANTITY'): ExpectationResult => ({
  success: unexpected === 0,
  expectation_config: {
    type: 'expect_column_values_to_be_between',
    kwargs: { column, min_value: 1 },
    meta: { severity: 'quarantine' },
  },
  result: {
    element_count: 2000,
    unexpected_count: unexpected,
    unexpected_percent: (unexpected / 2000) * 100,
    partial_unexpected_list: [],
  },
  meta: {},
  exception_info: { raised_exception: false, exception_message: null, exception_traceback: null },
});
const figure: ExpectationResult = {
  ...ofRows(0),
  success: false,
  expectation_config: {
    type: 'expect_table_row_count_to_equal',
    kwargs: { value: 1 },
    meta: { severity: 'fail' },
  },
  result: { observed_value: 2000 },
};
const found = (results: ExpectationResult[], outcome = 'held'): Found => ({
  batchId: 'B1',
  attempt: 1,
  stage: 'extracted',
  outcome,
  validatedAt: '2026-01-05 09:30:00',
  result: {
    suite_name: 'goods',
    results,
    statistics: { successful_expectations: 0, evaluated_expectations: results.length },
  } as unknown as Found['result'],
});

describe('a validation', () => {
  it('is a line an expectation; a share that is rounded never looks whole', () => {
    const lines = validationLines(fakeTerminal().terminal, found([ofRows(1), figure])).join('\n');

    expect(lines).toContain('extracted rows, attempt 1: held; 0 of 2 expectations are met');
    expect(lines).toMatch(/column_values_to_be_between +QUANTITY +99\.9% +1 of 2,000 unexpected +quarantine/);
    expect(lines).toMatch(/table_row_count_to_equal +- +0% +2000 +fail/);
    expect([ofRows(0), figure].map(passRate)).toEqual([100, 0]);
  });

  it('is a page that needs nothing from elsewhere and lets no markup in', () => {
    const hostile = ofRows(1, '<script>alert(1)</script>');
    const trend = [found([ofRows(500, '<script>alert(1)</script>')]), found([hostile])];

    const html = validationHtml('orders', 'B1', [{ found: trend[1]!, trend }]);

    expect(html).not.toMatch(/<script|https?:|src=|<link/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('aria-label="75.0%, 99.9%"');
  });

  it('marks the batches in red in which too many rows were bad, and says how many may be', () => {
    const mostly = (unexpected: number, success: boolean): ExpectationResult => {
      const it = ofRows(unexpected);
      const kwargs = { ...it.expectation_config.kwargs, mostly: 0.99 };
      return { ...it, success, expectation_config: { ...it.expectation_config, kwargs } };
    };
    const trend = [found([mostly(500, false)]), found([mostly(1, true)])];

    const html = validationHtml('orders', 'B1', [{ found: trend[1]!, trend }]);

    expect(html.match(/r="2.2" fill="var\(--\w+\)"/g)).toEqual(
      ['bad', 'good'].map((it) => `r="2.2" fill="var(--${it})"`),
    );
    expect(html).toContain('1 of 2,000 unexpected, at least 99% must be good');
  });
});
