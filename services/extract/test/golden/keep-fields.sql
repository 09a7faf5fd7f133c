insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_FIELDS" (PATH, KIND, WHAT, COLUMN_NAME, BATCH_ID, FIRST_SEEN)
select v.PATH, v.KIND, v.WHAT, v.COLUMN_NAME, ?, ?::timestamp_ntz
from (
  select $1::varchar as PATH, $2::varchar as KIND, $3::varchar as WHAT, $4::varchar as COLUMN_NAME from values (?, ?, ?, ?)
) v
where not exists (select 1 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_FIELDS" k where k.PATH = v.PATH and k.KIND = v.KIND)
-- binds: ["20260105093000_A1B2C3D4","2026-01-05T09:30:05.000Z","vip","BOOLEAN","appeared",null]
