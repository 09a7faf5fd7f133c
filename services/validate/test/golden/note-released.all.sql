insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_LOG" (
  DOCUMENT_ID, WHAT, BATCH_ID, ATTEMPT, STAGE, FILE_NAME, FILE_ROW_NUMBER, RELEASE_BATCH, REQUEST_ID, SAID_BY, NOTED_AT
)
select q.DOCUMENT_ID, 'released', q.BATCH_ID, q.ATTEMPT, q.STAGE, q.FILE_NAME, q.FILE_ROW_NUMBER,
  ?, ?, ?, ?::timestamp_ntz
from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" q
where q.QUARANTINED_AT <= ?::timestamp_ntz
  and true
  and not exists (
      select 1 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_LOG" l
      where l.DOCUMENT_ID = q.DOCUMENT_ID and (
        l.WHAT = 'discarded' or (l.WHAT = 'released' and l.BATCH_ID = q.BATCH_ID and l.ATTEMPT >= q.ATTEMPT)
      )
    )
  and not exists (select 1 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_LOG" x where x.REQUEST_ID = ?)
-- binds: ["R20260105100000_5F0C2A17","5f0c2a17-7be4-4c1d-9a53-3f6b8e2d1c01","ada","2026-01-05T10:00:02.000Z","2026-01-05T10:00:00.000Z","5f0c2a17-7be4-4c1d-9a53-3f6b8e2d1c01"]
