import { beforeAll, describe, expect, it } from '@jest/globals';
import { init } from '@polyglot-sql/sdk';
import { PIPELINES as COORDINATED } from '../services/coordinator/pipelines/registry.ts';
import { LINEAGE } from '../services/extract/pipelines/definition.ts';
import { PIPELINES as EXTRACTED } from '../services/extract/pipelines/registry.ts';
import { PIPELINES as LOADED } from '../services/load/pipelines/registry.ts';
import { PIPELINES as TRANSFORMED } from '../services/transform/pipelines/registry.ts';
import { compileSuite } from '../services/validate/suites/compile-suite.ts';
import { PIPELINES as VALIDATED, suiteOf } from '../services/validate/suites/registry.ts';
import { NOT_AN_OBJECT, NOT_JSON } from '../services/extract/sql/defects.ts';
import { isUnreadable } from '../services/validate/sql/offenders.ts';
import { trusted } from '../shared/sql/statement.ts';
import { disagreements, type Parts } from '../infra/contracts/agreement.ts';
import { judgeQuery } from '../infra/contracts/query-columns.ts';

beforeAll(init);

const parts = (pipeline: string): Parts => ({
  extract: EXTRACTED.find((it) => it.pipeline === pipeline)!,
  transform: TRANSFORMED.find((it) => it.pipeline === pipeline)!,
  suites: { extracted: suiteOf(pipeline, 'extracted'), transformed: suiteOf(pipeline, 'transformed') },
  load: LOADED.find((it) => it.pipeline === pipeline)!,
});
const orders = parts('orders');
const rules = orders.transform.rules.text;
const withRules = (text: string): Parts => ({ ...orders, transform: { ...orders.transform, rules: trusted(text) } });
const withoutColumn = (name: string): Parts => ({
  ...orders,
  extract: { ...orders.extract, columns: orders.extract.columns.filter((it) => it.name !== name) },
});
const suite = (column: string) =>
  compileSuite('x', {
    meta: { key: 'ORDER_NUMBER' },
    expectations: [{ type: 'expect_column_values_to_not_be_null', kwargs: { column } }],
  });

describe('the owners of a pipeline', () => {
  it('all know the same pipelines', () => {
    const known = EXTRACTED.map((it) => it.pipeline);

    expect(TRANSFORMED.map((it) => it.pipeline)).toEqual(known);
    expect(LOADED.map((it) => it.pipeline)).toEqual(known);
    expect(VALIDATED).toEqual(known);
  });

  it('say the same about where its tables and tasks are', () => {
    expect(COORDINATED).toEqual(
      EXTRACTED.map(({ pipeline, schema, key, columns }) => {
        const from = (column: string) =>
          (columns.find((it) => it.name === column)!.from as unknown as { document: string[] }).document;
        const date = COORDINATED.find((it) => it.pipeline === pipeline)!.date.column;
        return { pipeline, schema, key: from(key), date: { document: from(date), column: date } };
      }),
    );
    for (const { pipeline, date } of COORDINATED) {
      const columns = LOADED.find((it) => it.pipeline === pipeline)!.columns;
      expect(columns).toContainEqual({ name: date.column, type: 'TIMESTAMP_NTZ' });
    }
  });

  it.each(EXTRACTED.map((it) => it.pipeline))('agree about %s', (pipeline) => {
    expect(disagreements(parts(pipeline))).toEqual([]);
  });

  it('agree on how a document is spelled that could not be read', () => {
    expect(isUnreadable.text).toContain(`in ('${NOT_JSON}', '${NOT_AN_OBJECT}')`);
  });
});

