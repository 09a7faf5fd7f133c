import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fixture, type Client, type Row } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

const DUPLICATE = { code: '100090', sqlState: '42P18' };

/** The rows of a table, each as the text of its values. */
const rows = async (table: string): Promise<string[]> =>
  (await client.run(`SELECT * FROM ${table} ORDER BY ALL`)).map((row) => Object.values(row).map(String).join(' '));

const run = (sqlText: string): Promise<Row[]> => client.run(sqlText);

beforeAll(async () => {
  client = await fixture.start();
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  await run('CREATE OR REPLACE TABLE target (k INT, v INT)');
  await run('CREATE OR REPLACE TABLE source (k INT, v INT)');
  await run('INSERT INTO target VALUES (0, 10), (1, 20), (2, 30)');
  await run('INSERT INTO source VALUES (0, 11), (0, 12), (0, 13), (1, 21)');
});

describe('UPDATE with FROM', () => {
  const updated = (rows: number, multiJoined: number): Row[] => [
    { 'number of rows updated': rows, 'number of multi-joined rows updated': multiJoined },
  ];

  it('changes a row once, however many rows it meets, and counts those that meet several', async () => {
    expect(await run('UPDATE target SET v = source.v FROM source WHERE target.k = source.k')).toEqual(updated(2, 1));
    const [first, ...others] = await rows('target');
    expect(['0 11', '0 12', '0 13']).toContain(first);
    expect(others).toEqual(['1 21', '2 30']);
  });

  it('refuses to choose where the session says so, and changes nothing', async () => {
    await run('ALTER SESSION SET ERROR_ON_NONDETERMINISTIC_UPDATE = TRUE');
    const update = 'UPDATE target SET v = source.v FROM source WHERE target.k = source.k';
    expect(await client.refusal(update)).toMatchObject(DUPLICATE);
    expect(await rows('target')).toEqual(['0 10', '1 20', '2 30']);
    expect(await run(`${update} AND source.k = 1`)).toEqual(updated(1, 0));
    await run('ALTER SESSION UNSET ERROR_ON_NONDETERMINISTIC_UPDATE');
  });

  it('computes from the rows as they were, in its own table too', async () => {
    expect(await run('UPDATE target t SET t.v = o.v, k = t.k + 1 FROM target o WHERE o.k = t.k - 1')).toEqual(
      updated(2, 0),
    );
    expect(await rows('target')).toEqual(['0 10', '2 10', '3 20']);
  });

  it('takes NULL for columns of every type, and their defaults', async () => {
    await run('CREATE OR REPLACE TABLE typed (k INT, d DATE, j VARIANT, t TIMESTAMP_TZ, b BINARY, n INT DEFAULT 7)');
    await run("INSERT INTO typed (k, d, n) VALUES (1, '2024-01-01', 8)");
    await run(
      'UPDATE typed SET d = NULL, j = NULL, t = NULL, b = NULL, n = DEFAULT FROM source WHERE typed.k = source.k',
    );
    expect(await rows('typed')).toEqual(['1 null null null null 7']);
  });
});

describe('MERGE', () => {
  it('refuses to choose between source rows, or chooses one where the session says so', async () => {
    const merge = 'MERGE INTO target USING source ON target.k = source.k WHEN MATCHED THEN UPDATE SET v = source.v';
    expect(await client.refusal(merge)).toMatchObject(DUPLICATE);
    await run('ALTER SESSION SET ERROR_ON_NONDETERMINISTIC_MERGE = FALSE');
    expect(await run(merge)).toEqual([{ 'number of rows updated': 2 }]);
    await run('ALTER SESSION UNSET ERROR_ON_NONDETERMINISTIC_MERGE');
    expect(await client.refusal(merge)).toMatchObject(DUPLICATE);
  });

  it('lets rows agree that all delete, and those that no clause takes not matter', async () => {
    const merge = 'MERGE INTO target USING source ON target.k = source.k WHEN MATCHED AND source.v';
    expect(await run(`${merge} = 12 THEN UPDATE SET v = source.v`)).toEqual([{ 'number of rows updated': 1 }]);
    expect(await run(`${merge} <= 12 THEN DELETE`)).toEqual([{ 'number of rows deleted': 1 }]);
    expect(await rows('target')).toEqual(['1 20', '2 30']);
  });

  it('deletes, updates and inserts by the first clause that takes a row', async () => {
    await run(
      "CREATE OR REPLACE TABLE changes AS SELECT * FROM VALUES (0, 'Y', 1), (1, 'N', 2), (7, 'N', 3) s(k, gone, v)",
    );
    expect(
      await run(`MERGE INTO target t USING changes c ON t.k = c.k WHEN MATCHED AND c.gone = 'Y' THEN DELETE
        WHEN MATCHED THEN UPDATE SET v = c.v WHEN NOT MATCHED THEN INSERT (k, v) VALUES (c.k, c.v)`),
    ).toEqual([{ 'number of rows inserted': 1, 'number of rows updated': 1, 'number of rows deleted': 1 }]);
    expect(await rows('target')).toEqual(['1 2', '2 30', '7 3']);
  });

  it('takes ALL BY NAME whatever the order, but not other names', async () => {
    const merge = (source: string): string =>
      `MERGE INTO target USING (${source}) s ON target.k = s.k WHEN MATCHED THEN UPDATE ALL BY NAME WHEN NOT MATCHED THEN INSERT ALL BY NAME`;
    expect(await run(merge('SELECT 99 AS v, 2 AS k UNION ALL SELECT 98, 3'))).toEqual([
      { 'number of rows inserted': 1, 'number of rows updated': 1 },
    ]);
    expect(await rows('target')).toEqual(['0 10', '1 20', '2 99', '3 98']);
    expect(await client.refusal(merge('SELECT 1 AS k, 2 AS w'))).toMatchObject({ code: '000904' });
    expect(await client.refusal(merge('SELECT 1 AS k, 2 AS v, 3 AS w'))).toMatchObject({ code: '000904' });
  });
});

