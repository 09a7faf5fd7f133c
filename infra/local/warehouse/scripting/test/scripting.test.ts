import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SnowflakeError } from '../../contract.ts';
import { Duck } from '../../engine/duck.ts';
import { columnOf } from '../../engine/wire-columns.ts';
import { wireValue } from '../../engine/wire-values.ts';
import { duckValue } from '../../session/binds.ts';
import type { Host, Result } from '../host.ts';
import { runBlock } from '../interpreter.ts';
import { parseScript } from '../parse-block.ts';
import { cellValue, plainText, wholeNumber } from '../value.ts';

let instance: DuckDBInstance;
let duck: Duck;
let statements: string[] = [];

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  duck = new Duck(await instance.connect());
  await duck.run(
    `CREATE TYPE "NUMBER" AS DECIMAL(38,0); CREATE TABLE t (id INTEGER, price DECIMAL(12,2)); INSERT INTO t VALUES (1, 11.11), (2, 22.22)`,
  );
});
afterAll(async () => {
  await duck.close();
  instance.closeSync();
});

/** Runs on plain DuckDB, whose SQL is near enough to show what the language itself does. */
const host: Host = {
  execute: async (sql, values) => {
    statements.push(sql);
    return host.evaluate(sql, values);
  },
  evaluate: async (sql, values) => {
    let count = 0;
    const numbered = sql
      .replaceAll(/'[^']*'|\?/g, (match) => (match === '?' ? `$${(count += 1)}` : match))
      .replaceAll('NUMBER(', 'DECIMAL(')
      .replaceAll('FLOAT', 'DOUBLE');
    const result = await duck.run(numbered, values.map(duckValue)).catch((error: unknown) => {
      throw new SnowflakeError('100000', '22000', String(error).split('\n')[0]!);
    });
    const columns = result.columnNames().map((name, i) => columnOf(name.toUpperCase(), result.columnType(i)));
    const rows = (await result.getRows()).map((row) => row.map((value, i) => cellValue(columns[i]!, wireValue(value))));
    const answer: Result = {
      queryId: 'q1',
      columns,
      changed: /^\s*(?:insert|update|delete)/i.test(sql) ? result.rowsChanged : undefined,
      rows: () => inTurn(rows),
      outcome: { columns, rows: [], chunks: [], statementType: 0 },
    };
    return answer;
  },
};

async function* inTurn<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

const run = async (source: string, variables = new Map()): Promise<string | null | undefined> => {
  statements = [];
  const returned = await runBlock(host, parseScript(source), variables);
  if (returned === undefined) return undefined;
  if ('value' in returned) return returned.value.text;
  const rows: (string | null)[][] = [];
  for await (const row of returned.table.rows()) rows.push(row.map(({ text }) => text));
  return JSON.stringify(rows);
};

describe('variables', () => {
  it('are declared with a type or take that of their first value', async () => {
    expect(
      await run(
        `DECLARE a NUMBER(10,2) DEFAULT 1; b VARCHAR; BEGIN LET c := 5; a := a + c; RETURN a || ':' || COALESCE(b, 'null') || ':' || c; END`,
      ),
    ).toBe('6.00:null:5');
    expect(await run(`BEGIN LET a := 'first'; a := 'the second'; RETURN a; END`)).toBe('the second');
  });

  it('are bare names in expressions, but not in subqueries, where columns come first', async () => {
    expect(await run(`BEGIN LET id := 2; LET p := (SELECT price FROM t WHERE id = :id); RETURN p; END`)).toBe('22.22');
    expect(await run(`BEGIN LET id := 2; LET n := (SELECT COUNT(*) FROM t WHERE id = id); RETURN n; END`)).toBe('2');
  });

  it('reach statements as binds, never as text', async () => {
    const nasty = `x'); DELETE FROM t; --`;
    expect(
      await run(`BEGIN SELECT CAST(:v AS VARCHAR) INTO :v; RETURN v; END`, new Map([['V', plainText(nasty)]])),
    ).toBe(nasty);
    expect(statements[0]).not.toContain('DELETE');
  });

  it('of an inner block vanish with it', async () => {
    expect(await run(`BEGIN LET x := 1; BEGIN LET x := 2; x := x + 1; END; RETURN x; END`)).toBe('1');
  });

  it('must exist', async () => {
    await expect(run(`BEGIN SELECT :nope; END`)).rejects.toThrow("invalid identifier 'NOPE'");
  });
});

