select
  count(*) as WAITING,
  coalesce(
    greatest(datediff('second', min(STREAMED_AT), ?::timestamp_ntz), 0), 0
  ) as OLDEST_SECONDS
from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_STREAMED"
where BATCH_ID is null
-- binds: ["2026-01-05T12:00:00.000Z"]
