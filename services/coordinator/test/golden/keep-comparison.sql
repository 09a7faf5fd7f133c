insert into "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_COMPARISONS" (BACKFILL_ID, PIPELINE, COMPARED_AT, REPORT)
select ?, ?, ?::timestamp_ntz, parse_json(?)
where not exists (select 1 from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_COMPARISONS" where BACKFILL_ID = ?)
-- binds: ["BF20260105110000_A1B2C3D4","orders","2026-01-05T11:00:00.000Z","{\"backfillId\":\"BF20260105110000_A1B2C3D4\",\"pipeline\":\"orders\",\"verdict\":{\"open\":[],\"barred\":false},\"tables\":[]}","BF20260105110000_A1B2C3D4"]
