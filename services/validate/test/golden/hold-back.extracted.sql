insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" (
  BATCH_ID, ATTEMPT, STAGE, KIND, "ORDER_NUMBER", REASONS, ROWS_HELD,
  SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, ROW_VERSION, LOADED_AT, QUARANTINED_AT
)
select
  ?, ?, ?, iff(coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false), 'document', 'order'), v."ORDER_NUMBER",
  array_compact(array_construct(iff(v.DEFECTS is not null, object_construct('rule', 'readable', 'reason', v.DEFECTS), null), iff(v."BROKEN_1" > 0 and not coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false), object_construct('rule', ?, 'column', ?, 'reason', ?, 'rows', v."BROKEN_1"), null), iff(v."BROKEN_2" > 0 and not coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false), object_construct('rule', ?, 'column', ?, 'reason', ?, 'rows', v."BROKEN_2"), null), iff(v."BROKEN_3" > 0 and not coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false), object_construct('rule', ?, 'column', ?, 'reason', ?, 'rows', v."BROKEN_3"), null), iff(v."BROKEN_4" > 0 and not coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false), object_construct('rule', ?, 'column', ?, 'reason', ?, 'rows', v."BROKEN_4"), null), iff(v."BROKEN_5" > 0 and not coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false), object_construct('rule', ?, 'column', ?, 'reason', ?, 'rows', v."BROKEN_5"), null), iff(v."BROKEN_6" > 0 and not coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false), object_construct('rule', ?, 'column', ?, 'reason', ?, 'rows', v."BROKEN_6"), null))), v.ROWS_JUDGED,
  d.SRC, d.SRC_TEXT, v.FILE_NAME, v.FILE_ROW_NUMBER, v.ROW_VERSION, d.LOADED_AT, ?::timestamp_ntz
from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_VERDICTS_TEMP_EXTRACTED_20260105093000_A1B2C3D4_1" v
join "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_STREAMED" d
  on d.BATCH_ID = ? and d.FILE_NAME = v.FILE_NAME and d.FILE_ROW_NUMBER = v.FILE_ROW_NUMBER
  and endswith(v.ROW_VERSION, to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0'))
where (DEFECTS is not null or "BROKEN_1" > 0 or "BROKEN_2" > 0 or "BROKEN_3" > 0 or "BROKEN_4" > 0 or "BROKEN_5" > 0 or "BROKEN_6" > 0)
-- binds: ["20260105093000_A1B2C3D4",1,"extracted","expect_column_values_to_not_be_null","ORDER_NUMBER","is missing","expect_column_values_to_not_be_null","ORDER_DATE","is missing","expect_column_values_to_not_be_null","LINE_NUMBER","is missing","expect_column_values_to_not_be_null","SKU","is missing","expect_column_values_to_not_be_null","QUANTITY","is missing","expect_column_values_to_be_between","QUANTITY","is not between -100000 and 100000","2026-01-05T09:30:06.000Z","20260105093000_A1B2C3D4"]
