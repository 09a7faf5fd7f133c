insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_LOG" (
  DOCUMENT_ID, WHAT, BATCH_ID, ATTEMPT, STAGE, FILE_NAME, FILE_ROW_NUMBER, REQUEST_ID, SAID_BY, REASON, NOTED_AT
)
select q.DOCUMENT_ID, 'discarded', q.BATCH_ID, q.ATTEMPT, q.STAGE, q.FILE_NAME, q.FILE_ROW_NUMBER,
  ?, ?, ?, ?::timestamp_ntz
from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" q
where q.QUARANTINED_AT <= ?::timestamp_ntz
  and q.DOCUMENT_ID in (?)
  and not exists (
      select 1 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_LOG" l
      where l.DOCUMENT_ID = q.DOCUMENT_ID and (
        l.WHAT = 'discarded' or (l.WHAT = 'released' and l.BATCH_ID = q.BATCH_ID and l.ATTEMPT >= q.ATTEMPT)
      )
    )
  and not exists (select 1 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_LOG" x where x.REQUEST_ID = ?)
-- binds: ["5f0c2a17-7be4-4c1d-9a53-3f6b8e2d1c02","ada","a test order of the shop","2026-01-05T10:05:02.000Z","2026-01-05T10:05:00.000Z","3F2A90B17C44","5f0c2a17-7be4-4c1d-9a53-3f6b8e2d1c02"]
