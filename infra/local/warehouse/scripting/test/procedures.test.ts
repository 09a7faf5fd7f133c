import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
  await client.run('CREATE TABLE numbers (n INT, v VARIANT)');
});
afterAll(() => fixture.stop());

const block = async (sql: string): Promise<unknown> => Object.values((await client.run(sql))[0]!)[0];

describe('a procedure', () => {
  it('takes typed arguments, by place, name or default, and returns its type', async () => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE add_up(a NUMBER(10,2), b NUMBER DEFAULT 10) RETURNS NUMBER(12,2) LANGUAGE SQL AS $$ BEGIN RETURN a + b; END $$`,
    );
    expect(await client.run('CALL add_up(1.25, 2)')).toEqual([{ ADD_UP: 3.25 }]);
    expect(await client.run('CALL add_up(?)', [1])).toEqual([{ ADD_UP: 11 }]);
    expect(await client.run('CALL test.public.add_up(b => 1, a => 2)')).toEqual([{ ADD_UP: 3 }]);
    await expect(client.run('CALL add_up()')).rejects.toMatchObject({ code: '002140' });
    await expect(client.run(`CALL add_up('x')`)).rejects.toThrow("Numeric value 'x' is not recognized");
    expect(
      (await client.refusal('CREATE OR REPLACE PROCEDURE IF NOT EXISTS add_up() RETURNS INT AS BEGIN RETURN 1; END'))
        .message,
    ).toContain('options IF NOT EXISTS and OR REPLACE are incompatible');
  });

  it('claims rows in a transaction of its own and tells how many', async () => {
    await client.run('CREATE OR REPLACE TABLE waiting (id INT, batch VARCHAR)');
    await client.run('INSERT INTO waiting VALUES (1, NULL), (2, NULL), (3, NULL)');
    await client.run(`CREATE OR REPLACE PROCEDURE claim(threshold NUMBER) RETURNS VARCHAR LANGUAGE SQL EXECUTE AS OWNER AS $$
      DECLARE waiting_rows NUMBER DEFAULT 0; batch VARCHAR DEFAULT ''; claimed NUMBER;
      BEGIN
        SELECT COUNT(*) INTO :waiting_rows FROM waiting WHERE batch IS NULL;
        IF (waiting_rows > threshold) THEN
          batch := 'b' || waiting_rows;
          BEGIN TRANSACTION;
          UPDATE waiting SET batch = :batch WHERE batch IS NULL;
          claimed := SQLROWCOUNT;
          COMMIT;
        END IF;
        RETURN claimed || ' claimed as ' || batch;
      EXCEPTION WHEN OTHER THEN ROLLBACK; RAISE;
      END $$`);
    expect(await client.run('CALL claim(5)')).toEqual([{ CLAIM: null }]);
    expect(await client.run('CALL claim(2)')).toEqual([{ CLAIM: '3 claimed as b3' }]);
    expect(await client.run('SELECT DISTINCT batch FROM waiting')).toEqual([{ BATCH: 'b3' }]);
  });

  it('undoes its open transaction when it fails, and is told where', async () => {
    await client.run(`CREATE OR REPLACE PROCEDURE fails() RETURNS VARCHAR LANGUAGE SQL AS $$
BEGIN
  BEGIN TRANSACTION;
  DELETE FROM waiting;
  SELECT * FROM missing;
END $$`);
    const refusal = await client.refusal('CALL fails()');
    expect(refusal).toMatchObject({ code: '002003', sqlState: '42S02' });
    expect(refusal.message).toContain(
      "Uncaught exception of type 'STATEMENT_ERROR' on line 5 at position 2 : SQL compilation error:\nObject 'MISSING' does not exist or not authorized.",
    );
    expect(await client.run('SELECT COUNT(*) AS n FROM waiting')).toEqual([{ N: 3 }]);
  });

  it('must end the transactions that it begins', async () => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE leaves() RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN BEGIN TRANSACTION; DELETE FROM waiting; RETURN 'x'; END $$`,
    );
    await expect(client.run('CALL leaves()')).rejects.toThrow('is incomplete and it was rolled back');
    expect(await client.run('SELECT COUNT(*) AS n FROM waiting')).toEqual([{ N: 3 }]);
  });

  it('works inside the transaction of its caller, and may not end it', async () => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE inserts() RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN INSERT INTO waiting VALUES (9, 'x'); RETURN 'ok'; END $$`,
    );
    await client.run('BEGIN');
    await client.run('CALL inserts()');
    await client.run('ROLLBACK');
    expect(await client.run('SELECT COUNT(*) AS n FROM waiting')).toEqual([{ N: 3 }]);
    await client.run(
      `CREATE OR REPLACE PROCEDURE commits() RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN COMMIT; RETURN 'ok'; END $$`,
    );
    await client.run('BEGIN');
    await expect(client.run('CALL commits()')).rejects.toThrow('started at a different scope');
    await client.run('ROLLBACK');
  });

  it('runs in its own schema as owner, in that of its caller otherwise', async () => {
    await client.run('CREATE SCHEMA IF NOT EXISTS elsewhere');
    await client.run('USE SCHEMA public');
    await client.run(
      `CREATE OR REPLACE PROCEDURE place_of_owner() RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN CURRENT_SCHEMA(); END $$`,
    );
    await client.run(
      `CREATE OR REPLACE PROCEDURE place_of_caller() RETURNS VARCHAR LANGUAGE SQL EXECUTE AS CALLER AS $$ BEGIN RETURN CURRENT_SCHEMA(); END $$`,
    );
    await client.run('USE SCHEMA elsewhere');
    expect(await block('CALL public.place_of_owner()')).toBe('PUBLIC');
    expect(await block('CALL public.place_of_caller()')).toBe('ELSEWHERE');
    await client.run('USE SCHEMA public');
  });

  it('calls others, and itself', async () => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE factorial(n NUMBER) RETURNS NUMBER LANGUAGE SQL AS $$ DECLARE r NUMBER; BEGIN IF (n <= 1) THEN RETURN 1; END IF; CALL factorial(:n - 1) INTO :r; RETURN n * r; END $$`,
    );
    expect(await block('CALL factorial(5)')).toBe(120);
    await client.run(
      `CREATE OR REPLACE PROCEDURE forever() RETURNS NUMBER LANGUAGE SQL AS $$ BEGIN CALL forever(); END $$`,
    );
    await expect(client.run('CALL forever()')).rejects.toThrow('nested more than');
  });

  it('returns tables', async () => {
    await client.run(
      `CREATE OR REPLACE PROCEDURE listed(least NUMBER) RETURNS TABLE (id NUMBER, batch VARCHAR) LANGUAGE SQL AS $$ DECLARE rs RESULTSET; BEGIN rs := (SELECT id, batch FROM waiting WHERE id >= :least ORDER BY id); RETURN TABLE(rs); END $$`,
    );
    expect(await client.run('CALL listed(2)')).toEqual([
      { ID: 2, BATCH: 'b3' },
      { ID: 3, BATCH: 'b3' },
    ]);
  });

  it('is listed, described and dropped', async () => {
    expect(await client.run(`SHOW PROCEDURES LIKE 'add_up'`)).toMatchObject([
      { name: 'ADD_UP', min_num_arguments: 1, max_num_arguments: 2, arguments: 'ADD_UP(NUMBER, NUMBER) RETURN NUMBER' },
    ]);
    expect(
      (await client.run('DESC PROCEDURE add_up(NUMBER, NUMBER)')).find(({ property }) => property === 'signature'),
    ).toMatchObject({ value: '(A NUMBER, B NUMBER)' });
    expect(await client.run('DROP PROCEDURE add_up(NUMBER, NUMBER)')).toEqual([
      { status: 'ADD_UP successfully dropped.' },
    ]);
    await expect(client.run('CALL add_up(1)')).rejects.toMatchObject({ code: '002140' });
  });

  it('is refused in other languages and when it is not well formed', async () => {
    await expect(client.run(`CREATE PROCEDURE p() RETURNS VARCHAR LANGUAGE PYTHON AS 'x'`)).rejects.toThrow(
      "Unsupported feature 'LANGUAGE PYTHON'",
    );
    await expect(
      client.run(`CREATE PROCEDURE p() RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN IF x; END'`),
    ).rejects.toMatchObject({ code: '001003' });
  });
});

