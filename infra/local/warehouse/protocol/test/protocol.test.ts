import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import snowflake from 'snowflake-sdk';
import { Fixture, type Client, type Row } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
let now = new Date('2026-03-01T12:00:00Z');

beforeAll(async () => {
  client = await fixture.start({ clock: () => now });
});
afterAll(() => fixture.stop());

describe('a result', () => {
  it('comes in chunks when it is large, complete and in order', async () => {
    const rows = await client.run(
      "SELECT n, 'row ' || n AS t FROM (SELECT ROW_NUMBER() OVER (ORDER BY NULL) - 1 AS n FROM TABLE(GENERATOR(ROWCOUNT => 200000))) ORDER BY n",
    );
    expect(rows).toHaveLength(200_000);
    expect(rows[199_999]).toEqual({ N: 199_999, T: 'row 199999' });
    expect(rows.every(({ N }, i) => N === i)).toBe(true);
  });

  it('streams row by row', async () => {
    const statement = await client.statement(
      "SELECT 1 AS n, REPEAT('x', 100) AS t FROM TABLE(GENERATOR(ROWCOUNT => 50000))",
      { streamResult: true },
    );
    let count = 0;
    for await (const row of statement.streamRows()) if ((row as Row)['N'] !== undefined) count += 1;
    expect(count).toBe(50_000);
  });

  it('describes its columns as Snowflake would', async () => {
    const statement = await client.statement(
      "SELECT 1.25::NUMBER(10,2) AS n, 'a'::VARCHAR(5) AS t, TRUE AS b, DATE '2020-01-31' AS d, PARSE_JSON('{}') AS v, 1.5::FLOAT AS f",
    );
    const columns = statement.getColumns()!.map((column) => `${column.getName()} ${column.getType()}`);
    expect(columns).toEqual(['N fixed', 'T text', 'B boolean', 'D date', 'V variant', 'F real']);
    expect(statement.getColumns()![0]!.getScale()).toBe(2);
  });

  it('says which columns are never NULL', async () => {
    await client.run('CREATE OR REPLACE TABLE one (id INT NOT NULL, v VARCHAR(10))');
    await client.run('CREATE OR REPLACE TABLE two (id INT NOT NULL, w VARCHAR NOT NULL)');
    const nullable = async (sql: string): Promise<boolean[]> =>
      (await client.statement(sql)).getColumns()!.map((column) => column.isNullable());
    expect(await nullable("SELECT *, 1, 'a', id + NULL FROM one")).toEqual([false, true, false, false, true]);
    expect(await nullable('SELECT one.id, w FROM one JOIN two ON one.id = two.id')).toEqual([false, false]);
    expect(await nullable('SELECT one.id, w FROM one LEFT JOIN two ON one.id = two.id')).toEqual([false, true]);
    expect(await nullable('SELECT one.id, w FROM one RIGHT JOIN two ON one.id = two.id')).toEqual([true, true]);
    expect(await nullable('SELECT id FROM one UNION ALL SELECT NULL')).toEqual([true]);
    expect(await nullable('SELECT id FROM one GROUP BY ROLLUP (id)')).toEqual([true]);
  });
});