describe('a disagreement names the column, the file that needs it and the one that lacks it:', () => {
  const [extract, transform] = ['services/extract/pipelines/orders.ts', 'services/transform/pipelines/orders.sql'];
  const load = 'services/load/pipelines/orders.ts';

  it.each<[string, Parts, string]>([
    [
      'a column that rules read is not extracted',
      withoutColumn('UNIT_PRICE'),
      `${transform}: Unknown column UNIT_PRICE in table NORMALIZED (NORMALIZED is what ${extract} gives)`,
    ],
    [
      'rules read a column that an earlier part of them does not give',
      withRules(rules.replace('LINES.ORDER_DATE', 'LINES.ORDERED_ON')),
      `${transform}: Unknown column ORDERED_ON in table LINES (NORMALIZED is what ${extract} gives)`,
    ],
    [
      'rules read another table',
      withRules(rules.replace('FROM NORMALIZED', 'FROM OTHERS')),
      `${transform}: Unknown table OTHERS (NORMALIZED is what ${extract} gives)`,
    ],
    [
      'a column to load is not among what rules give',
      withRules(rules.replace('AS ORDER_MONTH', 'AS MONTH_OF_ORDER')),
      `${load} needs ORDER_MONTH, which ${transform} does not give`,
    ],
    [
      'rules leave out what tells documents apart',
      withRules(rules.replace('  LINES.*,', '  LINES.* EXCLUDE (ROW_VERSION),')),
      `services/validate/suites/orders.transformed.json needs ROW_VERSION, which ${transform} does not give`,
    ],
    [
      'rules give a column twice',
      withRules(rules.replace('  TOTALS.ORDER_TOTAL,', '  TOTALS.ORDER_TOTAL, LINES.SKU,')),
      `${transform} gives SKU twice`,
    ],
    [
      'a rule has no name',
      withRules(rules.replace(' AS IS_CANCELLATION', '')),
      `${transform}: Output column 2 has no name (NORMALIZED is what ${extract} gives)`,
    ],
    [
      'the first suite expects a column that is not extracted',
      { ...orders, suites: { ...orders.suites, extracted: suite('GROSS_AMOUNT') } },
      `services/validate/suites/orders.extracted.json: expect_column_values_to_not_be_null: Unknown column GROSS_AMOUNT in table JUDGED (${extract})`,
    ],
    [
      'the second suite expects a column that rules do not give',
      { ...orders, suites: { ...orders.suites, transformed: suite('DEFECTS') } },
      `services/validate/suites/orders.transformed.json: expect_column_values_to_not_be_null: Unknown column DEFECTS in table JUDGED (${transform})`,
    ],
    [
      'orders are replaced by a column that is not loaded',
      { ...orders, load: { ...orders.load, replaceBy: 'ORDER_ID' } },
      `${load} needs ORDER_ID, which ${load} does not give`,
    ],
    [
      'a column is of an element of nothing',
      { ...orders, extract: { ...orders.extract, explode: undefined } as unknown as Parts['extract'] },
      `${extract}: SKU is of an element, and nothing is exploded`,
    ],
    [
      'a column changes its type on the way',
      {
        ...orders,
        load: {
          ...orders.load,
          columns: orders.load.columns.map((it) => (it.name === 'QUANTITY' ? { ...it, type: 'VARCHAR' as const } : it)),
        },
      },
      `${load}: QUANTITY is a VARCHAR, but a NUMBER(10,0) where it is extracted (${extract})`,
    ],
  ])('%s', (_, disagreeing, message) => {
    expect(disagreements(disagreeing)).toContain(message);
  });

  it('rules that are no query', () => {
    expect(disagreements(withRules('SELECT FROM'))[0]).toContain(`${transform}: `);
    expect(disagreements(withRules('SELECT 1 AS A; SELECT 2 AS B'))[0]).toContain('2 statements where one is expected');
  });
});

describe('the columns of a query', () => {
  const tables = new Map([
    ['N', ['A', 'B']],
    ['M', ['B', 'C']],
  ]);

  it.each<[string, string[]]>([
    ['select * from N', ['A', 'B']],
    ['select n.*, m.c from N n join M m on n.b = m.b', ['A', 'B', 'C']],
    ['select * from N, M', ['A', 'B', 'B', 'C']],
    ['select * exclude (A) rename (B as D) from N', ['D']],
    ['select a as x, "low", n.b from (select a, b, 1 as "low" from N) n', ['X', 'low', 'B']],
    [
      'with Q as (select *, 1 as ONE from N), R as (select one from Q) select r.*, q.a from R cross join Q',
      ['ONE', 'A'],
    ],
    ['select a from N union all select c from M', ['A']],
    ['select s.* from (select * from M) s', ['B', 'C']],
  ])('%s', (text, columns) => {
    expect(judgeQuery(text, tables)).toEqual({ columns, faults: [] });
  });

  it('is known for the lineage that extract appends', () => {
    expect(LINEAGE.map((it) => it.name)).toEqual([
      'FILE_NAME',
      'FILE_ROW_NUMBER',
      'ROW_VERSION',
      'BATCH_ID',
      'DEFECTS',
    ]);
  });
});
