import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
  await client.run('CREATE TABLE waiting AS SELECT column1 AS id FROM VALUES (1), (2), (3)');
});
afterAll(() => fixture.stop());

const block = async (sql: string): Promise<unknown> => Object.values((await client.run(sql))[0]!)[0];

describe('OUT arguments', () => {
  it('give what they end up as to the variables of the caller, as their own type', async () => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE doubled(plain NUMBER, x OUT NUMBER) RETURNS STRING LANGUAGE SQL AS BEGIN plain := 0; x := x * 2; RETURN 'Done'; END`,
    );
    expect(
      await block(
        `BEGIN LET a FLOAT := 500.662; LET b := 1; CALL doubled(:b, :a); RETURN a || ' ' || SYSTEM$TYPEOF(a) || b; END`,
      ),
    ).toBe('1002 FLOAT[DOUBLE]1');
    expect(await block(`BEGIN LET a INT; CALL doubled(x => :a, plain => 1); RETURN a; END`)).toBeNull();
    expect((await client.refusal(`BEGIN LET a := 1; CALL doubled(1, :a + 2); END`)).message).toContain(
      "Output argument 'X' takes a variable",
    );
    expect(await client.run(`SHOW PROCEDURES LIKE 'doubled'`)).toMatchObject([
      { arguments: 'DOUBLED(NUMBER, OUT NUMBER) RETURN VARCHAR' },
    ]);
  });

  it('take a total by SELECT INTO, with or without a colon', async () => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE counted(n OUT NUMBER) RETURNS STRING LANGUAGE SQL AS BEGIN SELECT COUNT(*) INTO n FROM waiting; END`,
    );
    expect(await block(`BEGIN LET x NUMBER(38,0); CALL counted(:x); RETURN x; END`)).toBe(3);
  });
});

describe('procedures inside a block', () => {
  it('share its variables, and call each other', async () => {
    const source = `DECLARE
      counter NUMBER := 0;
      by_ten PROCEDURE() RETURNS NUMBER AS DECLARE step NUMBER := 10; BEGIN counter := counter + step; END;
      by_more PROCEDURE(more NUMBER) RETURNS VARCHAR AS BEGIN counter := counter + more; CALL by_ten(); RETURN counter; END;
      seen VARCHAR;
    BEGIN
      CALL by_ten();
      CALL by_more(:counter + 5) INTO :seen;
      RETURN seen || ' ' || counter;
    END;`;
    expect(await block(source)).toBe('35 35');
    expect(await block(`EXECUTE IMMEDIATE $$ ${source} $$`)).toBe('35 35');
  });

  it('return tables', async () => {
    await client.run(`CREATE OR REPLACE PROCEDURE tabled() RETURNS TABLE() LANGUAGE SQL AS
      DECLARE
        res RESULTSET;
        inner_table PROCEDURE() RETURNS TABLE() AS
          DECLARE res2 RESULTSET; BEGIN res2 := (SELECT 1 AS col1 UNION ALL SELECT 2); RETURN TABLE(res2); END;
      BEGIN res := (CALL inner_table()); RETURN TABLE(res); END;`);
    expect(await client.run('CALL tabled()')).toEqual([{ COL1: 1 }, { COL1: 2 }]);
  });
});

describe('WITH ... AS PROCEDURE', () => {
  it('makes a procedure for one call', async () => {
    const sql = `WITH said AS PROCEDURE (message VARCHAR) RETURNS VARCHAR NOT NULL LANGUAGE SQL AS $$ BEGIN RETURN message; END; $$ CALL said(?)`;
    expect(await client.run(sql, ['Hello'])).toEqual([{ SAID: 'Hello' }]);
    expect(
      await block(
        `BEGIN LET x INT; LET n := 4; WITH p AS PROCEDURE (a INT) RETURNS INT LANGUAGE JAVASCRIPT AS 'return 1;' CALL p(:n) INTO :x; RETURN x; END`,
      ).catch((error: Error) => error.message),
    ).toContain("does not support type 'NUMBER(38,0)'");
    expect(await client.run(`SHOW PROCEDURES LIKE 'said'`)).toEqual([]);
  });
});

