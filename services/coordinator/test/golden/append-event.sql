insert into "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG" (EVENT_ID, EVENT_TYPE, PIPELINE, BATCH_ID, ATTEMPT, EVENT_TIME, RECORDED_AT, DETAIL)
select ?, ?, ?, ?, ?,
  ?::timestamp_ntz, ?::timestamp_ntz, parse_json(?)
where not exists (
  select 1 from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG" where BATCH_ID = ? and EVENT_ID = ?
)
-- binds: ["0f8b6a52-3c1d-4e7a-9b60-5d2f4c8e1a37","batch.claimed.v1","orders","20260105093000_A1B2C3D4",1,"2026-01-05T09:30:00.000Z","2026-01-05T09:30:02.000Z","{\"id\":\"0f8b6a52-3c1d-4e7a-9b60-5d2f4c8e1a37\",\"time\":\"2026-01-05T09:30:00.000Z\",\"pipeline\":\"orders\",\"batchId\":\"20260105093000_A1B2C3D4\",\"attempt\":1,\"causationId\":null,\"traceId\":\"20260105093000_A1B2C3D4\",\"data\":{\"source\":\"DEV_RAW_PROCESSED.ECOMM.ORDERS_STREAMED\",\"documents\":501}}","20260105093000_A1B2C3D4","0f8b6a52-3c1d-4e7a-9b60-5d2f4c8e1a37"]
