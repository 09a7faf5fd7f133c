select BATCH_ID, EVENT_TYPE, DETAIL from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG"
where BATCH_ID in (
  select BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG"
  where EVENT_TYPE like 'batch.%' or EVENT_TYPE like 'replay.%'
  group by BATCH_ID
  having max(RECORDED_AT) < ?::timestamp_ntz
    and count_if(EVENT_TYPE like 'batch.%') > 0
    and max(iff(EVENT_TYPE = 'batch.completed.v1', ATTEMPT, 0)) < max(ATTEMPT)
    and (
      count_if(EVENT_TYPE = 'batch.loaded.v1') > count_if(EVENT_TYPE = 'batch.completed.v1')
      or max(iff(EVENT_TYPE = 'batch.failed.v1', ATTEMPT, 0)) < max(ATTEMPT)
    )
  order by max(RECORDED_AT)
  limit 100
)
order by EVENT_TIME, RECORDED_AT
-- binds: ["2026-01-05T11:00:00.000Z"]
