insert into "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" (BACKFILL_ID, BATCH_ID)
select ?, BATCH_ID
from (
  select '-' as BATCH_ID
  union
  select BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG"
  where PIPELINE = ? and EVENT_TYPE = 'batch.loaded.v1'
)
where not exists (select 1 from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" where BACKFILL_ID = ?)
-- binds: ["BF20260105110000_A1B2C3D4","orders","BF20260105110000_A1B2C3D4"]
