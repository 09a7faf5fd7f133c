import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client, type Row } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
});
afterAll(() => fixture.stop());

describe('binds', () => {
  it('take their place by order or by number, whatever is in them', async () => {
    const hostile = `'; DROP TABLE x; -- "\\ ? :1 $1 \n`;
    expect(await client.run('SELECT ? AS a, ? AS b', [hostile, 7])).toEqual([{ A: hostile, B: expect.anything() }]);
    expect(await client.run('SELECT :2::VARCHAR AS a, :1::INT + :1 AS b', [4, 'x'])).toEqual([{ A: 'x', B: 8 }]);
  });

  it('keep NULL, numbers, booleans and texts apart', async () => {
    await client.run('CREATE TABLE typed (n NUMBER(10,2), t VARCHAR, b BOOLEAN, f FLOAT, d DATE)');
    await client.run('INSERT INTO typed VALUES (?, ?, ?, ?, ?)', [12.25, '007', true, 0.5, '2024-02-29']);
    await client.run('INSERT INTO typed VALUES (?, ?, ?, ?, ?)', [null, null, null, null, null]);
    expect(await client.run('SELECT n, t, b, f, d::VARCHAR AS d FROM typed ORDER BY n')).toEqual([
      { N: 12.25, T: '007', B: true, F: 0.5, D: '2024-02-29' },
      { N: null, T: null, B: null, F: null, D: null },
    ]);
    expect(
      await client.run('SELECT COUNT(*) AS c FROM typed WHERE t = ? AND n = ? AND b = ?', ['007', 12.25, true]),
    ).toEqual([{ C: 1 }]);
  });

  it('are refused where one is missing', async () => {
    expect(await client.refusal('SELECT ?, ?', [1])).toMatchObject({
      code: '002049',
      message: expect.stringContaining('not set'),
    });
  });

  it('of arrays insert all rows at once, or none', async () => {
    await client.run('CREATE TABLE many (id INT, t VARCHAR, n NUMBER(12,3))');
    const rows = Array.from({ length: 25_000 }, (_, i) => [i, i % 10 === 0 ? null : `it's ${i}`, i / 8]);
    expect(await client.run('INSERT INTO many (id, t, n) VALUES (?, ?, ?)', rows)).toEqual([
      { 'number of rows inserted': 25_000 },
    ]);
    expect(await client.run('SELECT COUNT(*) AS c, COUNT(t) AS t, SUM(id) AS s, SUM(n) AS n FROM many')).toEqual([
      { C: 25_000, T: 22_500, S: 312_487_500, N: 39_060_937.5 },
    ]);
    await client.refusal('INSERT INTO many (id) VALUES (?)', [['1'], ['x']]);
    expect(await client.run('SELECT COUNT(*) AS c FROM many')).toEqual([{ C: 25_000 }]);
  });

  it('of arrays run other statements once a row', async () => {
    await client.run('CREATE TABLE counted (id INT, v INT)');
    await client.run('INSERT INTO counted VALUES (1, 0), (2, 0), (3, 0)');
    expect(
      await client.run('UPDATE counted SET v = ? WHERE id = ?', [
        [10, 1],
        [30, 3],
      ]),
    ).toEqual([expect.objectContaining({ 'number of rows updated': 2 })]);
    expect(await client.run('SELECT v FROM counted ORDER BY id')).toEqual([{ V: 10 }, { V: 0 }, { V: 30 }]);
  });
});