describe('asynchronous child jobs', () => {
  it('hand over their results, and their errors, when they are awaited', async () => {
    await client.run('CREATE OR REPLACE TABLE jobs (n INT)');
    const awaited = `DECLARE total INT DEFAULT 0; r RESULTSET DEFAULT ASYNC (SELECT 1 AS n);
      BEGIN
        FOR i IN 1 TO 3 DO ASYNC (INSERT INTO jobs VALUES (:i)); END FOR;
        AWAIT ALL;
        LET c CURSOR FOR r;
        FOR one IN c DO total := total + one.n; END FOR;
        RETURN total + (SELECT COUNT(*) FROM jobs);
      END`;
    expect(await block(awaited)).toBe(4);
    const failed = `BEGIN LET r RESULTSET := ASYNC (SELECT * FROM nowhere); LET x := 1; AWAIT r; RETURN x; EXCEPTION WHEN STATEMENT_ERROR THEN RETURN 'S ' || sqlcode; END`;
    expect(await block(failed)).toBe('S 2003');
    expect(await block(`BEGIN LET r RESULTSET := ASYNC (SELECT 1); CANCEL r; RETURN 'cancelled'; END`)).toBe(
      'cancelled',
    );
    expect(await client.refusal(`BEGIN LET r RESULTSET := ASYNC (SELECT 1); RETURN TABLE(r); END`)).toMatchObject({
      code: '100186',
    });
    const told = `BEGIN LET r RESULTSET := ASYNC (SELECT * FROM nowhere); RETURN SYSTEM$GET_RESULTSET_STATUS(r); END`;
    expect(await block(told)).toBe('FAILED_WITH_ERROR');
  });
});

describe('**', () => {
  it.each([
    [`SELECT LISTAGG(column1) AS r FROM VALUES ('a'), ('b'), ('c') WHERE column1 IN (** ['a', 'c'])`, 'ac'],
    [`SELECT COALESCE(** [NULL, NULL, 'x'], 'y') AS r`, 'x'],
    [`BEGIN LET a ARRAY := [3, 9, 4]; RETURN GREATEST(** a); END`, 9],
    [
      `DECLARE a ARRAY := ['it''s', 'b']; r INT; BEGIN SELECT COUNT(*) INTO :r FROM VALUES ('b'), ('it''s'), ('d') WHERE column1 IN (** :a); RETURN r; END`,
      2,
    ],
    [
      `DECLARE a ARRAY := []; r INT; BEGIN SELECT COUNT(*) INTO :r FROM VALUES ('b') WHERE column1 IN (** :a); RETURN r; END`,
      0,
    ],
  ])('spreads an array: %s', async (sql, expected) => {
    expect(await block(sql)).toBe(expected);
  });

  it('is refused of anything else', async () => {
    expect((await client.refusal('SELECT 1 IN (** x) FROM VALUES (1) AS t(x)')).message).toContain('** of anything');
  });
});

describe('procedures of one name', () => {
  it('are told apart by their arguments', async () => {
    for (const [parameters, said] of [
      ['a INT', 'int'],
      ['a VARCHAR', 'varchar'],
      [`a INT, b VARCHAR DEFAULT 'x'`, 'two'],
    ])
      await client.run(
        `CREATE PROCEDURE told(${parameters}) RETURNS VARCHAR LANGUAGE SQL AS BEGIN RETURN '${said}'; END`,
      );
    expect(await block('CALL told(1)')).toBe('int');
    expect(await block(`CALL told('1')`)).toBe('varchar');
    expect(await block(`CALL told(b => 'y', a => 1)`)).toBe('two');
    expect(await client.refusal('CALL told(NULL)')).toMatchObject({ code: '000002' });
    expect(await client.refusal('CALL told(c => 1)')).toMatchObject({ code: '002140' });
  });

  it('go with their session when they are temporary', async () => {
    await client.run('CREATE TEMPORARY PROCEDURE mine() RETURNS INT LANGUAGE SQL AS BEGIN RETURN 1; END');
    expect(await block('CALL mine()')).toBe(1);
    const other = await fixture.connect();
    await expect(other.run('CALL mine()')).rejects.toMatchObject({ code: '002140' });
    await client.run('DROP PROCEDURE mine()');
    await expect(client.run('CALL mine()')).rejects.toMatchObject({ code: '002140' });
  });
});

