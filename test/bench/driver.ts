import { DuckDBInstance } from '@duckdb/node-api';
import { startWarehouse } from '../../infra/local/warehouse/server.ts';
import { openSession } from '../../infra/cli/session.ts';

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const times = async (count: number, work: () => Promise<unknown>): Promise<number[]> => {
  const seconds: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const started = performance.now();
    await work();
    seconds.push((performance.now() - started) / 1000);
  }
  return seconds;
};

/** The median time of a simple statement through the unmodified driver, in seconds. */
export const statementSeconds = async (): Promise<number> => {
  const warehouse = await startWarehouse();
  try {
    const session = await openSession(warehouse.url);
    const simple = { text: 'SELECT ? + 1 AS N', binds: [1] };
    await times(20, () => session.rows(simple));
    const measured = median(await times(200, () => session.rows(simple)));
    await session.close();
    return measured;
  } finally {
    await warehouse.close();
  }
};

const DOCUMENTS = 25_900;
const ELEMENTS = 541_909;
/** As many documents and elements as a year of a busy shop. */
const SOURCE = `
  SELECT to_json({'n': i, 'items': list_transform(range(${Math.floor(ELEMENTS / DOCUMENTS)} + (i < ${ELEMENTS % DOCUMENTS})::INT),
    k -> {'sku': 'S' || (k * 37 % 4000), 'q': k % 48 + 1, 'p': (k * 7 % 1999 + 1) / 100.0})}) AS src
  FROM range(${DOCUMENTS}) t(i)`;

const BY_HAND = `
  WITH d AS MATERIALIZED (SELECT src ->> '$.n' AS n, src -> '$.items[*]' AS items FROM docs)
  SELECT count(*) AS n, sum(q) AS q, sum(p) AS p, count(DISTINCT sku) AS s FROM (
    SELECT n, i ->> '$.sku' AS sku, TRY_CAST(i ->> '$.q' AS DECIMAL(10,0)) AS q, TRY_CAST(i ->> '$.p' AS DECIMAL(12,3)) AS p
    FROM (SELECT n, unnest(items) AS i FROM d))`;

const AS_SNOWFLAKE = `
  SELECT COUNT(*) AS N, SUM(Q) AS Q, SUM(P) AS P, COUNT(DISTINCT SKU) AS S FROM (
    SELECT d.SRC:n::VARCHAR AS DOC, f.VALUE:sku::VARCHAR AS SKU,
      TRY_TO_DECIMAL(f.VALUE:q::VARCHAR, 10, 0) AS Q, TRY_TO_DECIMAL(f.VALUE:p::VARCHAR, 12, 3) AS P
    FROM DOCS d, LATERAL FLATTEN(INPUT => d.SRC:items) f)`;

/** FLATTEN over 541,909 elements: through the driver, and the best query that DuckDB can be given by hand; the best of five each. */
export const flattenSeconds = async (): Promise<{ readonly byHand: number; readonly throughDriver: number }> => {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE docs AS ${SOURCE}`);
  const source = (await connection.runAndReadAll('SELECT src FROM docs')).getColumns()[0] as string[];
  const warehouse = await startWarehouse();
  try {
    const session = await openSession(warehouse.url);
    for (const text of ['CREATE DATABASE BENCH', 'CREATE TABLE DOCS (SRC VARIANT)']) await session.rows({ text });
    for (let from = 0; from < source.length; from += 5000) {
      const part = `[${source.slice(from, from + 5000).join(',')}]`;
      const text = 'INSERT INTO DOCS SELECT f.VALUE FROM TABLE(FLATTEN(INPUT => PARSE_JSON(?))) f';
      await session.rows({ text, binds: [part] });
    }
    const [found] = (await connection.runAndReadAll(BY_HAND)).getRowsJson();
    const [told] = await session.rows({ text: AS_SNOWFLAKE });
    if (JSON.stringify(Object.values(told!).map(Number)) !== JSON.stringify(found!.map(Number)))
      throw new Error('the two queries do not agree');
    const byHand = Math.min(...(await times(5, () => connection.runAndReadAll(BY_HAND))));
    const throughDriver = Math.min(...(await times(5, () => session.rows({ text: AS_SNOWFLAKE }))));
    await session.close();
    return { byHand, throughDriver };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await warehouse.close();
  }
};
