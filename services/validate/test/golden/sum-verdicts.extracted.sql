select
  count(*) as DOCUMENTS,
  coalesce(sum(ROWS_JUDGED), 0) as ROWS_JUDGED,
  count_if((DEFECTS is not null or "BROKEN_1" > 0 or "BROKEN_2" > 0 or "BROKEN_3" > 0 or "BROKEN_4" > 0 or "BROKEN_5" > 0 or "BROKEN_6" > 0 or "BROKEN_7" > 0 or "BROKEN_8" > 0)) as REJECTED_DOCUMENTS,
  coalesce(sum(iff((DEFECTS is not null or "BROKEN_1" > 0 or "BROKEN_2" > 0 or "BROKEN_3" > 0 or "BROKEN_4" > 0 or "BROKEN_5" > 0 or "BROKEN_6" > 0 or "BROKEN_7" > 0 or "BROKEN_8" > 0), ROWS_JUDGED, 0)), 0) as REJECTED_ROWS,
  count_if(coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false)) as UNREADABLE_DOCUMENTS
from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_VERDICTS_TEMP_EXTRACTED_20260105093000_A1B2C3D4_1"
-- binds: []
