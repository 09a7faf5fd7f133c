insert into "DEV_RAW_PROCESSED"."FIRN"."DEAD_LETTERS" (
  MESSAGE_ID, SERVICE, EVENT_ID, EVENT_TYPE, PIPELINE, BATCH_ID, ATTEMPT, KIND, REASON, RECEIVES, SENT_AT, KEPT_AT, BODY
)
select ?, ?, ?, ?, ?,
  ?, ?, ?, ?, ?,
  ?::timestamp_ntz, ?::timestamp_ntz, ?
where not exists (select 1 from "DEV_RAW_PROCESSED"."FIRN"."DEAD_LETTERS" where MESSAGE_ID = ?)
-- binds: ["m1","validate","533233bf-e579-83a9-aefd-f3a8f20647d3","batch.extracted.v1","orders","20260105093000_A1B2C3D4",1,"Defect","received as often as the queue allows, and never finished: see what the service logged",6,"2026-01-05T09:00:00.000Z","2026-01-05T10:00:00.000Z","{\"version\":\"0\",\"id\":\"533233bf-e579-83a9-aefd-f3a8f20647d3\",\"detail-type\":\"batch.extracted.v1\",\"source\":\"firn.test\",\"account\":\"000000000000\",\"time\":\"2026-01-05T09:30:04.000Z\",\"region\":\"eu-west-1\",\"resources\":[],\"detail\":{\"id\":\"533233bf-e579-83a9-aefd-f3a8f20647d3\",\"time\":\"2026-01-05T09:30:04.000Z\",\"pipeline\":\"orders\",\"batchId\":\"20260105093000_A1B2C3D4\",\"attempt\":1,\"causationId\":\"471ebd64-c5c3-89b1-a368-3bdfd09fbac4\",\"traceId\":\"20260105093000_A1B2C3D4\",\"data\":{\"source\":\"DEV_RAW_PROCESSED.ECOMM.ORDERS_STREAMED\",\"documents\":501,\"table\":\"DEV_RAW_PROCESSED.ECOMM.ORDERS_NORMALIZED_TEMP_20260105093000_A1B2C3D4_1\",\"rows\":1804}}}","m1"]