describe('a session', () => {
  it('has variables', async () => {
    await client.run("SET greeting = 'it''s me'");
    await client.run('SET (low, high) = (1, 2 + 3)');
    expect(await client.run('SELECT $greeting AS g, $low + $high AS s')).toEqual([{ G: "it's me", S: 6 }]);
    expect(await client.run("SHOW VARIABLES LIKE 'l%'")).toMatchObject([
      { name: 'LOW', type: 'fixed', comment: '', created_on: expect.any(Date), updated_on: expect.any(Date) },
    ]);
    await client.run('UNSET greeting');
    await client.refusal('SELECT $greeting');
  });

  it('has parameters, and refuses those that it would not honour', async () => {
    await client.run("ALTER SESSION SET TIMEZONE = 'Europe/Warsaw', QUERY_TAG = 'nightly'");
    expect(await client.run("SELECT '2024-07-01 12:00:00 +0000'::TIMESTAMP_LTZ::TIMESTAMP_NTZ::VARCHAR AS t")).toEqual([
      { T: '2024-07-01 14:00:00.000' },
    ]);
    expect(await client.refusal("ALTER SESSION SET TIMEZONE = 'Nowhere'")).toMatchObject({ code: '001007' });
    expect(await client.refusal('ALTER SESSION SET NO_SUCH = 1')).toMatchObject({ code: '001006' });
    for (const setting of ["TIMESTAMP_TYPE_MAPPING = 'TIMESTAMP_LTZ'", 'TWO_DIGIT_CENTURY_START = 1980'])
      expect(await client.refusal(`ALTER SESSION SET ${setting}`)).toMatchObject({ code: '000002' });
    const [shown] = await client.run("SHOW PARAMETERS LIKE 'QUERY_TAG'");
    expect(shown).toMatchObject({ key: 'QUERY_TAG', value: 'nightly', level: 'SESSION' });
  });

  it('reads earlier results again, and the history of its statements with their tags', async () => {
    await client.run(
      "SELECT 1 AS n, DATE '2024-01-31' AS d, TRUE AS b, PARSE_JSON('{\"a\":[1]}') AS v, '12:00:00'::TIME AS t",
    );
    expect(
      await client.run(
        'SELECT n, d::VARCHAR AS d, b, v:a[0]::INT AS v, t::VARCHAR AS t FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))',
      ),
    ).toEqual([{ N: 1, D: '2024-01-31', B: true, V: 1, T: '12:00:00' }]);
    await client.run("SELECT 1.50::NUMBER(10, 2) AS n, 'abc' AS t");
    expect((await client.run('DESC RESULT LAST_QUERY_ID()')).map(({ name, type, kind }) => [name, type, kind])).toEqual(
      [
        ['N', 'NUMBER(10,2)', 'COLUMN'],
        ['T', 'VARCHAR(3)', 'COLUMN'],
      ],
    );
    await client.run('SHOW TERSE DATABASES');
    expect(await client.run('SELECT "name" AS n FROM TABLE(RESULT_SCAN(LAST_QUERY_ID(-1)))')).toEqual([{ N: 'TEST' }]);
    const history = await client.run(
      "SELECT query_text AS q, query_tag AS t FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY()) WHERE query_tag = 'nightly' AND execution_status = 'SUCCESS'",
    );
    expect(history).toContainEqual({ Q: 'SHOW TERSE DATABASES', T: 'nightly' });
  });

  it('finds statements by session, user and warehouse, and what kind they were', async () => {
    const of = (call: string): Promise<Row[]> =>
      client.run(`SELECT query_type AS t FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY_BY_${call})`);
    await client.run('CREATE WAREHOUSE counting');
    await client.run('CREATE OR REPLACE TABLE copied AS SELECT 1 AS a');
    await client.run('WITH c AS (SELECT 1) SELECT * FROM c');
    const last = [{ T: 'SELECT' }, { T: 'SELECT' }, { T: 'CREATE_TABLE_AS_SELECT' }];
    expect(await of('SESSION(RESULT_LIMIT => 3)')).toEqual(last);
    const mine = await of('SESSION(CURRENT_SESSION()::INT)');
    expect(mine.length).toBeGreaterThan(3);
    expect(await of('SESSION(SESSION_ID => 12345678)')).toEqual([]);
    expect(await of("USER(USER_NAME => 'nobody')")).toEqual([]);
    expect((await of("USER(USER_NAME => 'tester')")).length).toBeGreaterThan(0);
    expect((await of("WAREHOUSE('counting')")).length).toBeGreaterThan(0);
    expect(
      (await client.refusal('SELECT * FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY(NOPE => 1))')).message,
    ).toContain('NOPE');
  });
});
