import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fixture, type Client, type Row } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;

beforeAll(async () => {
  client = await fixture.start();
});
afterAll(() => fixture.stop());

beforeEach(async () => {
  for (const sql of [
    'CREATE OR REPLACE TABLE orders (id INT, item VARCHAR)',
    'CREATE OR REPLACE TABLE customers (id INT, name VARCHAR)',
    `INSERT INTO orders VALUES (1, 'ink')`,
    `INSERT INTO customers VALUES (1, 'Ann')`,
    'CREATE OR REPLACE VIEW joined AS SELECT * FROM orders NATURAL JOIN customers',
    'CREATE OR REPLACE VIEW chosen AS SELECT id * 10 AS tenfold FROM orders WHERE id < 5',
  ])
    await client.run(sql);
});

/** A stream's rows without ids, each in short: `+` or `-`, `~` where it is an update, and its values. */
const shown = async (stream: string): Promise<string[]> =>
  (await client.run(`SELECT * FROM ${stream}`)).map(short).toSorted();

const short = ({
  METADATA$ACTION: action,
  METADATA$ISUPDATE: isUpdate,
  METADATA$ROW_ID: id,
  ...values
}: Row): string => {
  expect(id).toMatch(/^[0-9a-f]{40}$/);
  return `${action === 'INSERT' ? '+' : '-'}${isUpdate === true ? '~' : ''} ${Object.values(values).join(' ')}`;
};

describe('a stream on a view', () => {
  it('of a join shows changes of either side with what the other one has and had', async () => {
    await client.run('CREATE OR REPLACE STREAM s ON VIEW joined');
    expect(await shown('s')).toEqual([]);
    await client.run(`INSERT INTO orders VALUES (1, 'pen')`);
    expect(await shown('s')).toEqual(['+ 1 pen Ann']);
    await client.run(`INSERT INTO customers VALUES (1, 'Bob')`);
    expect(await shown('s')).toEqual(['+ 1 ink Bob', '+ 1 pen Ann', '+ 1 pen Bob']);

    await client.run(`UPDATE orders SET item = 'oil' WHERE item = 'ink'`);
    await client.run(`DELETE FROM customers WHERE name = 'Bob'`);
    expect(await shown('s')).toEqual(['+ 1 pen Ann', '+~ 1 oil Ann', '-~ 1 ink Ann']);
  });

  it('shows what comes into sight and goes out of it, and no change that the view does not show', async () => {
    await client.run('CREATE OR REPLACE STREAM s ON VIEW chosen');
    await client.run(`UPDATE orders SET item = 'other'`);
    expect(await shown('s')).toEqual([]);
    await client.run('UPDATE orders SET id = 9');
    expect(await shown('s')).toEqual(['- 10']);
    await client.run('UPDATE orders SET id = 2');
    expect(await shown('s')).toEqual(['+~ 20', '-~ 10']);
    expect(await client.run('SELECT COUNT(DISTINCT METADATA$ROW_ID) AS n FROM s')).toEqual([{ N: 1 }]);
  });

  it('is moved by DML for all its tables at once', async () => {
    await client.run('CREATE OR REPLACE STREAM s ON VIEW joined');
    await client.run(`INSERT INTO orders VALUES (1, 'pen')`);
    await client.run('CREATE OR REPLACE TEMPORARY TABLE sink AS SELECT * FROM s');
    await client.run(`INSERT INTO customers VALUES (1, 'Bob')`);

    expect(await client.run('SELECT item, name FROM sink')).toEqual([{ ITEM: 'pen', NAME: 'Ann' }]);
    expect(await shown('s')).toEqual(['+ 1 ink Bob', '+ 1 pen Bob']);
    expect(await client.run(`SELECT SYSTEM$STREAM_HAS_DATA('s') AS h`)).toEqual([{ H: true }]);
  });

  it('that is append-only shows inserted rows alone, and one with initial rows begins with all', async () => {
    await client.run('CREATE OR REPLACE STREAM added ON VIEW joined APPEND_ONLY = TRUE');
    await client.run('CREATE OR REPLACE STREAM all_of ON VIEW joined SHOW_INITIAL_ROWS = TRUE');
    expect(await shown('all_of')).toEqual(['+ 1 ink Ann']);
    await client.run(`INSERT INTO orders VALUES (1, 'pen')`);
    await client.run('DELETE FROM orders');

    expect(await shown('added')).toEqual(['+ 1 pen Ann']);
  });

  it('follows views of views, queries in FROM, common tables and UNION ALL', async () => {
    await client.run('CREATE OR REPLACE VIEW united AS SELECT id FROM orders UNION ALL SELECT id FROM customers');
    await client.run(
      'CREATE OR REPLACE VIEW nested AS WITH c AS (SELECT u.* FROM united u) SELECT x.id FROM (SELECT * FROM c) x WHERE x.id > 1',
    );
    await client.run('CREATE OR REPLACE STREAM s ON VIEW nested');
    await client.run(`INSERT INTO customers VALUES (7, 'Eve')`);
    await client.run(`INSERT INTO orders VALUES (7, 'cup'), (1, 'jar')`);

    expect(await shown('s')).toEqual(['+ 7', '+ 7']);
    expect(await client.run('SELECT COUNT(DISTINCT METADATA$ROW_ID) AS n FROM s')).toEqual([{ N: 2 }]);
  });

  it('is listed with the tables behind it, and goes stale with them', async () => {
    await client.run('CREATE OR REPLACE STREAM s ON VIEW joined');
    const where = { table_name: 'TEST.PUBLIC.JOINED', source_type: 'View', mode: 'DEFAULT' };
    expect(await client.run(`SHOW STREAMS LIKE 's'`)).toMatchObject([
      { ...where, base_tables: 'TEST.PUBLIC.ORDERS,TEST.PUBLIC.CUSTOMERS', stale: 'false' },
    ]);
    expect(await client.run(`SHOW VIEWS LIKE 'joined'`)).toMatchObject([{ change_tracking: 'ON' }]);

    await client.run('DROP TABLE customers');
    expect(await client.refusal('SELECT * FROM s')).toMatchObject({ code: '091111' });
    expect(await client.run(`SHOW STREAMS LIKE 's'`)).toMatchObject([{ ...where, stale: 'true' }]);
  });

  it.each([
    ['SELECT id FROM orders GROUP BY id', '002203', 'GROUP BY'],
    ['SELECT COUNT(*) AS n FROM orders', '002203', 'aggregates'],
    ['SELECT DISTINCT id FROM orders', '002203', 'DISTINCT'],
    ['SELECT id FROM orders LIMIT 3', '002203', 'LIMIT'],
    ['SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS n FROM orders', '002203', 'window functions'],
    ['SELECT o.id FROM orders o LEFT JOIN customers c ON o.id = c.id', '002203', 'LEFT_OUTER_JOIN'],
    ['SELECT id FROM orders WHERE id IN (SELECT id FROM customers)', '002203', 'subqueries outside of FROM'],
    ['SELECT id FROM orders UNION SELECT id FROM customers', '002203', 'UNION ALL'],
    ['SELECT 1 AS one', '000002', 'without a table'],
    ['SELECT value FROM orders, LATERAL FLATTEN(SPLIT(item, 1))', '000002', 'lateral'],
  ])('cannot follow %s', async (query, code, reason) => {
    await client.run(`CREATE OR REPLACE VIEW refused AS ${query}`);

    const refusal = await client.refusal('CREATE STREAM never ON VIEW refused');
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(reason);
  });
});