describe('DELETE with USING', () => {
  it('removes a row once, however many rows it meets', async () => {
    expect(await run('DELETE FROM target USING source WHERE target.k = source.k')).toEqual([
      { 'number of rows deleted': 2 },
    ]);
    expect(await rows('target')).toEqual(['2 30']);
  });
});

describe('INSERT', () => {
  it('refuses subqueries and semi-structured values in VALUES, which need a SELECT', async () => {
    await run('CREATE OR REPLACE TABLE documents (id INT, doc VARIANT)');
    const refused = { code: '002014', sqlState: '22000' };
    expect(await client.refusal(`INSERT INTO documents VALUES (1, NULL), (2, PARSE_JSON('[1, (2)]'))`)).toMatchObject({
      ...refused,
      message: expect.stringContaining(`Invalid expression [PARSE_JSON('[1, (2)]')] in VALUES clause`),
    });
    expect(await client.refusal('INSERT INTO documents (id) VALUES ((SELECT 1))')).toMatchObject(refused);
    await run(`INSERT INTO documents SELECT 1, PARSE_JSON('{"a": 1}')`);
    expect(await run('SELECT doc:a AS a FROM documents')).toEqual([{ A: 1 }]);
  });

  it('ALL runs each clause that takes a row, FIRST only the first', async () => {
    await run('CREATE OR REPLACE TABLE numbers AS SELECT * FROM VALUES (1), (11), (101) s(n)');
    await run('CREATE OR REPLACE TABLE large (n INT)');
    await run('CREATE OR REPLACE TABLE small (n INT)');
    const clauses = `WHEN n > 100 THEN INTO large WHEN n > 10 THEN INTO large INTO small ELSE INTO small SELECT n FROM numbers`;
    expect(await run(`INSERT ALL ${clauses}`)).toEqual([
      { 'number of rows inserted into LARGE': 3, 'number of rows inserted into SMALL': 3 },
    ]);
    expect([await rows('large'), await rows('small')]).toEqual([
      ['11', '101', '101'],
      ['1', '11', '101'],
    ]);
    await run(`INSERT OVERWRITE FIRST ${clauses}`);
    expect([await rows('large'), await rows('small')]).toEqual([
      ['11', '101'],
      ['1', '11'],
    ]);
  });

  it('ALL gives columns their defaults, and names values by alias, place or expression', async () => {
    await run('CREATE OR REPLACE TABLE defaulted (a INT, b INT, c INT DEFAULT 7)');
    await run(
      'INSERT ALL INTO defaulted VALUES ($1, other, "10 + 20") INTO defaulted (b, a, c) VALUES ($1, other, DEFAULT) SELECT 1, 50 AS other, 10 + 20',
    );
    expect(await rows('defaulted')).toEqual(['1 50 30', '50 1 7']);
  });
});

describe('a default', () => {
  it('that asks for the time or the user is evaluated by the statement that leaves the column out', async () => {
    await run(
      "CREATE OR REPLACE TABLE stamped (k INT, at TIMESTAMP_LTZ DEFAULT CURRENT_TIMESTAMP(), by VARCHAR DEFAULT CURRENT_USER(), v VARCHAR DEFAULT 'x')",
    );
    await run('INSERT INTO stamped (k) VALUES (1)');
    await run('INSERT INTO stamped (k) SELECT 2');
    await client.run('INSERT INTO stamped (k) VALUES (?)', [[3], [4]]);
    await run(
      'MERGE INTO stamped t USING (SELECT 5 AS k) s ON t.k = s.k WHEN NOT MATCHED THEN INSERT (k) VALUES (s.k)',
    );
    await run('SELECT 1');
    expect(
      await run(
        "SELECT COUNT(*) AS n, COUNT_IF(by = CURRENT_USER() AND v = 'x') AS own, COUNT(DISTINCT at) > 1 AS differ FROM stamped WHERE at > DATEADD(minute, -1, CURRENT_TIMESTAMP())",
      ),
    ).toEqual([{ N: 5, OWN: 5, DIFFER: true }]);
  });
});
