import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture } from '../../test/client.ts';
import type { Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
  for (const sql of [
    'USE SCHEMA test.public',
    'CREATE TABLE sales (day DATE, region VARCHAR, amount NUMBER, more VARIANT)',
    `INSERT INTO sales SELECT '2026-01-01', 'EU', 5, PARSE_JSON('[1, 2]')`,
    'CREATE TABLE other (region VARCHAR)',
    'CREATE VIEW plain AS SELECT * FROM sales',
    'CREATE FUNCTION twice (n NUMBER) RETURNS NUMBER AS $$ n * 2 $$',
  ])
    await client.run(sql);
});
afterAll(() => fixture.stop());

describe('a materialized view', () => {
  it('has what its table has now, and is listed among views and on its own', async () => {
    const [created] = await client.run(
      `CREATE OR REPLACE SECURE MATERIALIZED VIEW totals (region, total) COMMENT = 'by region' CLUSTER BY (region)
         AS SELECT region, SUM(amount) FROM sales GROUP BY region`,
    );
    await client.run(`INSERT INTO sales (region, amount) VALUES ('EU', 3), ('US', 1)`);

    expect(created).toEqual({ status: 'Materialized view TOTALS successfully created.' });
    expect(await client.run('SELECT * FROM totals ORDER BY region')).toEqual([
      { REGION: 'EU', TOTAL: 8 },
      { REGION: 'US', TOTAL: 1 },
    ]);
    expect(await client.run('SHOW MATERIALIZED VIEWS')).toMatchObject([
      {
        name: 'TOTALS',
        cluster_by: 'LINEAR(REGION)',
        rows: 2,
        source_table_name: 'SALES',
        invalid: 'false',
        behind_by: '0s',
        comment: 'by region',
        is_secure: 'true',
        automatic_clustering: 'ON',
      },
    ]);
    expect(await client.run(`SHOW VIEWS LIKE 'totals'`)).toMatchObject([{ is_materialized: 'true' }]);
    expect(await client.run(`SELECT table_type FROM INFORMATION_SCHEMA.TABLES WHERE table_name = 'TOTALS'`)).toEqual([
      { TABLE_TYPE: 'MATERIALIZED VIEW' },
    ]);
    expect(await client.run('DESC MATERIALIZED VIEW totals')).toMatchObject([{ name: 'REGION' }, { name: 'TOTAL' }]);
  });

  it('is suspended, resumed, renamed and dropped', async () => {
    await client.run(
      'CREATE MATERIALIZED VIEW rows_of AS SELECT s.day, f.value FROM sales s, LATERAL FLATTEN(s.more) f',
    );
    await client.run('ALTER MATERIALIZED VIEW rows_of SUSPEND');
    expect(await client.refusal('SELECT * FROM rows_of')).toMatchObject({
      code: '002037',
      message: expect.stringContaining('Materialized View ROWS_OF is invalid. Invalidation reason: Marked'),
    });

    await client.run('ALTER MATERIALIZED VIEW rows_of RESUME');
    await client.run('ALTER MATERIALIZED VIEW rows_of CLUSTER BY (day)');
    await client.run('ALTER MATERIALIZED VIEW rows_of SET SECURE');
    await client.run('ALTER MATERIALIZED VIEW rows_of RENAME TO values_of');
    expect(await client.run('SELECT value::INT AS v FROM values_of ORDER BY 1')).toEqual([{ V: 1 }, { V: 2 }]);
    expect(await client.refusal('DROP MATERIALIZED VIEW plain')).toMatchObject({ code: '002043' });
    await client.run('DROP MATERIALIZED VIEW values_of');
    await client.run('DROP MATERIALIZED VIEW IF EXISTS values_of');
  });

  it('is invalid once its table is gone', async () => {
    await client.run('CREATE TABLE short_lived (a INT)');
    await client.run('CREATE MATERIALIZED VIEW lasting AS SELECT a FROM short_lived');
    await client.run('CREATE OR REPLACE TABLE short_lived (a INT)');

    expect(await client.refusal('SELECT * FROM lasting')).toMatchObject({ code: '002037' });
    expect(await client.run(`SHOW MATERIALIZED VIEWS LIKE 'lasting'`)).toMatchObject([{ invalid: 'true', rows: null }]);
  });

  it('and policies of its table exclude each other', async () => {
    await client.run(`CREATE MASKING POLICY hidden AS (v VARCHAR) RETURNS VARCHAR -> '*'`);
    await client.run('CREATE TABLE masked (a VARCHAR MASKING POLICY hidden, b INT)');
    await client.run('CREATE MATERIALIZED VIEW unmasked AS SELECT b FROM masked');

    expect(await client.refusal('CREATE MATERIALIZED VIEW leaking AS SELECT a FROM masked')).toMatchObject({
      message: "Unsupported feature 'CREATE ON MASKING POLICY COLUMN'.",
    });
    expect(await client.refusal('ALTER TABLE sales MODIFY region SET MASKING POLICY hidden')).toMatchObject({
      message: expect.stringContaining('number of mvs=1, table name=SALES.'),
    });
    await client.run('GRANT SELECT ON MATERIALIZED VIEW totals TO ROLE PUBLIC');
    await client.run('ALTER VIEW totals MODIFY region SET MASKING POLICY hidden');
    expect(await client.run('SELECT DISTINCT region FROM totals')).toEqual([{ REGION: '*' }]);
  });

  it.each([
    ['SELECT s.amount FROM sales s JOIN other o ON s.region = o.region', 'More than one table'],
    ['SELECT s.amount FROM sales s, other', 'More than one table'],
    ['SELECT amount FROM plain', 'Only a table'],
    ['SELECT amount FROM sales ORDER BY 1', 'ORDER BY'],
    ['SELECT amount FROM sales LIMIT 1', 'LIMIT'],
    ['SELECT region, SUM(amount) FROM sales GROUP BY region HAVING SUM(amount) > 1', 'HAVING'],
    ['SELECT ROW_NUMBER() OVER (ORDER BY amount) AS n FROM sales', 'Window functions'],
    ['SELECT SUM(amount) AS s FROM sales GROUP BY region', 'GROUP BY keys'],
    ['SELECT region, MEDIAN(amount) AS m FROM sales GROUP BY region', 'MEDIAN'],
    ['SELECT COUNT(DISTINCT amount) AS n FROM sales', 'COUNT(DISTINCT)'],
    ['SELECT amount FROM (SELECT amount FROM sales)', 'Subqueries'],
    ['SELECT amount FROM sales UNION ALL SELECT 1', 'Subqueries'],
    ['SELECT twice(amount) AS a FROM sales', 'TWICE'],
    ['SELECT CURRENT_TIMESTAMP() AS now, amount FROM sales', 'CURRENT_TIMESTAMP'],
  ])('cannot be %s', async (query, reason) => {
    const { code, message } = await client.refusal(`CREATE MATERIALIZED VIEW refused AS ${query}`);

    expect(code).toBe('002212');
    expect(message).toContain(reason);
  });
});
