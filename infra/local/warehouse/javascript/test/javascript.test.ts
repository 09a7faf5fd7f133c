import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
  await client.run('CREATE TABLE child (id INT, name VARCHAR)');
  await client.run(`INSERT INTO child VALUES (1, 'one'), (2, 'two'), (3, NULL)`);
});
afterAll(() => fixture.stop());

const procedure = (signature: string, returns: string, body: string, clauses = ''): Promise<unknown> =>
  client.run(
    `CREATE OR REPLACE PROCEDURE ${signature} RETURNS ${returns} LANGUAGE JAVASCRIPT ${clauses} AS $$${body}$$`,
  );
const value = async (sql: string): Promise<unknown> => Object.values((await client.run(sql))[0]!)[0];

describe('a procedure in JavaScript', () => {
  it('runs statements with binds and reads their rows by place and by name', async () => {
    await procedure(
      'named_like(least FLOAT)',
      'VARIANT',
      `
      var statement = snowflake.createStatement({sqlText: 'SELECT id, name AS "Name", id / 4 AS q FROM child WHERE id >= ? ORDER BY 1', binds: [LEAST]});
      var rows = statement.execute(), found = [];
      while (rows.next()) found.push([rows.getColumnValue(1), rows.getColumnValue('Name'), rows.ID, rows.getColumnValueAsString(3)]);
      return {found, columns: statement.getColumnCount(), name: statement.getColumnName(2), scale: statement.getColumnScale(3),
        text: statement.isColumnText(2), type: rows.getColumnType(1), count: rows.getRowCount(), id: rows.getQueryId() === statement.getQueryId()};`,
    );
    expect(await value('CALL named_like(2)')).toEqual({
      found: [
        [2, 'two', 2, '0.500000'],
        [3, null, 3, '0.750000'],
      ],
      columns: 3,
      name: 'Name',
      scale: 6,
      text: true,
      type: 'number',
      count: 2,
      id: true,
    });
  });

  it('takes arguments of each type under their names in capitals, where NULL is undefined', async () => {
    await procedure(
      'kinds(v VARIANT, a ARRAY, o OBJECT, d DATE, t TIMESTAMP_NTZ, b BOOLEAN, x BINARY, n FLOAT)',
      'OBJECT',
      `return {v: V, a: A, o: O.k, d: D, t: T.getHours(), shown: String(T), b: !B, x: X.length, n: typeof N, lower: typeof v, gone: undefined};`,
    );
    expect(
      await value(
        `CALL kinds(PARSE_JSON('null'), ARRAY_CONSTRUCT(1, 'x'), OBJECT_CONSTRUCT('k', 2), '2020-01-01'::DATE, '2020-07-01 10:11:12'::TIMESTAMP_NTZ, TRUE, TO_BINARY('AB01', 'HEX'), NULL)`,
      ),
    ).toEqual({
      v: null,
      a: [1, 'x'],
      o: 2,
      d: '2020-01-01T08:00:00.000Z',
      t: 10,
      shown: 'Wed Jul 01 2020 10:11:12 GMT-0700 (Pacific Daylight Time)',
      b: false,
      x: 2,
      n: 'undefined',
      lower: 'undefined',
    });
  });

  it.each([
    ['FLOAT', '3.1415926', 3.1415926],
    ['VARCHAR', '12.5', '12.5'],
    ['VARCHAR', 'undefined', null],
    ['BOOLEAN', 'true', true],
    ['VARIANT', 'null', null],
    ['ARRAY', '[1, undefined, null]', [1, null]],
    ['OBJECT', '{a: 1, b: undefined}', { a: 1 }],
    ['VARCHAR', `new Date(2024, 0, 31).toISOString()`, '2024-01-31T08:00:00.000Z'],
    [
      'VARCHAR',
      `[typeof process, typeof require, this === globalThis, arguments.length].join()`,
      'undefined,undefined,true,0',
    ],
  ])('returns %s: %s', async (type, expression, expected) => {
    await procedure('returned()', type, `return ${expression};`);
    expect(await value('CALL returned()')).toEqual(expected);
  });

  it('keeps a moment that it has read, in whatever type it is stored', async () => {
    await client.run('CREATE OR REPLACE TABLE moments (l TIMESTAMP_LTZ, n TIMESTAMP_NTZ, d DATE, t TIME)');
    await procedure(
      'moment(text VARCHAR)',
      'TIMESTAMP_LTZ',
      `var rows = snowflake.execute({sqlText: "SELECT '" + TEXT + "'::TIMESTAMP_LTZ"}); rows.next();
       var moment = rows.getColumnValue(1);
       snowflake.execute({sqlText: 'INSERT INTO moments VALUES (:1, :2, :3, :4)', binds: [moment, moment, moment, '12:30:00']});
       return moment;`,
    );
    expect(await client.run(`CALL moment('2008-11-18 16:00:00')`)).toMatchObject([
      { MOMENT: new Date('2008-11-19T00:00:00Z') },
    ]);
    expect(await client.run('SELECT TO_VARCHAR(n) AS n, TO_VARCHAR(d) AS d, TO_VARCHAR(t) AS t FROM moments')).toEqual([
      { N: '2008-11-18 16:00:00.000', D: '2008-11-18', T: '12:30:00' },
    ]);
    await procedure(
      'parts(text VARCHAR)',
      'ARRAY',
      `var rows = snowflake.execute({sqlText: "SELECT '" + TEXT + "'::TIMESTAMP_TZ(3)"}); rows.next();
       var m = rows.getColumnValue(1); return [m.getEpochSeconds(), m.getNanoSeconds(), m.getScale(), m.getTimezone()];`,
    );
    expect(await value(`CALL parts('1970-01-01 00:00:01.987 +0100')`)).toEqual([-3599, 987_000_000, 3, 60]);
  });

  it('tells what its statements changed', async () => {
    await procedure(
      'changes()',
      'ARRAY',
      `var s = snowflake.createStatement({sqlText: "UPDATE child SET name = 'x' WHERE id < 3"}); s.execute();
       return [s.getNumRowsUpdated(), s.getNumRowsInserted(), s.getNumRowsDeleted(), s.getNumRowsAffected(), s.getRowCount()];`,
    );
    expect(await value('CALL changes()')).toEqual([2, 0, 0, 2, 1]);
  });

  it('catches the error of a statement with its code, state and place', async () => {
    await procedure(
      'broken()',
      'VARCHAR',
      `
try {
  snowflake.execute({sqlText: "Invalid Command!;"});
} catch (err) {
  return [err instanceof Error, err.code, err.state, err.message, err.stackTraceTxt].join('|');
}`,
    );
    expect(await value('CALL broken()')).toBe(
      "true|1003|42000|SQL compilation error:\nsyntax error line 1 at position 0 unexpected 'Invalid'.|Snowflake.execute, line 3 position 12",
    );
  });

  it.each([
    [
      'the statement that failed',
      `\n  snowflake.createStatement({sqlText: 'SELECT * FROM nowhere'}).execute();`,
      '100183',
      `Execution error in store procedure FAILS:\nSQL compilation error:\nObject 'NOWHERE' does not exist or not authorized.\nAt Statement.execute, line 2 position 64`,
    ],
    [
      'what was thrown',
      `throw new Error('boom');`,
      '100132',
      `JavaScript execution error: Uncaught Error: boom in FAILS at 'throw new Error('boom');' position 0\nstackstrace: \nFAILS line: 1`,
    ],
    [
      'the functions on the way',
      `function inner() { return null.q; } return inner();`,
      '100132',
      `JavaScript execution error: Uncaught TypeError: Cannot read properties of null (reading 'q') in FAILS at 'function inner() { return null.q; } return inner();' position 31\nstackstrace: \ninner line: 1\nFAILS line: 1`,
    ],
    [
      'the argument that cannot be bound',
      `snowflake.execute({sqlText: 'SELECT ?', binds: [undefined]});`,
      '100132',
      'Uncaught Error: Unsupported type for binding argument 1undefined in FAILS at',
    ],
    [
      'what is no JavaScript',
      `\n var x = = 3;`,
      '100131',
      `JavaScript compilation error: Uncaught SyntaxError: Unexpected token '=' in FAILS at ' var x = = 3;' position 9`,
    ],
  ])('that fails tells %s', async (_, body, code, message) => {
    await procedure('fails()', 'VARCHAR', body);
    const refusal = await client.refusal('CALL fails()');
    expect(refusal).toMatchObject({ code, sqlState: 'P0000' });
    expect(refusal.message).toContain(message);
  });

  it('ends its own transactions, by COMMIT or ROLLBACK', async () => {
    await procedure(
      'cleanup(how VARCHAR)',
      'VARCHAR',
      `snowflake.execute({sqlText: 'BEGIN WORK;'});
       try {
         snowflake.execute({sqlText: 'DELETE FROM child;'});
         if (HOW === 'fail') snowflake.execute({sqlText: 'DELETE FROM no_such_table;'});
         snowflake.execute({sqlText: 'COMMIT WORK;'});
         return 'Succeeded';
       } catch (err) {
         snowflake.execute({sqlText: 'ROLLBACK WORK;'});
         return 'Failed: ' + err.message;
       }`,
    );
    expect(await value(`CALL cleanup('fail')`)).toContain("Object 'NO_SUCH_TABLE' does not exist");
    expect(await value('SELECT COUNT(*) FROM child')).toBe(3);
    expect(await value(`CALL cleanup('do not fail')`)).toBe('Succeeded');
    expect(await value('SELECT COUNT(*) FROM child')).toBe(0);
  });

  it('calls itself, reads many rows, and gives NULL for NULL when it is STRICT', async () => {
    await procedure(
      'down(n FLOAT)',
      'VARCHAR',
      `if (N < 1) return '0'; var r = snowflake.execute({sqlText: 'CALL down(?)', binds: [N - 1]}); r.next(); return N + ':' + r.getColumnValue(1);`,
      'STRICT',
    );
    expect(await value('CALL down(2)')).toBe('2:1:0');
    expect(await value('CALL down(NULL)')).toBeNull();
    await procedure(
      'sum_of()',
      'FLOAT',
      `var r = snowflake.execute({sqlText: 'SELECT SEQ4() AS n FROM TABLE(GENERATOR(ROWCOUNT => 12000))'}); var s = 0; while (r.next()) s += r.N; return s;`,
    );
    expect(await value('CALL sum_of()')).toBe(71_994_000);
  });

  it('is stopped when it does not end', async () => {
    await procedure('runs_on()', 'FLOAT', 'for (;;) {}');
    await client.run('ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 1');
    expect(await client.refusal('CALL runs_on()')).toMatchObject({ code: '000630' });
    await client.run('ALTER SESSION UNSET STATEMENT_TIMEOUT_IN_SECONDS');
  });

  it('is refused with what JavaScript does not have', async () => {
    const create = (signature: string, returns: string): Promise<{ message: string }> =>
      client.refusal(`CREATE PROCEDURE ${signature} RETURNS ${returns} LANGUAGE JAVASCRIPT AS 'return 1;'`);
    expect((await create('p(n NUMBER)', 'FLOAT')).message).toContain(
      "Language JAVASCRIPT does not support type 'NUMBER(38,0)' for argument or return type.",
    );
    expect((await create('p(t TIME)', 'FLOAT')).message).toContain("type 'TIME(9)'");
    expect((await create('"my proc"()', 'FLOAT')).message).toContain("Invalid UDF function name: 'my proc'");
    expect((await create('p("class" FLOAT, ok FLOAT)', 'FLOAT')).message).toContain(
      "Invalid argument name(s): 'class'",
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
    expect(await value(`SELECT ${call}`)).toEqual(expected);
    await client.run(`DROP FUNCTION f${parameters.replace(/\w+ /, '')}`);
  });

  it('gives a timestamp back as the clock of its session showed it, to the millisecond', async () => {
    await define('same(t TIMESTAMP_NTZ)', 'TIMESTAMP_NTZ', 'return T;');
    expect(await value(`SELECT same('2024-07-01 10:11:12.123456')::VARCHAR`)).toBe('2024-07-01 10:11:12.123');
  });

  it('is evaluated for each row, also where rows are stored', async () => {
    await define('any()', 'FLOAT', 'return Math.random();');
    expect(await value('SELECT COUNT(DISTINCT any()) FROM TABLE(GENERATOR(ROWCOUNT => 5000))')).toBe(5000);
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
    const partitioned = `SELECT * FROM (VALUES ('x')) AS t(p), TABLE(summed(t.p) OVER (PARTITION BY t.p))`;
    expect((await client.refusal(partitioned)).message).toContain('PARTITION BY of a table function');
    expect(await client.refusal(`SELECT * FROM (VALUES ('x')) AS t(p), TABLE(summed(t.p))`)).toMatchObject({
      code: '000002',
    });
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
    expect(await value(`SELECT GET_DDL('FUNCTION', 'plain()')`)).toBe(
      `CREATE OR REPLACE FUNCTION "PLAIN"()\nRETURNS FLOAT\nLANGUAGE JAVASCRIPT\nSTRICT\nAS 'return 1;';`,
    );
  });
});
