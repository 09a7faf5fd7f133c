import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';
import { RemoteService, type Asked, type Said } from './remote-service.ts';

const fixture = new Fixture();
const remote = new RemoteService();
let client: Client;
const echo = remote.respond;

beforeAll(async () => {
  await remote.start();
  client = await fixture.start({ remotePatienceSeconds: 0.3 });
  for (const sql of [
    `CREATE API INTEGRATION gateway API_PROVIDER = aws_api_gateway API_AWS_ROLE_ARN = 'arn:aws:iam::000000000000:role/r'
       API_ALLOWED_PREFIXES = ('${remote.url}/prod/', 'https://xyz.amazonaws.com/') ENABLED = TRUE`,
    `CREATE EXTERNAL FUNCTION same (n NUMBER) RETURNS NUMBER API_INTEGRATION = gateway AS '${remote.url}/prod/same'`,
    `CREATE EXTERNAL FUNCTION doc (v VARIANT) RETURNS VARIANT IMMUTABLE API_INTEGRATION = gateway AS '${remote.url}/prod/doc'`,
    `CREATE EXTERNAL FUNCTION few (n INTEGER, s VARCHAR) RETURNS VARCHAR STRICT API_INTEGRATION = gateway
       HEADERS = ('volume-measure' = 'liters') CONTEXT_HEADERS = (current_user, CURRENT_STATEMENT)
       MAX_BATCH_ROWS = 2 COMPRESSION = NONE AS '${remote.url}/prod/few'`,
    'CREATE TABLE items (n NUMBER)',
    'INSERT INTO items VALUES (1), (2), (2), (3), (NULL)',
  ])
    await client.run(sql);
});
afterAll(async () => {
  await fixture.stop();
  remote.stop();
});
beforeEach(() => {
  remote.asked.length = 0;
  remote.respond = echo;
});

const rowsOf = async (sql: string): Promise<unknown[][]> => (await client.run(sql)).map((row) => Object.values(row));
const plus = ({ rows }: Asked): Said => ({ body: { data: rows.map(([n, x]) => [n, Number(x) + 10]) } });

