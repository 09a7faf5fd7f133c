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

describe('a function whose body is a block of Snowflake Scripting', () => {
  beforeAll(async () => {
    for (const sql of [
      `CREATE FUNCTION profit_of(cost NUMBER(38, 2), revenue NUMBER(38, 2)) RETURNS NUMBER(38, 2) LANGUAGE SQL AS
       DECLARE profit NUMBER(38, 2) DEFAULT 0.0; BEGIN profit := revenue - cost; RETURN profit; END;`,
      `CREATE FUNCTION department(id INTEGER) RETURNS VARCHAR LANGUAGE SQL AS
       BEGIN IF (id < 3) THEN RETURN 'Engineering'; ELSEIF (id = 3) THEN RETURN 'Tool Design'; ELSE RETURN 'Marketing'; END IF; END;`,
      `CREATE FUNCTION count_to(target INTEGER) RETURNS VARCHAR LANGUAGE SQL AS
       DECLARE counter INTEGER DEFAULT 0; total INTEGER DEFAULT 0;
       BEGIN WHILE (counter < target) DO counter := counter + 1; total := total + counter; END WHILE; RETURN counter || ': ' || total; END;`,
      `CREATE FUNCTION caught(n INTEGER) RETURNS VARCHAR LANGUAGE SQL AS
       DECLARE mine EXCEPTION (-20002, 'text');
       BEGIN IF (n > 0) THEN RAISE mine; END IF; RETURN 1 / n; EXCEPTION WHEN mine THEN RETURN 'caught: ' || sqlcode; END;`,
      'CREATE FUNCTION day_after(d DATE) RETURNS DATE LANGUAGE SQL AS $$ BEGIN RETURN DATEADD(day, 1, d); END $$',
    ])
      await client.run(sql);
  });

  it.each([
    ['profit_of(100, 110)', 10],
    ['(SELECT SUM(profit_of(price, x)) FROM purchases)', 10.25],
    ['department(2)', 'Engineering'],
    ['department(NULL)', 'Marketing'],
    ['count_to(10)', '10: 55'],
    ['caught(1)', 'caught: -20002'],
    [`day_after('2024-02-28')::VARCHAR`, '2024-02-29'],
    ['day_after(NULL)', null],
    ['(SELECT COUNT(*) FROM purchases WHERE department(product) = department(1))', 3],
  ])('%s is %s', async (expression, expected) => {
    expect(await value(expression)).toBe(expected);
  });

  it('ends the statement with what it does not catch', async () => {
    const refusal = await client.refusal('SELECT caught(0)');
    expect(refusal).toMatchObject({ code: '100051' });
    expect(refusal.message).toContain("Uncaught exception of type 'EXPRESSION_ERROR'");
  });

  it.each([
    ['BEGIN LET x := (SELECT 1); RETURN x; END', 'SQL statements in a Snowflake Scripting function'],
    ['BEGIN IF (TRUE) THEN DELETE FROM t; END IF; END', 'a SQL statement in a Snowflake Scripting function'],
    ['DECLARE r RESULTSET; BEGIN RETURN 1; END', 'resultset in a Snowflake Scripting function'],
  ])('is refused for %s', async (body, feature) => {
    expect((await client.refusal(`CREATE FUNCTION f() RETURNS INT LANGUAGE SQL AS ${body}`)).message).toContain(
      feature,
    );
  });
});

