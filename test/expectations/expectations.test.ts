import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../infra/local/warehouse/test/client.ts';
import { TableRef } from '../../events/contract.ts';
import type { Finding } from '../../services/validate/results/find-results.ts';
import { judgeRows } from '../../services/validate/sql/judge-rows.ts';
import { compileSuite } from '../../services/validate/suites/compile-suite.ts';
import { KINDS } from '../../services/validate/suites/kinds.ts';
import { createTables, judge, type Judged } from './bench-table.ts';
import { FIGURE_CASES } from './figure-cases.ts';
import { ROW_CASES } from './row-cases.ts';

const CASES = [...ROW_CASES, ...FIGURE_CASES];
const expectations = CASES.map(([type, kwargs]) => ({ type, kwargs }));
const fixture = new Fixture();
let client: Client;
let goods: Judged;
let empty: Judged;
beforeAll(async () => {
  client = await fixture.start();
  await createTables(client);
  goods = await judge(client, 'GOODS', expectations);
  empty = await judge(client, 'EMPTY', expectations);
});
afterAll(() => fixture.stop());

const countsOf = ({ result }: Finding) =>
  'element_count' in result ? [result.unexpected_count, result.missing_count ?? null] : [result.observed_value];

describe('an expectation', () => {
  it.each(CASES.map((it, index) => [it[0], JSON.stringify(it[1]), index] as const))(
    '%s %s comes to what Great Expectations says',
    (_, __, index) => {
      const [, , success, ...figures] = CASES[index]!;

      const found = goods.findings[index]!;

      expect({ success: found.success, figures: countsOf(found) }).toEqual({ success, figures });
    },
  );

  it('is met by no rows at all where it is on rows, and has no figure where it is on one', () => {
    const onRows = empty.findings.filter((it) => 'element_count' in it.result);

    expect(onRows.filter((it) => !it.success)).toEqual([]);
    for (const { result } of onRows)
      expect(result).toMatchObject({ element_count: 0, unexpected_count: 0, unexpected_percent: null });
    const observed = (type: string) => empty.findings.find((it) => it.expectation.rule === type);
    for (const type of ['max', 'min', 'sum', 'mean', 'median', 'stdev'].map(
      (it) => `expect_column_${it}_to_be_between`,
    ))
      expect(observed(type)).toMatchObject({ success: false, result: { observed_value: null } });
    expect(observed('expect_column_unique_value_count_to_be_between')).toMatchObject({ result: { observed_value: 0 } });
    expect(observed('expect_table_row_count_to_be_between')).toMatchObject({ result: { observed_value: 0 } });
  });

  it('is tried in each of its kinds, met and not met', () => {
    const tried = (met: boolean) => new Set(CASES.flatMap((it) => (it[2] === met ? [it[0]] : [])));
    const onLists = ['expect_table_columns_to_match_ordered_list', 'expect_table_columns_to_match_set'];
    const alias = ['expect_multicolumn_values_to_be_unique'];

    expect(KINDS.map((it) => it.type).filter((it) => !tried(true).has(it))).toEqual([...alias, ...onLists]);
    expect(KINDS.map((it) => it.type).filter((it) => !tried(false).has(it))).toEqual(onLists);
  });
});

describe('a suite', () => {
  it('takes one statement, which scans the rows once, however many expectations it has', () => {
    expect(goods.statements).toEqual(['judge-rows', 'list-columns']);
    expect(expectations.length).toBeGreaterThan(120);
    const queries = /most_common|unexpected_rows|other_table/;
    const suite = compileSuite('x', {
      meta: { key: 'ID' },
      expectations: expectations.filter((it) => !queries.test(it.type)),
    });
    const { text } = judgeRows({ suite, stage: 'extracted', from: TableRef.parse('TEST.PUBLIC.GOODS') });
    expect(text.match(/"GOODS"/g)).toHaveLength(1);
  });
});

describe('a hostile suite', () => {
  const EVIL = `x'"\\'); drop table GOODS; --`;

  it('does no harm by its values, patterns, conditions and names of types or formats', async () => {
    const { findings } = await judge(client, 'GOODS', [
      { type: 'expect_column_values_to_not_be_in_set', kwargs: { column: 'SKU', value_set: [EVIL, '$$', '?'] } },
      { type: 'expect_column_values_to_not_match_regex', kwargs: { column: 'SKU', regex: "'; drop table GOODS; --" } },
      { type: 'expect_column_values_to_not_match_like_pattern', kwargs: { column: 'SKU', like_pattern: EVIL } },
      { type: 'expect_column_values_to_match_strftime_format', kwargs: { column: 'NOTHING', strftime_format: EVIL } },
      { type: 'expect_column_max_to_be_between', kwargs: { column: 'SKU', min_value: '', max_value: `~${EVIL}` } },
      {
        type: 'expect_column_values_to_not_be_null',
        kwargs: {
          column: 'N',
          row_condition: { type: 'comparison', column: { name: 'SKU' }, operator: '==', parameter: EVIL },
        },
      },
    ]);

    expect(findings.map((it) => it.success)).toEqual(findings.map(() => true));
    expect(await client.run('select count(*) as N from GOODS')).toEqual([{ N: 10 }]);
  });

  it('names no column but one that is there, whatever is in the name', async () => {
    const type = 'expect_column_values_to_not_be_null';
    const kwargs = { column: 'N" is null) from GOODS; drop table GOODS; --' };

    await expect(judge(client, 'GOODS', [{ type, kwargs }])).rejects.toThrow(/invalid identifier/);
    expect(await client.run('select count(*) as N from GOODS')).toEqual([{ N: 10 }]);
  });
});

describe('an expectation on the list of columns', () => {
  const columns = ['ID', 'N', 'PRICE', 'SKU', 'COUNTRY', 'DAY', 'RISES', 'TEXT', 'A', 'B', 'NOTHING', 'F', 'U'];
  const ordered = (column_list: readonly string[] | null) => ({
    type: 'expect_table_columns_to_match_ordered_list',
    kwargs: { column_list },
  });
  const set = (column_set: readonly string[], exact_match?: boolean) => ({
    type: 'expect_table_columns_to_match_set',
    kwargs: { column_set, exact_match },
  });

  it('tells which are missing, unexpected or elsewhere', async () => {
    const { findings } = await judge(client, 'GOODS', [
      ordered(columns.map((it) => it.toLowerCase())),
      ordered(null),
      ordered(columns.toReversed()),
      set(columns.toReversed()),
      set(['SKU', 'N'], false),
      set(['SKU', 'N']),
      set(['SKU', 'GONE'], false),
    ]);

    expect(findings.map((it) => it.success)).toEqual([true, true, false, true, true, false, false]);
    const mismatched = [{ 'Expected Column Position': 0, Expected: 'U', Found: 'ID' }];
    expect(findings[2]!.result).toMatchObject({ details: { mismatched: expect.arrayContaining(mismatched) } });
    expect(findings[6]!.result).toMatchObject({ details: { mismatched: { missing: ['GONE'] } } });
  });
});