describe('an external function', () => {
  it('sends each row once and gives back what the service says', async () => {
    remote.respond = plus;

    expect(await rowsOf('SELECT n, same(n) FROM items WHERE n IS NOT NULL ORDER BY n')).toEqual([
      [1, 11],
      [2, 12],
      [2, 12],
      [3, 13],
    ]);
    expect(remote.asked).toHaveLength(1);
    expect(remote.asked[0]!.rows).toHaveLength(4);
  });

  it('is called anywhere in a statement, inside another call, and with nothing for no rows', async () => {
    remote.respond = plus;

    expect(await rowsOf('SELECT same(same(1)), 2 * same(n) FROM items WHERE same(n) = 12 LIMIT 1')).toEqual([[21, 24]]);
    expect(remote.asked.flatMap(({ rows }) => rows.map(([, n]) => n))).not.toContain(0);
    expect(await rowsOf('SELECT same(n), COUNT(*) FROM items WHERE n = 2 GROUP BY same(n)')).toEqual([[12, 2]]);
    const before = remote.asked.length;
    expect(await rowsOf('SELECT same(n) FROM items WHERE n = 99')).toEqual([]);
    expect(remote.asked).toHaveLength(before);
  });

  it('takes part in DML, once, also in a transaction that is rolled back', async () => {
    remote.respond = plus;
    await client.run('CREATE OR REPLACE TABLE results AS SELECT n, same(n) AS r FROM items WHERE n = 1');
    await client.run('BEGIN');
    await client.run('INSERT INTO results SELECT n, same(n) FROM items WHERE n = 3');
    await client.run('UPDATE results SET r = same(r) WHERE n = 3');

    expect(await rowsOf('SELECT * FROM results ORDER BY n')).toEqual([
      [1, 11],
      [3, 23],
    ]);
    await client.run('ROLLBACK');
    expect(await rowsOf('SELECT * FROM results')).toEqual([[1, 11]]);
    expect(remote.asked).toHaveLength(3);
  });

  it('tells the service who asks, in what batches, and never sends a row with NULL if it is strict', async () => {
    remote.respond = ({ rows }) => ({ body: { data: rows.map(([n, x, s]) => [n, `${String(x)}${String(s)}`]) } });

    expect(await rowsOf("SELECT few(n, 'é') FROM items ORDER BY 1 NULLS LAST")).toEqual([
      ['1é'],
      ['2é'],
      ['2é'],
      ['3é'],
      [null],
    ]);
    expect(remote.asked.map(({ rows }) => rows.length)).toEqual([2, 2]);
    const [first, second] = remote.asked.map(({ headers }) => headers);
    expect(first).toMatchObject({
      'content-type': 'application/json',
      'sf-external-function-format': 'json',
      'sf-external-function-format-version': '1.0',
      'sf-external-function-name': 'FEW',
      'sf-external-function-name-base64': Buffer.from('FEW').toString('base64'),
      'sf-external-function-signature': '(N NUMBER, S VARCHAR)',
      'sf-external-function-return-type': 'VARCHAR(134217728)',
      'sf-custom-volume-measure': 'liters',
      'sf-context-current-user': 'TESTER',
      'sf-context-current-statement': "SELECT few(n, ' ') FROM items ORDER BY 1 NULLS LAST",
      'sf-context-current-statement-base64': Buffer.from(
        "SELECT few(n, 'é') FROM items ORDER BY 1 NULLS LAST",
      ).toString('base64'),
    });
    expect(first!['content-encoding']).toBeUndefined();
    expect(first!['sf-external-function-current-query-id']).toBe(second!['sf-external-function-current-query-id']);
    expect(first!['sf-external-function-query-batch-id']).not.toBe(second!['sf-external-function-query-batch-id']);
  });

  it('carries documents, numbers of 38 digits, and NULL', async () => {
    expect(await rowsOf(`SELECT doc(PARSE_JSON('{"a":[1,null]}')):a[0]::NUMBER, doc(NULL) IS NULL`)).toEqual([
      [1, true],
    ]);
    const digits = '12345678901234567890123456789012345678';
    remote.respond = () => ({ body: `{"data":[[0,${digits}]]}` });
    expect(await rowsOf(`SELECT same(${digits})::VARCHAR`)).toEqual([[digits]]);
    expect(remote.asked[0]!.headers['content-encoding']).toBe('gzip');
  });

  it('polls a service that has said 202, under the same batch id', async () => {
    remote.respond = (asked, before) => {
      if (asked.method === 'POST') return { status: 202 };
      return before < 3 ? { status: 202 } : { body: { data: [[0, 42]] } };
    };

    expect(await rowsOf('SELECT same(1)')).toEqual([[42]]);
    expect(remote.asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET']);
    expect(new Set(remote.asked.map(({ headers }) => headers['sf-external-function-query-batch-id'])).size).toBe(1);
  });

  it.each([429, 500, 503])('is tried again after %i, under the same batch id', async (status) => {
    remote.respond = (asked, before) => (before === 0 ? { status } : echo(asked, before));

    expect(await rowsOf('SELECT same(7)')).toEqual([[7]]);
    expect(remote.asked).toHaveLength(2);
    expect(new Set(remote.asked.map(({ headers }) => headers['sf-external-function-query-batch-id'])).size).toBe(1);
  });

  it.each<[string, Said, string, RegExp]>([
    [
      'refuses',
      { status: 400, body: 'bad' },
      '100351',
      /^Request failed for external function SAME with remote service error: 400 'bad'; requests batch-id: /,
    ],
    ['stays busy', { status: 503 }, '100351', /error: 503/],
    ['answers in another form', { body: 'no json' }, '100350', /Error parsing JSON/],
    ['forgets data', { body: {} }, '100350', /"data"/],
    ['loses a row', { body: { data: [] } }, '100350', /wrong number of rows/],
    ['changes the order', { body: { data: [[1, 2]] } }, '100350', /out of order/],
    ['sends another checksum', { body: { data: [[0, 2]] }, headers: { 'content-md5': 'x' } }, '100350', /checksum/],
    ['sends another type', { body: { data: [[0, 'many']] } }, '100038', /'many' is not recognized/],
  ])('fails if the service %s', async (_, said, code, message) => {
    remote.respond = () => said;

    const refusal = await client.refusal('SELECT same(1)');

    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(message);
  });

  it('is shown, described, altered and dropped', async () => {
    await client.run('ALTER FUNCTION few(INTEGER, VARCHAR) SET MAX_BATCH_ROWS = 100');
    await client.run("ALTER FUNCTION few(INTEGER, VARCHAR) SET COMMENT = 'few at a time'");
    const [shown] = await client.run("SHOW EXTERNAL FUNCTIONS LIKE 'few'");
    expect(shown).toMatchObject({
      name: 'FEW',
      language: 'EXTERNAL',
      is_external_function: 'Y',
      description: 'few at a time',
    });
    const described = await client.run('DESCRIBE FUNCTION few(NUMBER, VARCHAR)');
    expect(Object.fromEntries(described.map((row) => [row['property'], row['value']]))).toMatchObject({
      signature: '(N NUMBER, S VARCHAR)',
      language: 'EXTERNAL',
      body: `${remote.url}/prod/few`,
      max_batch_rows: '100',
    });
    await client.run(
      `CREATE EXTERNAL FUNCTION gone () RETURNS VARCHAR API_INTEGRATION = gateway AS '${remote.url}/prod/gone'`,
    );
    await client.run('DROP FUNCTION gone()');
    expect((await client.refusal('SELECT gone()')).code).toBe('002140');
  });
});

describe('an API integration', () => {
  it('is shown and described with its prefixes', async () => {
    const [shown] = await client.run("SHOW INTEGRATIONS LIKE 'gateway'");
    expect(shown).toMatchObject({ name: 'GATEWAY', type: 'EXTERNAL_API', category: 'API', enabled: 'true' });
    const described = await client.run('DESCRIBE INTEGRATION gateway');
    expect(described.find((row) => row['property'] === 'API_ALLOWED_PREFIXES')).toMatchObject({
      property_value: `${remote.url}/prod/,https://xyz.amazonaws.com/`,
    });
  });

  it('keeps functions to the addresses that it allows, to roles that may use it, and off while it is disabled', async () => {
    const create = (url: string): string =>
      `CREATE OR REPLACE EXTERNAL FUNCTION other () RETURNS VARCHAR API_INTEGRATION = gateway AS '${url}'`;
    expect((await client.refusal(create(`${remote.url}/dev/x`))).message).toContain('API_ALLOWED_PREFIXES');
    expect((await client.refusal(create('http://example.com/x'))).message).toContain('does not allow');
    await client.run('ALTER API INTEGRATION gateway SET ENABLED = FALSE');
    expect((await client.refusal('SELECT same(1)')).code).toBe('100350');
    await client.run('ALTER API INTEGRATION gateway SET ENABLED = TRUE');
    await client.run('CREATE ROLE outsider');
    for (const grant of ['USAGE ON DATABASE test', 'USAGE, CREATE FUNCTION ON SCHEMA test.public'])
      await client.run(`GRANT ${grant} TO ROLE outsider`);
    await client.run('USE ROLE outsider');
    expect((await client.refusal(create(`${remote.url}/prod/x`))).sqlState).toBe('02000');
    expect((await client.refusal('SELECT same(1)')).code).toBe('002140');
    await client.run('USE ROLE accountadmin');
  });
});