describe('an anonymous block', () => {
  it('runs as it stands or by EXECUTE IMMEDIATE', async () => {
    expect(await client.run(`BEGIN LET x := 40; RETURN x + 2; END`)).toEqual([{ 'anonymous block': 42 }]);
    expect(await client.run(`DECLARE x INT DEFAULT 1; BEGIN RETURN x; END;`)).toEqual([{ 'anonymous block': 1 }]);
    expect(await client.run(`EXECUTE IMMEDIATE $$ BEGIN RETURN 'a'; END $$`)).toEqual([{ 'anonymous block': 'a' }]);
    expect(await client.run(`EXECUTE IMMEDIATE 'SELECT ? + ? AS s' USING (1, 2)`)).toEqual([{ S: 3 }]);
    await client.run(`SET stmt = 'SELECT 5 AS five'`);
    expect(await client.run('EXECUTE IMMEDIATE $stmt')).toEqual([{ FIVE: 5 }]);
  });

  it('keeps the types of its values', async () => {
    expect(
      await block(
        `DECLARE d DATE DEFAULT '2024-02-29'; t TIMESTAMP_NTZ; BEGIN t := DATEADD('day', 1, d); RETURN TO_CHAR(t, 'YYYY-MM-DD HH24:MI'); END`,
      ),
    ).toBe('2024-03-01 00:00');
    expect(
      await block(
        `BEGIN LET v := PARSE_JSON('{"a":[1,2]}'); INSERT INTO numbers SELECT 1, :v; LET back := (SELECT v:a[1]::INT FROM numbers); RETURN back; END`,
      ),
    ).toBe(2);
    expect(await block(`BEGIN LET x := 1.10; LET y := 2.205; RETURN x + y; END`)).toBe(3.305);
    expect(await block(`DECLARE b BOOLEAN; BEGIN b := 1 = 1; RETURN b; END`)).toBe(true);
  });

  it('hands the same error on to handlers that statements give alone', async () => {
    const handled = await block(
      `BEGIN LET x := 1/0; RETURN x; EXCEPTION WHEN EXPRESSION_ERROR THEN RETURN OBJECT_CONSTRUCT('code', sqlcode, 'state', sqlstate, 'message', sqlerrm); END`,
    );
    expect(handled).toEqual({ code: 100051, state: '22012', message: 'Division by zero' });
  });

  it('gives the values of OPEN to the ? of a cursor', async () => {
    const opened = `DECLARE least INT DEFAULT 2; id INT; c CURSOR FOR SELECT id FROM waiting WHERE id >= ? ORDER BY id; BEGIN OPEN c USING (least); FETCH c INTO id; RETURN id; END`;
    expect(await block(opened)).toBe(2);
    expect(await client.refusal(opened, [3])).toMatchObject({ code: '000002' });
  });

  it('names objects by IDENTIFIER and tables by TABLE(resultset)', async () => {
    expect(await block(`BEGIN LET t := 'waiting'; LET n := (SELECT COUNT(*) FROM IDENTIFIER(:t)); RETURN n; END`)).toBe(
      3,
    );
    expect(
      await block(
        `BEGIN LET rs RESULTSET := (SELECT id FROM waiting); LET s := (SELECT SUM(id) FROM TABLE(:rs)); RETURN s; END`,
      ),
    ).toBe(6);
    expect(
      await block(
        `BEGIN LET q := 'SELECT COUNT(*) AS n FROM IDENTIFIER(?) WHERE id >= ?'; LET t := 'waiting'; LET least := 2; LET rs RESULTSET := (EXECUTE IMMEDIATE :q USING (t, least)); RETURN TABLE(rs); END`,
      ),
    ).toBe(2);
    await client.run(`BEGIN LET name := 'made_here'; CREATE OR REPLACE TABLE IDENTIFIER(:name) (a INT); END`);
    expect(await client.run('SELECT COUNT(*) AS n FROM made_here')).toEqual([{ N: 0 }]);
  });
});

describe('ALTER PROCEDURE', () => {
  it('changes the name, the comment and whose rights count', async () => {
    await client.run("CREATE PROCEDURE old_name(n INT) RETURNS INT LANGUAGE SQL AS 'BEGIN RETURN n; END'");
    await client.run('ALTER PROCEDURE old_name(INT) RENAME TO new_name');
    await client.run("ALTER PROCEDURE new_name(INT) SET COMMENT = 'renamed'");
    await client.run('ALTER PROCEDURE IF EXISTS new_name(INT) EXECUTE AS CALLER');
    expect(await client.run('CALL new_name(3)')).toEqual([{ NEW_NAME: 3 }]);
    expect(await client.run("SHOW PROCEDURES LIKE 'NEW_NAME'")).toMatchObject([{ description: 'renamed' }]);
    expect(await client.refusal('CALL old_name(3)')).toMatchObject({ code: '002140' });
  });
});
