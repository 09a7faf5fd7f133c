select EVENT_TYPE, DETAIL from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG"
where PIPELINE = ? and (
  (EVENT_TYPE in ('batch.failed.v1', 'batch.loaded.v1') and not startswith(BATCH_ID, 'BF'))
  or (BATCH_ID = ? and EVENT_TYPE in ('breaker.opened.v1', 'resume.requested.v1'))
)
order by EVENT_TIME desc, RECORDED_AT desc
limit 500
-- binds: ["orders","TRIGGER"]
