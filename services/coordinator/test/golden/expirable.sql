select PIPELINE, BACKFILL_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES"
group by PIPELINE, BACKFILL_ID
having count_if(FATE in ('restored', 'expired')) = 0 and count_if(FATE = 'published') > 0
  and max(DECIDED_AT) < dateadd('day', -14, ?::timestamp_ntz)
order by BACKFILL_ID
limit 100
-- binds: ["2026-01-05T11:00:00.000Z"]