describe('a statement', () => {
  it('is described without being run', async () => {
    await client.run('CREATE OR REPLACE TABLE described (a INT)');
    const statement = await client.statement('INSERT INTO described VALUES (1)', { describeOnly: true });
    expect(statement.getColumns()!.map((column) => column.getName())).toEqual(['number of rows inserted']);
    expect(await client.run('SELECT * FROM described')).toEqual([]);
  });

  it('runs once, however often its request id is sent', async () => {
    await client.run('CREATE OR REPLACE TABLE once (a INT)');
    const requestId = '11111111-2222-4333-8444-555555555555';
    for (let i = 0; i < 3; i += 1) await client.run('INSERT INTO once VALUES (1)', undefined, { requestId });
    expect(await client.run('SELECT COUNT(*) AS n FROM once')).toEqual([{ N: 1 }]);
  });

  it('can be followed by its id after it was submitted asynchronously', async () => {
    const statement = await client.statement('SELECT COUNT(*) AS n FROM TABLE(GENERATOR(ROWCOUNT => 1000))', {
      asyncExec: true,
    });
    const queryId = statement.getQueryId();
    const found = await client.connection.getResultsFromQueryId({ queryId, sqlText: '' });
    const rows: Row[] = [];
    for await (const row of found.streamRows()) rows.push(row as Row);
    expect(rows).toEqual([{ N: 1000 }]);
    expect(await client.connection.getQueryStatus(queryId)).toBe('SUCCESS');
  });

  it('that failed asynchronously says so', async () => {
    const statement = await client.statement('SELECT * FROM not_there', { asyncExec: true });
    const queryId = statement.getQueryId();
    await expect(client.connection.getResultsFromQueryId({ queryId, sqlText: '' })).rejects.toThrow('does not exist');
    expect(await client.connection.getQueryStatus(queryId)).toBe('FAILED_WITH_ERROR');
  });

  it('ends when it is cancelled', async () => {
    const numbers = '(SELECT ROW_NUMBER() OVER (ORDER BY NULL) AS n FROM TABLE(GENERATOR(ROWCOUNT => 1000000)))';
    const sqlText = `SELECT COUNT(*) AS n FROM ${numbers} a CROSS JOIN ${numbers} b WHERE MOD(a.n * b.n, 7) = 8`;
    const { history } = fixture.warehouse.warehouse;
    const error = new Promise<unknown>((resolve) => {
      const statement = client.connection.execute({ sqlText, complete: (failure) => resolve(failure) });
      const cancelOnceItRuns = (): void => {
        if (history.all().some(({ text, state }) => text === sqlText && state === 'RUNNING'))
          statement.cancel(() => undefined);
        else setImmediate(cancelOnceItRuns);
      };
      cancelOnceItRuns();
    });
    expect(await error).toMatchObject({ code: '000604', sqlState: '57014' });
    expect(await client.run('SELECT 1 AS a')).toEqual([{ A: 1 }]);
  });

  it('ends at once when it is cancelled while it waits for its turn', async () => {
    const waiting = client.run('CALL SYSTEM$WAIT(1)');
    const error = new Promise<unknown>((resolve) => {
      const statement = client.connection.execute({ sqlText: 'SELECT 2', complete: (failure) => resolve(failure) });
      setTimeout(() => statement.cancel(() => undefined), 100);
    });
    const first = await Promise.race([error, waiting]);
    expect(first).toMatchObject({ code: '000604', sqlState: '57014' });
    await waiting;
  });

  it('is ended from another session, as are transactions and sessions', async () => {
    const other = await fixture.connect();
    await client.run('CREATE OR REPLACE TABLE t (id INT)');
    await other.run('BEGIN');
    await other.run('INSERT INTO t VALUES (1)');
    const [{ ID: transaction } = {}] = await other.run('SELECT CURRENT_TRANSACTION() AS id');
    const [{ ID: session } = {}] = await other.run('SELECT CURRENT_SESSION() AS id');
    await other.run('UPDATE t SET id = 2');
    expect(await client.run('SHOW LOCKS')).toEqual([
      expect.objectContaining({
        resource: 'TEST.PUBLIC.T',
        type: 'PARTITIONS',
        status: 'HOLDING',
        transaction: Number(transaction),
      }),
    ]);
    expect(await client.run(`SELECT SYSTEM$ABORT_TRANSACTION(${String(transaction)}) AS a`)).toEqual([
      { A: `Aborted transaction id: ${String(transaction)}` },
    ]);
    expect(await other.run('SELECT * FROM t')).toEqual([]);
    expect(await other.run('SELECT LAST_TRANSACTION() AS a, CURRENT_CLIENT() AS b')).toEqual([
      { A: transaction, B: expect.stringMatching(/^JavaScript \d/) },
    ]);
    const cancelled = other.refusal('CALL SYSTEM$WAIT(20)');
    let answer: unknown;
    do [answer] = await client.run(`SELECT SYSTEM$CANCEL_ALL_QUERIES(${String(session)}) AS a`);
    while ((answer as { A: string }).A === '0 cancelled.');
    expect(await cancelled).toMatchObject({ code: '000604' });
    expect(await client.run(`SELECT SYSTEM$CANCEL_QUERY(LAST_QUERY_ID()) AS a`)).toEqual([
      { A: 'Identified SQL statement is not currently executing.' },
    ]);
    expect(await client.run(`SELECT SYSTEM$ABORT_SESSION(${String(session)}) AS a`)).toEqual([
      { A: `session [${String(session)}] terminated.` },
    ]);
    expect(await other.refusal('SELECT 1')).toBeDefined();
  });

  it('says where its syntax goes wrong', async () => {
    expect(await client.refusal('SELECT 1;; SELEC 2')).toMatchObject({ code: '000008' });
    expect(await client.refusal('\n  SELEC 2')).toEqual({
      code: '001003',
      sqlState: '42000',
      message: "SQL compilation error:\nsyntax error line 2 at position 2 unexpected 'SELEC'.",
    });
  });

  it('that this warehouse cannot do is refused by name', async () => {
    expect(await client.refusal('CREATE HYBRID TABLE x (id INT PRIMARY KEY)')).toEqual({
      code: '000002',
      sqlState: '0A000',
      message: "Unsupported feature 'CREATE HYBRID TABLE'.",
    });
  });
});

