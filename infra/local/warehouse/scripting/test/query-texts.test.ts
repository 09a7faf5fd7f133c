import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
  await client.run(
    `CREATE TABLE departments AS SELECT column1 AS deptno, column2 AS dname FROM VALUES (10, 'ACCOUNTING'), (20, 'RESEARCH')`,
  );
  await client.run(`SET (table_name, dept) = ('departments', '10')`);
});
afterAll(() => fixture.stop());

describe('TO_QUERY', () => {
  it.each([
    `'SELECT * FROM IDENTIFIER($table_name) WHERE deptno = TO_NUMBER(:dno)', dno => '10'`,
    `SQL => 'SELECT * FROM departments WHERE deptno = TO_NUMBER(:dno);', dno => $dept`,
    `'SELECT * FROM IDENTIFIER(:tab) -- of it', tab => 'departments'`,
    `'SELECT * FROM TABLE(TO_QUERY(''SELECT * FROM departments''))'`,
  ])('reads what a text selects: %s', async (args) => {
    expect(await client.run(`SELECT dname FROM TABLE(TO_QUERY(${args})) WHERE deptno < ?`, [15])).toEqual([
      { DNAME: 'ACCOUNTING' },
    ]);
  });

  it('takes binds, and the variables of a block, which says so only when it runs', async () => {
    expect(await client.run('SELECT COUNT(*) AS n FROM TABLE(TO_QUERY(?))', ['SELECT 1'])).toEqual([{ N: 1 }]);
    await client.run(
      `CREATE PROCEDURE counted(query VARCHAR) RETURNS TABLE () LANGUAGE SQL AS DECLARE res RESULTSET DEFAULT (SELECT COUNT(*) AS n FROM TABLE(TO_QUERY(:query))); BEGIN RETURN TABLE(res); END`,
    );
    expect(await client.run(`CALL counted('SELECT * FROM departments')`)).toEqual([{ N: 2 }]);
  });

  it.each([
    ['SELECT * FROM TABLE(TO_QUERY(NULL))', 'TO_QUERY of NULL'],
    [`SELECT * FROM TABLE(TO_QUERY('SELECT 1', '2'))`, 'Invalid arguments of TO_QUERY'],
    [`SELECT * FROM TABLE(TO_QUERY('SELECT :x'))`, 'x not set'],
    [`SELECT * FROM TABLE(TO_QUERY('DROP TABLE departments'))`, 'drop table'],
    [`CREATE VIEW v AS SELECT * FROM TABLE(TO_QUERY('SELECT 1'))`, 'TO_QUERY'],
  ])('refuses %s', async (sql, message) => {
    expect((await client.refusal(sql)).message).toContain(message);
  });
});

describe('TABLE(procedure(...)) in a body without quotes', () => {
  it('calls the procedure when the body runs, not when it is created', async () => {
    await client.run('CREATE TABLE calls (n INT)');
    await client.run(
      `CREATE PROCEDURE noted(n INT) RETURNS TABLE (n INT) LANGUAGE SQL AS BEGIN INSERT INTO calls VALUES (:n); LET r RESULTSET := (SELECT n FROM calls); RETURN TABLE(r); END`,
    );
    await client.run(
      'CREATE PROCEDURE noting() RETURNS INT LANGUAGE SQL AS DECLARE m INT DEFAULT 5; BEGIN SELECT n INTO :m FROM TABLE(noted(:m)); RETURN m; END',
    );
    expect(await client.run('SELECT n FROM calls')).toEqual([]);
    expect(await client.run('CALL noting()')).toEqual([{ NOTING: 5 }]);
  });
});
