import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture, type Client } from './client.ts';

const fixture = new Fixture();
let client: Client;
let here: string;
let now = new Date('2026-03-01T12:00:00Z');

const pass = async (seconds: number): Promise<void> => {
  now = new Date(now.getTime() + seconds * 1000);
  await fixture.warehouse.runDueTasks();
};
const runAll = async (...statements: readonly string[]): Promise<void> => {
  for (const sql of statements) await client.run(sql);
};

beforeAll(async () => {
  here = await mkdtemp(join(tmpdir(), 'pipelines-'));
  client = await fixture.start({ clock: () => now });
  await client.run('CREATE WAREHOUSE load_wh WAREHOUSE_SIZE = XSMALL AUTO_SUSPEND = 60 INITIALLY_SUSPENDED = TRUE');
});
afterAll(async () => {
  await fixture.stop();
  await rm(here, { recursive: true });
});

describe('a dimension that keeps its history', () => {
  it('follows a stream by a task that merges', async () => {
    await runAll(
      'CREATE SCHEMA history',
      'CREATE TABLE customers (id INT NOT NULL, name VARCHAR, city VARCHAR, updated_at TIMESTAMP_NTZ DEFAULT CURRENT_TIMESTAMP())',
      'CREATE STREAM customer_changes ON TABLE customers',
      `CREATE TABLE customer_history (customer_key INT AUTOINCREMENT, id INT, name VARCHAR, city VARCHAR, row_hash VARCHAR,
         valid_from TIMESTAMP_NTZ, valid_to TIMESTAMP_NTZ, is_current BOOLEAN)`,
      `CREATE VIEW customer_steps AS
         SELECT id, name, city, MD5(CONCAT_WS('|', COALESCE(name, ''), COALESCE(city, ''))) AS row_hash, updated_at AS valid_from,
           'I' AS step, 'x' AS merge_key
         FROM customer_changes WHERE METADATA$ACTION = 'INSERT'
         UNION ALL
         SELECT h.id, h.name, h.city, h.row_hash, SYSDATE(), IFF(c.METADATA$ISUPDATE, 'U', 'D'), h.id::VARCHAR
         FROM customer_changes c JOIN customer_history h ON h.id = c.id AND h.is_current
         WHERE c.METADATA$ACTION = 'DELETE'`,
      `CREATE TASK keep_history WAREHOUSE = load_wh SCHEDULE = '1 MINUTE' WHEN SYSTEM$STREAM_HAS_DATA('customer_changes') AS
         MERGE INTO customer_history t USING customer_steps s
           ON t.id = s.id AND t.is_current AND s.merge_key = t.id::VARCHAR
         WHEN MATCHED THEN UPDATE SET valid_to = s.valid_from, is_current = FALSE
         WHEN NOT MATCHED AND s.step = 'I' THEN
           INSERT (id, name, city, row_hash, valid_from, is_current) VALUES (s.id, s.name, s.city, s.row_hash, s.valid_from, TRUE)`,
      'ALTER TASK keep_history RESUME',
      "INSERT INTO customers (id, name, city) VALUES (1, 'Ann', 'Oslo'), (2, 'Ben', 'Rome')",
    );
    await pass(60);
    await runAll(
      "UPDATE customers SET city = 'Bonn', updated_at = CURRENT_TIMESTAMP() WHERE id = 1",
      'DELETE FROM customers WHERE id = 2',
    );
    await pass(60);
    await pass(60);
    expect(
      await client.run(
        'SELECT id, city, is_current AS c, valid_to IS NULL AS open FROM customer_history ORDER BY id, customer_key',
      ),
    ).toEqual([
      { ID: 1, CITY: 'Oslo', C: false, OPEN: false },
      { ID: 1, CITY: 'Bonn', C: true, OPEN: true },
      { ID: 2, CITY: 'Rome', C: false, OPEN: false },
    ]);
    expect(
      await client.run(
        "SELECT state, COUNT(*) AS n FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_HISTORY WHERE name = 'KEEP_HISTORY' GROUP BY ALL ORDER BY 1",
      ),
    ).toEqual([
      { STATE: 'SKIPPED', N: 1 },
      { STATE: 'SUCCEEDED', N: 2 },
    ]);
  });
});

