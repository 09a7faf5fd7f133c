import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { TableRef } from '../../events/contract.ts';
import { openSession, type Session } from '../../infra/cli/session.ts';
import { propose, type Proposal } from '../../infra/cli/suite/propose.ts';
import { startWarehouse, type StartedWarehouse } from '../../infra/local/warehouse/server.ts';
import { findResults } from '../../services/validate/results/find-results.ts';
import { judgeRows } from '../../services/validate/sql/judge-rows.ts';
import { listColumns, toJudgedColumn } from '../../services/validate/sql/list-columns.ts';
import { readSuite } from '../../services/validate/suites/compile-suite.ts';

const TABLE = TableRef.parse('TEST.PUBLIC.GOODS');
let warehouse: StartedWarehouse;
let session: Session;
const statements: string[] = [];
beforeAll(async () => {
  warehouse = await startWarehouse();
  session = await openSession(warehouse.url);
  await session.rows({ text: 'create database TEST' });
});
afterAll(async () => {
  await session.close();
  await warehouse.close();
});

/** Columns of every type, each out of the number of its row. */
const VALUES = [
  'N::number(38,0)',
  '(N * N - 40)::number(20,3)',
  '(N / 7 - 3)::float',
  'mod(N, 3)::number(3,0)',
  "'c' || mod(N, 4)",
  "iff(mod(N, 2) = 0, '', 'x''\"\\\\); drop table GOODS; -- ' || N)",
  "'mail' || N || '@example.com'",
  "lpad(N::varchar, 6, '0')",
  "to_char(dateadd(day, N, '2020-02-27'::date), 'DD/MM/YYYY')",
  "dateadd(day, N, '2020-02-27'::date)",
  "dateadd(hour, N, '1999-12-31 23:30:00'::timestamp_ntz)",
  'mod(N, 2) = 0',
  "parse_json('{\"n\": ' || N || '}')",
  "'{\"n\": ' || N || '}'",
  "repeat('long ', 30 + mod(N, 50))",
  'chr(9731) || chr(10) || N',
  'null::varchar',
  'null::number(10,2)',
];

const create = async (rows: number, columns: readonly (readonly [string, string])[]): Promise<void> => {
  const listed = columns.map(([column, value]) => `${value} as "${column.replaceAll('"', '""')}"`).join(', ');
  const numbers = `select row_number() over (order by null) - 1 as N from table(generator(rowcount => ${rows}))`;
  await session.rows({ text: `create or replace table ${TABLE} as select ${listed} from (${numbers})` });
};
const proposed = async (): Promise<Proposal> => {
  statements.length = 0;
  const rows: Session['rows'] = (it) => {
    statements.push((it as { name?: string }).name ?? it.text);
    return session.rows(it);
  };
  return (await propose({ rows }, TABLE, undefined))!;
};
/** What the suite of a file says about the table, as validate judges it. */
const unmet = async (text: string): Promise<readonly string[]> => {
  const { expectations } = readSuite('goods', JSON.parse(text));
  const [sums] = await session.rows(judgeRows({ suite: { expectations }, stage: 'transformed', from: TABLE }));
  const columns = (await session.rows(listColumns({ table: TABLE }))).map(toJudgedColumn);
  return findResults({ expectations }, sums!, columns).flatMap((it) => (it.success ? [] : [it.expectation.rule]));
};

describe('a proposed suite', () => {
  it('is met by the very table it was proposed from, whatever that holds', async () => {
    const column = fc.tuple(fc.constantFrom(...VALUES), fc.constantFrom(0, 0, 2, 20));
    const table = fc.tuple(fc.constantFrom(0, 1, 2, 30, 300), fc.array(column, { minLength: 1, maxLength: 7 }));
    const check = async ([rows, columns]: readonly [number, readonly (readonly [string, number])[]]): Promise<void> => {
      const named = columns.map(([value, gap], at) => {
        const name = ['A', 'B"C', 'Two words', 'small', 'ID', 'F', 'G'][at]!;
        return [name, gap === 0 ? value : `iff(mod(N, ${gap}) = 1, null, ${value})`] as const;
      });
      await create(rows, named);

      const { suite } = await proposed();

      expect(await unmet(JSON.stringify(suite))).toEqual([]);
      expect(statements.length).toBeLessThanOrEqual(4);
    };

    await fc.assert(fc.asyncProperty(table, check), { numRuns: 6, seed: 20260105 });
  });

  it('says of a table what somebody who knows it would say', async () => {
    await create(300, [
      ['ORDER_ID', 'floor(N / 3)::number(10,0)'],
      ['LINE', '(mod(N, 3) + 1)::number(10,0)'],
      ['EMAIL', "iff(mod(N, 50) = 7, null, 'mail' || floor(N / 2) || '@example.com')"],
      ['STATE', "iff(mod(N, 5) = 0, 'open', 'closed')"],
      ['PRICE', '(mod(N * 7, 100) + 0.5)::number(10,2)'],
      ['ON_DAY', "dateadd(day, mod(N, 40), '2024-03-05'::date)"],
      ['lost', 'N'],
    ]);

    const { suite, leftOut } = await proposed();

    const about = (type: string) =>
      suite.expectations.filter((it) => it.type === `expect_${type}`).map((it) => it.kwargs);
    expect(suite.meta).toMatchObject({ key: 'ORDER_ID', version: 1 });
    expect(about('compound_columns_to_be_unique')).toEqual([{ column_list: ['ORDER_ID', 'LINE'] }]);
    expect(about('column_values_to_match_regex')).toMatchObject([{ column: 'EMAIL' }]);
    expect(about('column_values_to_not_be_null')).toContainEqual({ column: 'EMAIL', mostly: 0.98 });
    expect(about('column_values_to_be_in_set')).toEqual([{ column: 'STATE', value_set: ['closed', 'open'] }]);
    expect(about('column_values_to_be_between')).toEqual([
      { column: 'ORDER_ID', min_value: 0, max_value: 200 },
      { column: 'LINE', min_value: 0, max_value: 5 },
      { column: 'PRICE', min_value: 0, max_value: 200 },
      { column: 'ON_DAY', min_value: '2024-01-01' },
    ]);
    expect(leftOut).toEqual(['lost']);
    expect(statements).toEqual(['list-columns', 'profile-table', 'profile-exactly', 'judge-rows']);
  });

  it('names the one column that is different in each row', async () => {
    await create(40, [
      ['SORT', 'mod(N, 5)::number(10,0)'],
      ['TICKET', "'T-' || N"],
    ]);

    const { suite } = await proposed();

    expect(suite.meta.key).toBe('TICKET');
    expect(suite.expectations.map((it) => it.type)).not.toContain('expect_compound_columns_to_be_unique');
  });
});
