select
  count(distinct ROW_VERSION) as DOCUMENTS,
  count(DOCUMENT_ID) as FOUND,
  coalesce(sum(ROWS_HELD), 0) as ROWS_HELD,
  count_if(KIND = 'document') as UNREADABLE
from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE"
where BATCH_ID = ? and STAGE = ?
-- binds: ["20260105093000_A1B2C3D4","transformed"]