describe('SELECT INTO', () => {
  it('fills variables from one row, leaves NULL for none and refuses several', async () => {
    expect(
      await run(
        `DECLARE a NUMBER; b NUMBER(12,2); BEGIN SELECT id, price INTO :a, :b FROM t WHERE id = 1; RETURN a || '/' || b; END`,
      ),
    ).toBe('1/11.11');
    expect(
      await run(`DECLARE a NUMBER DEFAULT 5; BEGIN SELECT id INTO :a FROM t WHERE 1 = 0; RETURN COALESCE(a, -1); END`),
    ).toBe('-1');
    await expect(run(`DECLARE a NUMBER; BEGIN\n  SELECT id INTO :a FROM t; END`)).rejects.toThrow(
      "Uncaught exception of type 'STATEMENT_ERROR' on line 2 at position 2 : A SELECT INTO statement expects exactly 1 returned row, but got 2.",
    );
  });
});

describe('branches', () => {
  const source = `BEGIN IF (n > 10) THEN RETURN 'many'; ELSEIF (n > 1) THEN RETURN 'some'; ELSE RETURN CASE WHEN n = 1 THEN 'one' ELSE 'none' END; END IF; END`;
  it.each([
    [11, 'many'],
    [2, 'some'],
    [1, 'one'],
    [0, 'none'],
  ])('of IF for %i', async (n, expected) => {
    expect(await run(source, new Map([['N', wholeNumber(n)]]))).toBe(expected);
  });

  it('of CASE, with and without a subject', async () => {
    const bySubject = `BEGIN CASE (n) WHEN 1 THEN RETURN 'one'; WHEN 1 + 1 THEN RETURN 'two'; ELSE RETURN 'other'; END CASE; END`;
    expect(await run(bySubject, new Map([['N', wholeNumber(2)]]))).toBe('two');
    expect(await run(bySubject, new Map([['N', wholeNumber(3)]]))).toBe('other');
    expect(await run(`BEGIN CASE WHEN n > 1 THEN RETURN 'big'; END; END`, new Map([['N', wholeNumber(2)]]))).toBe(
      'big',
    );
  });

  it('are not taken on NULL', async () => {
    expect(await run(`BEGIN IF (NULL) THEN RETURN 1; END IF; RETURN 2; END`)).toBe('2');
  });
});

describe('loops', () => {
  it('run over ranges, either way', async () => {
    expect(
      await run(
        `BEGIN LET s := ''; FOR i IN 1 TO 3 DO s := s || i; END FOR; FOR i IN REVERSE 1 TO 3 LOOP s := s || i; END LOOP; RETURN s; END`,
      ),
    ).toBe('123321');
  });

  it('run over queries, cursors and RESULTSETs', async () => {
    expect(
      await run(
        `BEGIN LET s := ''; FOR r IN (SELECT id, price FROM t ORDER BY id) DO s := s || r.id || '=' || r.price || ';'; END FOR; RETURN s; END`,
      ),
    ).toBe('1=11.11;2=22.22;');
    expect(
      await run(
        `DECLARE total FLOAT; c1 CURSOR FOR SELECT price FROM t; BEGIN total := 0.0; FOR record IN c1 DO total := total + record.price; END FOR; RETURN total; END`,
      ),
    ).toBe('33.33');
    expect(
      await run(
        `DECLARE rs RESULTSET DEFAULT (SELECT id FROM t ORDER BY id DESC); BEGIN LET s := ''; FOR r IN rs DO s := s || r.id; END FOR; RETURN s; END`,
      ),
    ).toBe('21');
  });

  it('let statements use a row by :row.column', async () => {
    expect(
      await run(
        `BEGIN LET n := 0; FOR r IN (SELECT id FROM t) DO SELECT n2 + :n INTO :n FROM (SELECT :r.id * 10 AS n2); END FOR; RETURN n; END`,
      ),
    ).toBe('30');
  });

  it('end with their condition, BREAK, or go on with CONTINUE', async () => {
    expect(await run(`BEGIN LET n := 0; WHILE (n < 5) DO n := n + 2; END WHILE; RETURN n; END`)).toBe('6');
    expect(await run(`BEGIN LET n := 0; REPEAT n := n + 1; UNTIL (n >= 3) END REPEAT; RETURN n; END`)).toBe('3');
    expect(await run(`BEGIN LET n := 0; LOOP n := n + 1; IF (n = 4) THEN BREAK; END IF; END LOOP; RETURN n; END`)).toBe(
      '4',
    );
    expect(
      await run(
        `BEGIN LET s := ''; FOR i IN 1 TO 4 DO IF (i = 2) THEN CONTINUE; END IF; s := s || i; END FOR; RETURN s; END`,
      ),
    ).toBe('134');
    expect(
      await run(
        `BEGIN LET n := 0; FOR i IN 1 TO 3 DO FOR j IN 1 TO 3 DO n := n + 1; IF (j = 2) THEN BREAK outer_loop; END IF; END FOR; END FOR outer_loop; RETURN n; END`,
      ),
    ).toBe('2');
  });
});