describe('a request of several statements', () => {
  it('gives the results one after the other', async () => {
    const results: Row[][] = [];
    await new Promise<void>((resolve, reject) => {
      client.connection.execute({
        sqlText:
          'SELECT 1 AS a; CREATE OR REPLACE TABLE several (a INT); INSERT INTO several VALUES (4), (5); SELECT * FROM several ORDER BY a',
        parameters: { MULTI_STATEMENT_COUNT: 4 },
        complete: (error: unknown, statement: { hasNext(): boolean; NextResult(): void }, rows: Row[]) => {
          if (error) return reject(error);
          results.push(rows);
          if (statement.hasNext()) statement.NextResult();
          else resolve();
        },
      } as never);
    });
    expect(results).toEqual([
      [{ A: 1 }],
      [{ status: 'Table SEVERAL successfully created.' }],
      [{ 'number of rows inserted': 2 }],
      [{ A: 4 }, { A: 5 }],
    ]);
  });

  it('is refused unless it announces how many there are', async () => {
    expect(await client.refusal('SELECT 1; SELECT 2')).toMatchObject({
      code: '000008',
      message: 'Actual statement count 2 did not match the desired statement count 1.',
    });
  });
});

describe('a session', () => {
  it('goes on when its token has expired, by a new one', async () => {
    const other = await fixture.connect();
    await other.run('SET here = 5');
    now = new Date(now.getTime() + 2 * 3600 * 1000);
    expect(await other.run('SELECT $here AS x')).toEqual([{ X: 5 }]);
  });

  it('answers heartbeats, and none after its end', async () => {
    const other = await fixture.connect();
    expect(await other.connection.isValidAsync()).toBe(true);
    await other.close();
    expect(other.connection.isUp()).toBe(false);
  });

  it('starts where the connection says', async () => {
    await client.run('CREATE SCHEMA IF NOT EXISTS elsewhere');
    const other = await fixture.connect({ schema: 'ELSEWHERE', database: 'test' });
    expect(await other.run('SELECT CURRENT_DATABASE() AS d, CURRENT_SCHEMA() AS s')).toEqual([
      { D: 'TEST', S: 'ELSEWHERE' },
    ]);
  });

  it('rolls back what it left open when it ends', async () => {
    await client.run('CREATE OR REPLACE TABLE public.left_open (a INT)');
    const other = await fixture.connect();
    await other.run('BEGIN');
    await other.run('DELETE FROM public.left_open');
    await other.run('INSERT INTO public.left_open VALUES (1)');
    await other.close();
    await client.run('DELETE FROM public.left_open');
    expect(await client.run('SELECT * FROM public.left_open')).toEqual([]);
  });
});

describe('a document', () => {
  it('is printed by JSON_INDENT and STRICT_JSON_OUTPUT, also in chunks', async () => {
    // From here on the driver gives documents as they came.
    snowflake.configure({ jsonColumnVariantParser: (text) => text });
    const query = `SELECT OBJECT_CONSTRUCT('a', ARRAY_CONSTRUCT(1, NULL), 'b', OBJECT_CONSTRUCT()) AS v`;
    expect(await client.run(query)).toEqual([{ V: '{\n  "a": [\n    1,\n    undefined\n  ],\n  "b": {}\n}' }]);
    await client.run('ALTER SESSION SET JSON_INDENT = 0, STRICT_JSON_OUTPUT = TRUE');
    expect(await client.run(query)).toEqual([{ V: '{"a":[1,null],"b":{}}' }]);
    await client.run('ALTER SESSION UNSET JSON_INDENT, STRICT_JSON_OUTPUT');
    const many = await client.run(
      `SELECT OBJECT_CONSTRUCT('n', SEQ4()) AS v FROM TABLE(GENERATOR(ROWCOUNT => 100000))`,
    );
    expect([many.length, many.at(-1)]).toEqual([100_000, { V: '{\n  "n": 99999\n}' }]);
  });
});