describe('layers from raw files to marts', () => {
  it('are loaded, flattened, deduplicated and read by those who may', async () => {
    const order = (id: number, at: string, items: readonly (readonly [string, number, number])[]): string =>
      JSON.stringify({
        order: { id, at, customer: { name: `c${id}` } },
        items: items.map(([sku, qty, price]) => ({ sku, qty, price })),
      });
    await writeFile(
      join(here, 'a.json'),
      [
        order(1, '2026-01-01T10:00:00Z', [
          ['x', 1, 2.5],
          ['y', 2, 3],
        ]),
        order(2, '2026-01-02T10:00:00Z', [['x', 4, 2.5]]),
      ].join('\n'),
    );
    await writeFile(join(here, 'b.json'), `${order(2, '2026-01-03T10:00:00Z', [['x', 5, 2.5]])}\n{"broken": \n`);
    await runAll(
      'CREATE SCHEMA bronze',
      'CREATE SCHEMA silver',
      'CREATE SCHEMA gold',
      'CREATE ROLE loader',
      'CREATE ROLE reader',
      'GRANT ROLE reader TO ROLE loader',
      'GRANT USAGE ON DATABASE test TO ROLE reader',
      'GRANT USAGE ON SCHEMA gold TO ROLE reader',
      'GRANT SELECT ON FUTURE DYNAMIC TABLES IN SCHEMA gold TO ROLE reader',
      'GRANT SELECT ON FUTURE VIEWS IN SCHEMA gold TO ROLE reader',
      'CREATE FILE FORMAT bronze.documents TYPE = JSON',
      'CREATE STAGE bronze.orders_stage FILE_FORMAT = bronze.documents',
      'CREATE TABLE bronze.orders (raw VARIANT, file VARCHAR, line INT, loaded_at TIMESTAMP_LTZ DEFAULT CURRENT_TIMESTAMP())',
      `PUT file://${here}/*.json @bronze.orders_stage`,
      `COPY INTO bronze.orders (raw, file, line) FROM (SELECT $1, METADATA$FILENAME, METADATA$FILE_ROW_NUMBER FROM @bronze.orders_stage)
         PATTERN = '.*[.]json[.]gz' ON_ERROR = CONTINUE`,
      `CREATE TABLE silver.order_items CLUSTER BY (order_id) AS
         SELECT raw:order.id::INT AS order_id, raw:order.at::TIMESTAMP_NTZ AS ordered_at, raw:order.customer.name::VARCHAR AS customer,
           i.index AS item, i.value:sku::VARCHAR AS sku, i.value:qty::INT AS qty, i.value:price::NUMBER(10, 2) AS price
         FROM bronze.orders, LATERAL FLATTEN(INPUT => raw:items) i
         QUALIFY ROW_NUMBER() OVER (PARTITION BY order_id, item ORDER BY ordered_at DESC) = 1`,
      `CREATE DYNAMIC TABLE gold.sales TARGET_LAG = '1 hour' WAREHOUSE = load_wh AS
         SELECT sku, SUM(qty * price) AS amount, COUNT(DISTINCT order_id) AS orders FROM silver.order_items GROUP BY sku`,
      'CREATE SECURE VIEW gold.best AS SELECT sku, RANK() OVER (ORDER BY amount DESC) AS place FROM gold.sales',
    );
    expect(
      await client.run('SELECT status, error_count AS e FROM INFORMATION_SCHEMA.LOAD_HISTORY ORDER BY file_name'),
    ).toEqual([
      { STATUS: 'LOADED', E: 0 },
      { STATUS: 'PARTIALLY LOADED', E: 1 },
    ]);
    await client.run("INSERT INTO silver.order_items SELECT 3, '2026-01-04', 'c3', 0, 'z', 1, 100");
    await runAll('ALTER DYNAMIC TABLE gold.sales REFRESH', 'USE ROLE reader');
    expect(
      await client.run(
        'SELECT s.sku, amount, orders, place FROM gold.sales s JOIN gold.best b ON b.sku = s.sku ORDER BY place',
      ),
    ).toEqual([
      { SKU: 'z', AMOUNT: 100, ORDERS: 1, PLACE: 1 },
      { SKU: 'x', AMOUNT: 15, ORDERS: 2, PLACE: 2 },
      { SKU: 'y', AMOUNT: 6, ORDERS: 1, PLACE: 3 },
    ]);
    expect(await client.refusal('SELECT * FROM silver.order_items')).toMatchObject({ code: '002003' });
    await client.run('USE ROLE ACCOUNTADMIN');
    expect(
      await client.run(
        "SELECT table_schema AS s, table_name AS t, clustering_key AS k, is_dynamic AS d FROM INFORMATION_SCHEMA.TABLES WHERE table_schema IN ('SILVER', 'GOLD') AND table_type = 'BASE TABLE' ORDER BY 1",
      ),
    ).toEqual([
      { S: 'GOLD', T: 'SALES', K: null, D: 'YES' },
      { S: 'SILVER', T: 'ORDER_ITEMS', K: 'LINEAR(ORDER_ID)', D: 'NO' },
    ]);
  });
});

