select o.EVENT_ID, to_char(o.CLAIMED_AT, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"') as CLAIMED, o.PIPELINE, o.BATCH_ID, o.SOURCE,
  o.DOCUMENTS
from "DEV_RAW_PROCESSED"."FIRN"."TRIGGER_OUTBOX" o
where o.CLAIMED_AT < ?::timestamp_ntz
  and not exists (select 1 from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG" l where l.BATCH_ID = o.BATCH_ID and l.EVENT_TYPE = 'batch.claimed.v1')
order by o.CLAIMED_AT
limit 100
-- binds: ["2026-01-05T11:00:00.000Z"]
