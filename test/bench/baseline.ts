import { rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';

const list = (files: readonly string[]): string => files.map((it) => `'${it.replaceAll("'", "''")}'`).join(', ');

/** The job by hand: read, explode, rules, checks, replace-load, as one script of plain DuckDB SQL on one file. */
const script = (files: readonly string[]): readonly string[] => [
  `create table raw as
   select json(line) as src, filename as file_name, row_number() over () as file_row_number, now() as loaded_at
   from read_csv([${list(files)}], columns = {'line': 'VARCHAR'}, delim = '\\x1f', quote = '', escape = '', header = false,
     filename = true, max_line_size = 33554432)`,
  `create table normalized as
   with documents as materialized (
     select
       src ->> '$.order_number' as order_number,
       try_cast(src ->> '$.date' as timestamp) as order_date,
       src ->> '$.customer.id' as customer_id,
       src ->> '$.customer.country' as country,
       src -> '$.products[*]' as products,
       file_name, file_row_number,
       strftime(loaded_at, '%Y%m%d%H%M%S%f') || '/' || file_name || '/' || lpad(file_row_number::varchar, 12, '0') as row_version
     from raw
   ),
   items as (
     select * exclude (products), unnest(products) as item, generate_subscripts(products, 1) as line_number from documents
   )
   select
     order_number, order_date, customer_id, country, line_number,
     item ->> '$.sku' as sku, item ->> '$.description' as description,
     try_cast(item ->> '$.quantity' as decimal(10,0)) as quantity,
     try_cast(item ->> '$.unit_price' as decimal(12,3)) as unit_price,
     file_name, file_row_number, row_version, 'B1' as batch_id
   from items`,
  `create table rejected as
   select row_version, count(*) as broken from normalized
   where order_number is null or order_date is null or sku is null or quantity is null or not (quantity between -100000 and 100000)
   group by row_version`,
  `create table transformed as
   with newest as (
     select max(row_version) as row_version from normalized
     where row_version not in (select row_version from rejected) group by order_number
   ),
   lines as (
     select n.*, (quantity * unit_price)::decimal(18,3) as gross_amount, upper(trim(sku)) as sku_normalized
     from normalized n join newest using (row_version)
   ),
   totals as (
     select order_number, sum(gross_amount)::decimal(18,3) as order_total, count(*) as line_count from lines group by order_number
   )
   select
     lines.*, starts_with(order_number, 'C') as is_cancellation, order_total, line_count,
     case when replace(trim(description), '?', '') = '' then null else trim(description) end as description_clean,
     not (sku_normalized in ('POST', 'D', 'DOT', 'M', 'S', 'B', 'CRUK', 'PADS', 'C2', 'AMAZONFEE', 'BANK CHARGES')
       or starts_with(sku_normalized, 'GIFT_')) as is_merchandise,
     date_trunc('month', order_date)::date as order_month
   from lines join totals using (order_number)`,
  `create table broken as
   select order_number, line_number from transformed
   where order_number is null or sku is null or gross_amount is distinct from quantity * unit_price
   group by all having count(*) > 1 or bool_or(sku is null) or bool_or(gross_amount is distinct from quantity * unit_price)`,
  'create table if not exists target as select * from transformed limit 0',
  'begin',
  'delete from target using (select distinct order_number, row_version from transformed) n where target.order_number = n.order_number and target.row_version <= n.row_version',
  'insert into target select * from transformed where not exists (select 1 from target t where t.order_number = transformed.order_number)',
  'commit',
  'checkpoint',
];

/** Runs the hand-written script on a new database file; resolves to rows in the target and seconds taken. */
export const baseline = async (files: readonly string[], file: string): Promise<{ rows: number; seconds: number }> => {
  await rm(file, { force: true });
  const started = performance.now();
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const statement of script(files)) await connection.run(statement);
  const seconds = (performance.now() - started) / 1000;
  const counted = await connection.runAndReadAll('select count(*)::int as n from target');
  connection.closeSync();
  instance.closeSync();
  return { rows: Number(counted.getRowObjectsJson()[0]!['n']), seconds };
};
