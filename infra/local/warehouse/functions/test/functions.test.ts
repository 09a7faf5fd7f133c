import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture } from '../../test/client.ts';
import type { Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  await fixture.start();
  client = await fixture.connect();
  for (const sql of [
    'CREATE DATABASE shop',
    'CREATE TABLE purchases (product NUMBER, price NUMBER(10,2), x NUMBER)',
    'INSERT INTO purchases VALUES (1, 10.50, 7), (1, 2.25, 8), (2, 1, 9)',
    `CREATE FUNCTION area (radius FLOAT) RETURNS FLOAT AS 'pi() * radius * radius'`,
    'CREATE FUNCTION total (p NUMBER) RETURNS NUMBER(12,2) AS $$ SELECT SUM(price) FROM purchases WHERE product = p; $$',
    'CREATE FUNCTION plus (a NUMBER, b NUMBER DEFAULT 10) RETURNS NUMBER LANGUAGE SQL AS $$ a + b $$',
    "CREATE FUNCTION kind (a NUMBER) RETURNS VARCHAR AS $$ 'number' $$",
    "CREATE FUNCTION kind (a VARCHAR) RETURNS VARCHAR AS $$ 'text' $$",
    'CREATE SECURE FUNCTION twice (a NUMBER) RETURNS NUMBER AS $$ plus(a, a) $$',
    "CREATE FUNCTION known (a VARCHAR) RETURNS VARCHAR STRICT AS $$ COALESCE(a, 'none') $$",
    `CREATE FUNCTION priced (p NUMBER) RETURNS TABLE (what VARCHAR, price NUMBER(10,1)) AS $$ SELECT 'no ' || product, price FROM purchases WHERE product = p $$`,
  ])
    await client.run(sql);
});
afterAll(() => fixture.stop());

const value = async (expression: string): Promise<unknown> =>
  Object.values((await client.run(`SELECT ${expression}`))[0]!)[0];

describe('a SQL function', () => {
  it.each([
    ['ROUND(area(1.0), 3)', 3.142],
    ['total(1)', 12.75],
    ['total(3)', null],
    ['plus(1, 2)', 3],
    ['plus(1)', 11],
    ['plus(b => 5, a => 2)', 7],
    ['plus(1 + 1, 2) * 3', 12],
    ['kind(1)', 'number'],
    [`kind('1')`, 'text'],
    ['twice(4)', 8],
    ['shop.public.twice(twice(1))', 4],
    ['known(NULL)', null],
    [`known('a')`, 'a'],
    ['(SELECT SUM(plus(x, product)) FROM purchases)', 28],
    ['(SELECT SUM(total(product)) FROM (SELECT DISTINCT product FROM purchases))', 13.75],
    ['(SELECT COUNT(*) FROM purchases WHERE twice(x) > 14)', 2],
    ['(SELECT MAX(n) FROM (SELECT twice(product) AS p, COUNT(*) AS n FROM purchases GROUP BY 1))', 2],
  ])('%s is %s', async (expression, expected) => {
    expect(await value(expression)).toBe(expected);
  });

  it('sees its arguments and its own schema, not the columns of its caller', async () => {
    await expect(client.run('CREATE FUNCTION peeks () RETURNS NUMBER AS $$ x $$')).rejects.toMatchObject({
      code: '000904',
    });
  });

  it('is one of several that differ in their arguments, and goes alone', async () => {
    await client.run('DROP FUNCTION kind(VARCHAR)');

    expect(await value('kind(1)')).toBe('number');
    const shown = await client.run(`SHOW USER FUNCTIONS LIKE 'KIND'`);
    expect(shown.map((row) => row['arguments'])).toEqual(['KIND(NUMBER) RETURN VARCHAR']);
  });

  it('is replaced, and described', async () => {
    await client.run('CREATE OR REPLACE FUNCTION fresh (a NUMBER) RETURNS NUMBER AS $$ a $$');
    await client.run('CREATE OR REPLACE FUNCTION fresh (a NUMBER) RETURNS NUMBER AS $$ a + 1 $$');
    await client.run('CREATE FUNCTION IF NOT EXISTS fresh (a NUMBER) RETURNS NUMBER AS $$ 0 $$');

    expect(await value('fresh(1)')).toBe(2);
    const described = await client.run('DESCRIBE FUNCTION fresh(NUMBER)');
    expect(described.map((row) => row['property'])).toEqual(['signature', 'returns', 'language', 'body']);
  });

  it.each([
    ['SELECT plus()', '001044'],
    ['SELECT plus(1, 2, 3)', '001044'],
    ['SELECT nowhere(1)', '002140'],
    ['SELECT plus(RANDOM(), 1)', '000002'],
    ['CREATE FUNCTION sums (a NUMBER) RETURNS NUMBER AS $$ SUM(a) $$', '000002'],
    [
      `CREATE FUNCTION py (a NUMBER) RETURNS NUMBER LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'f' AS 'x'`,
      '000002',
    ],
    ['CREATE FUNCTION rows_of () RETURNS TABLE (a NUMBER) AS $$ SELECT 1, 2 $$', '000002'],
    ['SELECT priced(1)', '002140'],
    ['SELECT * FROM TABLE(plus(1))', '002140'],
    ['CREATE FUNCTION plus (a NUMBER, b NUMBER) RETURNS NUMBER AS $$ a $$', '002002'],
    ['CREATE OR REPLACE FUNCTION twice (a NUMBER) RETURNS NUMBER AS $$ nowhere(a) $$', '002140'],
  ])('%s fails with %s', async (sql, code) => {
    await expect(client.run(sql)).rejects.toMatchObject({ code });
  });
});

describe('a SQL table function', () => {
  it.each([
    [
      'SELECT what, price FROM TABLE(priced(1)) ORDER BY 2',
      [
        ['no 1', 2.3],
        ['no 1', 10.5],
      ],
    ],
    ['SELECT f.* FROM TABLE(priced(p => 2)) AS f', [['no 2', 1]]],
    ['SELECT t.n, f.price FROM (SELECT 2 AS n UNION ALL SELECT 3) t, TABLE(priced(t.n)) f', [[2, 1]]],
    ['SELECT t.n, SUM(f.price) FROM (SELECT 1 AS n) t, LATERAL priced(t.n) f GROUP BY 1', [[1, 12.8]]],
  ])('%s', async (sql, expected) => {
    expect((await client.run(sql)).map((row) => Object.values(row))).toEqual(expected);
  });
});
