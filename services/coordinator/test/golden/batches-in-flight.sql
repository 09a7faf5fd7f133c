select BATCH_ID from (
  select BATCH_ID
  from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG"
  where PIPELINE = ? and startswith(EVENT_TYPE, 'batch.') and not startswith(BATCH_ID, 'BF')
  group by BATCH_ID
  having count_if(EVENT_TYPE = 'batch.loaded.v1') = 0
    and max(ATTEMPT) > max(iff(EVENT_TYPE = 'batch.failed.v1', ATTEMPT, 0))
  union
  select o.BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."TRIGGER_OUTBOX" o
  where o.PIPELINE = ?
    and not exists (select 1 from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG" l where l.BATCH_ID = o.BATCH_ID and startswith(l.EVENT_TYPE, 'batch.'))
)
-- binds: ["orders","orders"]
