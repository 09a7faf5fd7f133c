create transient table if not exists "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_BACKFILL_SOURCE_BF20260105110000_A1B2C3D4" as
select
  d.SRC, d.SRC_TEXT, d.FILE_NAME, d.FILE_ROW_NUMBER, d.LOADED_AT,
  ? || '_C' || lpad((mod(abs(hash(d.SRC:"order_number"::varchar)), ?::number(38,0)) + 1)::number(38,0)::varchar, 3, '0') as BATCH_ID
from "DEV_RAW"."ECOMM"."ORDERS" d
left join (
      select distinct w.FILE_NAME, w.FILE_ROW_NUMBER, w.LOADED_AT
      from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_STREAMED" w
      left join "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" b on b.BATCH_ID = w.BATCH_ID and b.BACKFILL_ID = ?
      where b.BATCH_ID is null
    ) s on s.FILE_NAME = d.FILE_NAME and s.FILE_ROW_NUMBER = d.FILE_ROW_NUMBER and s.LOADED_AT = d.LOADED_AT
where s.FILE_NAME is null
order by BATCH_ID
-- binds: ["BF20260105110000_A1B2C3D4",8,"BF20260105110000_A1B2C3D4"]