describe('TABLE(procedure(...))', () => {
  it('reads what a procedure returns', async () => {
    await client.run(`CREATE OR REPLACE PROCEDURE from_least(least INT) RETURNS TABLE (a INT) LANGUAGE SQL AS
      DECLARE r RESULTSET DEFAULT (SELECT column1 AS a FROM VALUES (1), (2), (3) WHERE column1 >= :least); BEGIN RETURN TABLE(r); END`);
    expect(await client.run('SELECT a FROM TABLE(from_least(?)) WHERE a > ?', [2, 2])).toEqual([{ A: 3 }]);
    expect(
      await client.run(
        'SELECT x.a FROM TABLE(from_least(2)) AS x JOIN TABLE(test.public.from_least(3)) AS y ON x.a = y.a',
      ),
    ).toEqual([{ A: 3 }]);
  });
});

describe('EXECUTE IMMEDIATE FROM', () => {
  const staged = async (name: string, text: string): Promise<void> => {
    const directory = await mkdtemp(join(tmpdir(), 'scripts-'));
    await writeFile(join(directory, name), text);
    await client.run(`PUT file://${join(directory, name)} @scripts AUTO_COMPRESS = FALSE`);
    await rm(directory, { recursive: true });
  };

  it('runs the statements of a staged file, and tells where one failed', async () => {
    await client.run('CREATE STAGE scripts');
    await staged(
      'good.sql',
      'CREATE OR REPLACE TABLE ran (a INT);\nBEGIN\n  INSERT INTO ran VALUES (1);\nEND;\nSELECT a FROM ran;',
    );
    await staged('bad.sql', 'SELECT 1;\n  SELECT * FROM nowhere;');
    await staged('template.sql', '--!jinja\nSELECT {{ a }};');
    expect(await client.run('EXECUTE IMMEDIATE FROM @scripts/good.sql')).toEqual([{ A: 1 }]);
    expect((await client.refusal(`EXECUTE IMMEDIATE FROM '@scripts/bad.sql'`)).message).toContain(
      "Uncaught exception of type 'STATEMENT_ERROR' in file bad.sql on line 2 at position 2:\nSQL compilation error:\nObject 'NOWHERE'",
    );
    for (const sql of [
      'EXECUTE IMMEDIATE FROM @scripts/template.sql',
      'EXECUTE IMMEDIATE FROM @scripts/good.sql USING (a => 1)',
    ])
      expect((await client.refusal(sql)).message).toContain('Jinja templates');
  });
});

describe('what a block returns', () => {
  it.each([
    [
      'a first value that decides what is kept later',
      'BEGIN LET n := 1.7777; n := 123.456789; RETURN n; END',
      123.456789,
    ],
    ['whole numbers of a first one', 'BEGIN LET n := 0; n := n + 1.5; RETURN n; END', 2],
    ['the counter of a loop, which is a text', 'BEGIN FOR i IN 1 TO 1 DO RETURN i; END FOR; END', '1'],
    ['what is computed from it, which is a number', 'BEGIN FOR i IN 1 TO 1 DO RETURN i + 1; END FOR; END', 2],
  ])('is %s', async (_, source, expected) => {
    expect(await block(source)).toBe(expected);
  });

  it.each([
    ['NUMBER(5,2)', '1.7777', 1.78],
    ['VARCHAR', 'x', '3'],
    ['NUMBER(5,2)', '(SELECT 1.7777)', 1.7777],
    ['VARCHAR', 'x + 1', 4],
  ])('is brought to %s by a procedure if it is a literal or a variable: %s', async (type, expression, expected) => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE gives() RETURNS ${type} LANGUAGE SQL AS DECLARE x NUMBER := 3; BEGIN RETURN ${expression}; END`,
    );
    expect(await block('CALL gives()')).toBe(expected);
  });
});

describe("a procedure with its owner's rights", () => {
  it.each([
    ['SET x = 1', 'SET'],
    ['USE SCHEMA public', 'USE'],
    [`ALTER SESSION SET QUERY_TAG = 'x'`, 'ALTER_SESSION'],
  ])('may not change its session: %s', async (statement, type) => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE changes() RETURNS INT LANGUAGE SQL AS BEGIN ${statement}; RETURN 1; END`,
    );
    expect((await client.refusal('CALL changes()')).message).toContain(`Unsupported statement type '${type}'`);
    await client.run('ALTER PROCEDURE changes() EXECUTE AS CALLER');
    expect(await block('CALL changes()')).toBe(1);
  });
});