describe('a function in JavaScript', () => {
  const define = (signature: string, returns: string, body: string, clauses = ''): Promise<unknown> =>
    client.run(
      `CREATE OR REPLACE FUNCTION ${signature} RETURNS ${returns} LANGUAGE JAVASCRIPT ${clauses} AS $$${body}$$`,
    );

  it.each([
    ['(a ARRAY)', 'ARRAY', 'return A.sort();', `f(PARSE_JSON('[2,4,5,3,1]'))`, [1, 2, 3, 4, 5]],
    ['(n FLOAT)', 'FLOAT', 'return N <= 1 ? 1 : N * F(N - 1);', 'f(5)', 120],
    ['(n FLOAT)', 'VARCHAR', 'return N;', 'f(-4730168494964875235)', '-4730168494964875000'],
    ['(n FLOAT)', 'VARCHAR', 'return String(N);', `f('inf'::FLOAT)`, 'Infinity'],
    [
      '(d DATE)',
      'VARCHAR',
      'D.setDate(D.getDate() + 1); return D.toDateString();',
      `f('2024-02-28')`,
      'Thu Feb 29 2024',
    ],
    ['(d DATE)', 'VARCHAR', 'return typeof D;', 'f(NULL)', 'undefined'],
    ['(b BINARY)', 'BINARY', 'return B.reverse();', `f(TO_BINARY('0102', 'HEX'))::VARCHAR`, '0201'],
    [
      '(v VARIANT)',
      'VARCHAR',
      'return V === undefined ? "SQL" : V === null ? "variant" : V;',
      `f(PARSE_JSON('null'))`,
      'variant',
    ],
    [
      '(v VARIANT)',
      'VARCHAR',
      'return V === undefined ? "SQL" : V === null ? "variant" : V;',
      'f(NULL::VARIANT)',
      'SQL',
    ],
    ['(v VARIANT)', 'VARIANT', 'return {key1: undefined, key2: null};', 'f(3)', { key2: null }],
    ['(v VARIANT)', 'VARIANT', 'return null;', 'TYPEOF(f(3))', 'NULL_VALUE'],
    ['(b BOOLEAN)', 'BOOLEAN', 'return !B;', 'f(FALSE)', true],
    ['(n FLOAT)', 'FLOAT', 'return N + 1;', `(SELECT SUM(f(column1)) FROM VALUES (1), (2))`, 5],
  ])('%s returning %s by %s: %s', async (parameters, returns, body, call, expected) => {
    await define(`f${parameters}`, returns, body);
    expect(await value(call)).toEqual(expected);
    await client.run(`DROP FUNCTION f${parameters.replace(/\w+ /, '')}`);
  });

  it('gives a timestamp back as the clock of its session showed it, to the millisecond', async () => {
    await define('same(t TIMESTAMP_NTZ)', 'TIMESTAMP_NTZ', 'return T;');
    expect(await value(`same('2024-07-01 10:11:12.123456')::VARCHAR`)).toBe('2024-07-01 10:11:12.123');
  });

  it('is evaluated for each row, also where rows are stored', async () => {
    await define('any()', 'FLOAT', 'return Math.random();');
    expect(await value('(SELECT COUNT(DISTINCT any()) FROM TABLE(GENERATOR(ROWCOUNT => 5000)))')).toBe(5000);
    await define('twice(n FLOAT)', 'FLOAT', 'return 2 * N;', 'STRICT');
    await client.run('CREATE OR REPLACE TABLE doubled AS SELECT twice(column1) AS n FROM VALUES (1), (NULL)');
    expect(await client.run('SELECT n FROM doubled ORDER BY 1')).toEqual([{ N: 2 }, { N: null }]);
  });

  it('fails with its own words, and when it does not end', async () => {
    await define('fussy(n FLOAT)', 'FLOAT', `\nif (N > 2) throw new Error('too big'); return N;`);
    expect(await client.refusal('SELECT fussy(column1) FROM VALUES (1), (3)')).toMatchObject({
      code: '100132',
      sqlState: 'P0000',
      message: `JavaScript execution error: Uncaught Error: too big in FUSSY at 'if (N > 2) throw new Error('too big'); return N;' position 11\nstackstrace: \nFUSSY line: 2`,
    });
  });

  it('returns a table: for each row that comes in, those that it writes', async () => {
    await define(
      'numbered(prefix VARCHAR, first FLOAT, last FLOAT)',
      'TABLE (name VARCHAR, n FLOAT)',
      `{ processRow: function (row, rowWriter, context) {
           for (var n = row.FIRST; n <= row.LAST; n++) rowWriter.writeRow({NAME: row.PREFIX + '.' + n, N: n}); } }`,
    );
    expect(await client.run(`SELECT name FROM TABLE(numbered('a', 1, 2))`)).toEqual([{ NAME: 'a.1' }, { NAME: 'a.2' }]);
    const joined = `SELECT t.p, f.n FROM (VALUES ('x', 2), ('y', 1)) AS t(p, top), TABLE(numbered(t.p, 1, t.top)) AS f ORDER BY 1, 2`;
    expect(await client.run(joined)).toEqual([
      { P: 'x', N: 1 },
      { P: 'x', N: 2 },
      { P: 'y', N: 1 },
    ]);
    await define(
      'summed(text VARCHAR)',
      'TABLE (n FLOAT)',
      `{ initialize: function () { this.sum = 0; },
         processRow: function (row, writer) { this.sum += row.TEXT.length; writer.writeRow({N: row.TEXT.length}); },
         finalize: function (writer) { writer.writeRow({N: 10 * this.sum}); } }`,
    );
    expect(await client.run(`SELECT * FROM TABLE(summed('ABC'))`)).toEqual([{ N: 3 }, { N: 30 }]);
  });

  it('is told the rows of a table partition by partition', async () => {
    await client.run(
      `CREATE OR REPLACE TABLE parts AS SELECT column1 AS p, column2 AS s FROM VALUES (1, 'michael'), (1, 'kelly'), (2, 'clara')`,
    );
    const all = [
      { P: 1, S: 'michael', N: 7 },
      { P: 1, S: 'kelly', N: 5 },
      { P: 2, S: 'clara', N: 5 },
    ];
    expect(await client.run('SELECT * FROM parts, TABLE(summed(s))')).toEqual([...all, { P: null, S: null, N: 170 }]);
    expect(
      await client.run(
        'SELECT t.p, t.s, f.n FROM parts AS t, TABLE(summed(t.s) OVER (PARTITION BY t.p ORDER BY t.s)) AS f ORDER BY p, n',
      ),
    ).toEqual([all[1], all[0], { P: 1, S: null, N: 120 }, all[2], { P: 2, S: null, N: 50 }]);
    expect(await client.run('SELECT n FROM parts, TABLE(summed(s) OVER ()) WHERE s IS NULL')).toEqual([{ N: 170 }]);
  });

  it('is described, and written as DDL', async () => {
    await define('plain()', 'FLOAT', 'return 1;', 'STRICT IMMUTABLE');
    expect(await client.run('DESCRIBE FUNCTION plain()')).toEqual(
      expect.arrayContaining([
        { property: 'language', value: 'JAVASCRIPT' },
        { property: 'null handling', value: 'RETURNS NULL ON NULL INPUT' },
        { property: 'body', value: 'return 1;' },
      ]),
    );
    expect(await value(`GET_DDL('FUNCTION', 'plain()')`)).toBe(
      `CREATE OR REPLACE FUNCTION "PLAIN"()\nRETURNS FLOAT\nLANGUAGE JAVASCRIPT\nSTRICT\nAS 'return 1;';`,
    );
  });
});