describe('cursors', () => {
  it('are opened with values, fetched row by row, and closed', async () => {
    const source = `DECLARE id INTEGER DEFAULT 0; low NUMBER(13,2) DEFAULT 12.00; c CURSOR FOR SELECT id FROM t WHERE price > ?;
      BEGIN OPEN c USING (low); FETCH c INTO id; LET first := id; FETCH c INTO id; CLOSE c; RETURN first || '/' || COALESCE(id, -1); END`;
    expect(await run(source)).toBe('2/-1');
    await expect(run(`DECLARE c CURSOR FOR SELECT 1; x NUMBER; BEGIN FETCH c INTO x; END`)).rejects.toThrow(
      "Cursor 'C' is not open",
    );
  });

  it('give their rows as a table', async () => {
    expect(
      await run(
        `DECLARE c CURSOR FOR SELECT id FROM t ORDER BY id; BEGIN OPEN c; RETURN TABLE(RESULTSET_FROM_CURSOR(c)); END`,
      ),
    ).toBe('[["1"],["2"]]');
    expect(await run(`BEGIN LET rs RESULTSET := (SELECT 7); RETURN TABLE(rs); END`)).toBe('[["7"]]');
  });
});

describe('EXECUTE IMMEDIATE', () => {
  it('runs a text that was put together, with values in USING', async () => {
    expect(
      await run(
        `BEGIN LET q := 'SELECT id FROM t WHERE price > ? AND id < ?'; LET lo := 1; LET rs RESULTSET := (EXECUTE IMMEDIATE :q USING (lo, 2)); RETURN TABLE(rs); END`,
      ),
    ).toBe('[["1"]]');
  });
});

describe('exceptions', () => {
  it('of statements and expressions are told apart and carry what went wrong', async () => {
    const handled = `EXCEPTION WHEN STATEMENT_ERROR THEN RETURN 'S ' || sqlcode || ' ' || sqlstate; WHEN EXPRESSION_ERROR THEN RETURN 'E ' || sqlerrm; END`;
    expect(await run(`BEGIN SELECT * FROM missing; ${handled}`)).toBe('S 100000 22000');
    expect(await run(`BEGIN LET x := CAST('a' AS INTEGER); ${handled}`)).toContain('E ');
  });

  it('can be declared and raised, and reach the enclosing block', async () => {
    const source = `DECLARE mine EXCEPTION (-20002, 'Raised MINE.'); BEGIN BEGIN RAISE mine; EXCEPTION WHEN STATEMENT_ERROR THEN RETURN 'wrong'; END; RETURN 'wrong too';
      EXCEPTION WHEN OTHER THEN RETURN sqlcode || ' ' || sqlerrm || ' ' || sqlstate; END`;
    expect(await run(source)).toBe('-20002 Raised MINE. P0001');
  });

  it('that nothing handles name their type and place', async () => {
    const raised = run(
      `DECLARE\n  mine EXCEPTION (-20002, 'Raised MINE.');\nBEGIN\n  IF (true) THEN\n    RAISE mine;\n  END IF;\nEND`,
    );
    await expect(raised).rejects.toMatchObject({
      code: '-20002',
      sqlState: 'P0001',
      message: "Uncaught exception of type 'MINE' on line 5 at position 4 : Raised MINE.",
    });
  });

  it('are raised again by RAISE alone', async () => {
    await expect(
      run(`DECLARE mine EXCEPTION (-20003, 'again'); BEGIN RAISE mine; EXCEPTION WHEN mine THEN RAISE; END`),
    ).rejects.toMatchObject({ code: '-20003' });
  });

  it('with a CONTINUE handler resume behind the statement, inside loops too', async () => {
    const source = `DECLARE mine EXCEPTION (-20002, 'x'); n NUMBER DEFAULT 0; BEGIN FOR i IN 1 TO 3 DO RAISE mine; n := n + 1; END FOR; RETURN n; EXCEPTION WHEN mine CONTINUE THEN n := n + 10; END`;
    expect(await run(source)).toBe('33');
  });
});

describe('what DML did', () => {
  it('is told by SQLROWCOUNT and SQLFOUND', async () => {
    const source = `BEGIN UPDATE t SET price = price WHERE id < 3; LET n := SQLROWCOUNT; UPDATE t SET price = price WHERE id = 99; RETURN n || ' ' || SQLROWCOUNT || ' ' || SQLFOUND || ' ' || SQLNOTFOUND; END`;
    expect(await run(source)).toBe('2 0 false true');
  });
});

describe('what is not Scripting', () => {
  it('is refused where it stands', () => {
    expect(() => parseScript('BEGIN IF (1) THEN RETURN 1; END')).toThrow("unexpected '<EOF>'");
    expect(() => parseScript('BEGIN\n  LET := 1; END')).toThrow("line 2 at position 6 unexpected ':='");
    expect(() => parseScript('BEGIN IF (TRUE) THEN END IF; END')).toThrow("position 21 unexpected 'END'");
  });
});
