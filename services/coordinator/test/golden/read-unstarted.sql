select c.EVENT_TYPE, c.DETAIL from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG" c
where c.PIPELINE = ?
  and (
    c.EVENT_TYPE = 'batch.claimed.v1'
    or (c.EVENT_TYPE = 'quarantine.released.v1' and c.DETAIL:data:documents::number > 0)
  )
  and not exists (
    select 1 from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG" l
    where l.BATCH_ID = c.BATCH_ID and l.EVENT_TYPE in ('batch.triggered.v1', 'batch.failed.v1', 'batch.loaded.v1')
  )
order by c.EVENT_TIME, c.RECORDED_AT
limit 100
-- binds: ["orders"]