describe('an error that nothing handles', () => {
  it.each([
    ['the value of a declaration', `DECLARE x INT := 1/0; BEGIN RETURN x; END`, 'EXPRESSION_ERROR', 17],
    ['the value of an assignment', `DECLARE x INT; BEGIN x := 1/0; RETURN x; END`, 'EXPRESSION_ERROR', 26],
    ['the value returned', `BEGIN RETURN 1/0; END`, 'EXPRESSION_ERROR', 13],
    ['the statement', `BEGIN SELECT 1/0; END`, 'STATEMENT_ERROR', 6],
    ['the query of a RESULTSET', `BEGIN LET r RESULTSET := (SELECT 1/0); END`, 'STATEMENT_ERROR', 25],
    ['the cursor', `DECLARE c CURSOR FOR SELECT 1/0; BEGIN OPEN c; END`, 'STATEMENT_ERROR', 39],
  ])('tells the place of %s', async (_, source, exception, position) => {
    expect((await client.refusal(source)).message).toBe(
      `Uncaught exception of type '${exception}' on line 1 at position ${position} : Division by zero`,
    );
  });
});

describe('what a block may not mean', () => {
  it.each([
    ['BEGIN LET x := 5; LET y := 1/0; EXCEPTION WHEN OTHER THEN RETURN x; END', '000904', "invalid identifier 'X'"],
    [
      `DECLARE x INT DEFAULT 1/0; BEGIN RETURN x; EXCEPTION WHEN OTHER THEN RETURN 0; END`,
      '100051',
      'Division by zero',
    ],
    [
      'DECLARE c CURSOR FOR SELECT 1 AS a; BEGIN FOR r IN c DO LET z := r.a; END FOR; END',
      '092228',
      "line 1 at position 56\n variable 'Z' cannot have its type inferred from initializer",
    ],
    ['DECLARE y := NULL; BEGIN RETURN y; END', '092228', "variable 'Y' cannot have its type inferred"],
  ])('is %s', async (source, code, message) => {
    const refused = await client.refusal(`EXECUTE IMMEDIATE '${source}'`);
    expect(refused).toMatchObject({ code });
    expect(refused.message).toContain(message);
  });

  it.each([
    ['TABLE (a INT)', 'RETURN 5;', "Declared return type 'TABLE' is incompatible with actual return type 'SCALAR'"],
    ['INT', 'RETURN TABLE(r);', "Declared return type 'SCALAR' is incompatible with actual return type 'TABLE'"],
    ['TABLE ()', 'LET x := 1;', 'stored procedure is missing a return statement'],
    ['TABLE (a FLOAT, b VARCHAR)', 'RETURN TABLE(r);', 'data type of returned table does not match expected'],
    ['TABLE (a INT)', 'RETURN TABLE(r);', 'data type of returned table does not match expected'],
  ])('is another result than that of RETURNS %s: %s', async (type, body, message) => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE odd() RETURNS ${type} LANGUAGE SQL AS DECLARE r RESULTSET DEFAULT (SELECT 1, 'x'); BEGIN ${body} END`,
    );
    expect((await client.refusal('CALL odd()')).message).toContain(message);
  });

  it('leaves a table that fits, under the names of its procedure', async () => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE fits() RETURNS TABLE ("a b" INT, c VARCHAR(3)) LANGUAGE SQL AS DECLARE r RESULTSET DEFAULT (SELECT 1 AS x, 'y' AS y); BEGIN RETURN TABLE(r); END`,
    );
    expect(await client.run('CALL fits()')).toEqual([{ 'a b': 1, C: 'y' }]);
    expect(await client.run('SELECT c FROM TABLE(fits())')).toEqual([{ C: 'y' }]);
  });
});