describe('a loader that keeps a target in step with its source', () => {
  it('looks up what is there, stages a file, merges, adds a column, and swaps', async () => {
    await runAll('CREATE SCHEMA "sync"', 'USE SCHEMA "sync"', 'BEGIN');
    expect(await client.run('SHOW TERSE OBJECTS LIKE \'users\' IN SCHEMA test."sync"')).toEqual([]);
    await runAll(
      `CREATE TABLE IF NOT EXISTS "users" ("id" NUMBER(19,0) NOT NULL, "name" VARCHAR, "_synced_at" TIMESTAMP_TZ, PRIMARY KEY ("id"))`,
      'COMMIT',
    );
    const columns = async (): Promise<unknown[]> =>
      (
        await client.run(
          'SELECT column_name, data_type, is_nullable FROM INFORMATION_SCHEMA.COLUMNS WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position',
          ['sync', 'users'],
        )
      ).map((row) => Object.values(row).join(' '));
    expect(await columns()).toEqual(['id NUMBER NO', 'name TEXT YES', '_synced_at TIMESTAMP_TZ YES']);
    await writeFile(join(here, 'batch.csv'), '1,"Ann, A",\\N\n2,Ben,ben@x\n2,Ben B,b@x\n');
    await runAll(
      'ALTER TABLE "users" ADD COLUMN IF NOT EXISTS "mail" VARCHAR(100)',
      `CREATE TEMPORARY TABLE "batch" LIKE "users"`,
      'ALTER TABLE "batch" DROP COLUMN "_synced_at"',
      `CREATE OR REPLACE TEMPORARY STAGE "landing" FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"' NULL_IF = ('\\\\N'))`,
      `PUT 'file://${here}/batch.csv' @"landing" OVERWRITE = TRUE`,
      'COPY INTO "batch" ("id", "name", "mail") FROM @"landing" PURGE = TRUE',
    );
    const merged =
      await client.run(`MERGE INTO "users" t USING (SELECT * FROM "batch" QUALIFY ROW_NUMBER() OVER (PARTITION BY "id" ORDER BY "name" DESC) = 1) s
      ON t."id" = s."id" WHEN MATCHED THEN UPDATE SET "name" = s."name", "mail" = s."mail"
      WHEN NOT MATCHED THEN INSERT ("id", "name", "mail", "_synced_at") VALUES (s."id", s."name", s."mail", CURRENT_TIMESTAMP())`);
    expect(merged).toEqual([{ 'number of rows inserted': 2, 'number of rows updated': 0 }]);
    await runAll(
      'CREATE OR REPLACE TRANSIENT TABLE "users_next" CLONE "users"',
      'DELETE FROM "users_next" WHERE "mail" IS NULL',
      'ALTER TABLE "users_next" SWAP WITH "users"',
      'DROP TABLE "users_next"',
    );
    expect(await client.run('SELECT "id", "name", "mail" FROM "users"')).toEqual([
      { id: 2, name: 'Ben B', mail: 'b@x' },
    ]);
    expect(await client.run('LIST @"landing"')).toEqual([]);
    expect(
      await client.run(
        "SELECT rows_inserted AS n FROM SNOWFLAKE.ACCOUNT_USAGE.QUERY_HISTORY WHERE query_type = 'MERGE' AND schema_name = 'sync'",
      ),
    ).toEqual([{ N: 2 }]);
  });
});
