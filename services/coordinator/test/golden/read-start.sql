select EVENT_TYPE, DETAIL from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG"
where BATCH_ID = ? or (
  BATCH_ID = ? and PIPELINE = ?
  and EVENT_TYPE in ('suspend.requested.v1', 'resume.requested.v1')
)
order by EVENT_TIME, RECORDED_AT
-- binds: ["20260105093000_A1B2C3D4","TRIGGER","orders"]
