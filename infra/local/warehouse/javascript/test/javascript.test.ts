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

  it('gives values to statements that take no binds, too', async () => {
    await procedure(
      'tags(tag VARCHAR)',
      'VARCHAR',
      `snowflake.execute({sqlText: 'SET tag = ?', binds: [TAG]});
       var r = snowflake.execute({sqlText: 'SELECT $tag'}); r.next();
       try { snowflake.execute({sqltext: 'SELECT 1'}); } catch (err) { return r.getColumnValue(1) + ': ' + err.message; }`,
      'EXECUTE AS CALLER',
    );
    expect(await value(`CALL tags('it''s')`)).toBe("it's: empty argument passed");
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
