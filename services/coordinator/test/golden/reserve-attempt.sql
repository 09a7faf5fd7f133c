insert into "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG" (EVENT_ID, EVENT_TYPE, PIPELINE, BATCH_ID, ATTEMPT, EVENT_TIME, RECORDED_AT, DETAIL)
select ?, ?, ?, ?, ?,
  ?::timestamp_ntz, ?::timestamp_ntz, parse_json(?)
where not exists (
  select 1 from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG"
  where BATCH_ID = ? and ATTEMPT >= ? and EVENT_TYPE <> 'replay.requested.v1'
)
-- binds: ["7bc71449-a675-8cc4-abfc-4ef3de807363","replay.answered.v1","orders","20260105093000_A1B2C3D4",2,"2026-01-05T09:35:01.000Z","2026-01-05T09:35:01.000Z","{\"id\":\"7bc71449-a675-8cc4-abfc-4ef3de807363\",\"time\":\"2026-01-05T09:35:01.000Z\",\"pipeline\":\"orders\",\"batchId\":\"20260105093000_A1B2C3D4\",\"attempt\":2,\"causationId\":\"9c2f4b7a-0d8e-4c61-b3a7-1e5d6f708192\",\"traceId\":\"9c2f4b7a-0d8e-4c61-b3a7-1e5d6f708192\",\"data\":{\"started\":{\"stage\":\"transform\",\"attempt\":2,\"event\":{\"id\":\"0d642854-8754-8e60-a8aa-5c1e5997a189\",\"type\":\"batch.validated.v1\"}},\"refused\":null}}","20260105093000_A1B2C3D4",2]
