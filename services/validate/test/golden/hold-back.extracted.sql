insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" (
  DOCUMENT_ID, BATCH_ID, ATTEMPT, STAGE, KIND, "ORDER_NUMBER", REASONS, ROWS_HELD,
  SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, ROW_VERSION, LOADED_AT, QUARANTINED_AT
)
select
  upper(left(md5(to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0')), 12)),
  ?, ?, ?, iff(coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false), 'document', 'order'), v."ORDER_NUMBER",
  array_compact(array_construct(iff(v.DEFECTS is not null and array_size(split(v.DEFECTS, ', ')) > 0 + iff(contains(', ' || v.DEFECTS, ?), 1, 0) + iff(contains(', ' || v.DEFECTS, ?), 1, 0) + iff(contains(', ' || v.DEFECTS, ?), 1, 0) + iff(contains(', ' || v.DEFECTS, ?), 1, 0) + iff(contains(', ' || v.DEFECTS, ?), 1, 0) + iff(contains(', ' || v.DEFECTS, ?), 1, 0) + iff(contains(', ' || v.DEFECTS, ?), 1, 0) + iff(contains(', ' || v.DEFECTS, ?), 1, 0) + iff(contains(', ' || v.DEFECTS, ?), 1, 0), object_construct('rule', 'readable', 'reason', v.DEFECTS), null), iff(contains(', ' || v.DEFECTS, ?), object_construct('rule', 'readable', 'column', ?, 'path', ?, 'type', nullif(split_part(split_part(', ' || v.DEFECTS, ?, 2), ',', 1), ''), 'reason', ?), null), iff(contains(', ' || v.DEFECTS, ?), object_construct('rule', 'readable', 'column', ?, 'path', ?, 'type', nullif(split_part(split_part(', ' || v.DEFECTS, ?, 2), ',', 1), ''), 'reason', ?), null), iff(contains(', ' || v.DEFECTS, ?), object_construct('rule', 'readable', 'column', ?, 'path', ?, 'type', nullif(split_part(split_part(', ' || v.DEFECTS, ?, 2), ',', 1), ''), 'reason', ?), null), iff(contains(', ' || v.DEFECTS, ?), object_construct('rule', 'readable', 'column', ?, 'path', ?, 'type', nullif(split_part(split_part(', ' || v.DEFECTS, ?, 2), ',', 1), ''), 'reason', ?), null), iff(contains(', ' || v.DEFECTS, ?), object_construct('rule', 'readable', 'column', ?, 'path', ?, 'type', nullif(split_part(split_part(', ' || v.DEFECTS, ?, 2), ',', 1), ''), 'reason', ?), null), iff(contains(', ' || v.DEFECTS, ?), object_construct('rule', 'readable', 'column', ?, 'path', ?, 'type', nullif(split_part(split_part(', ' || v.DEFECTS, ?, 2), ',', 1), ''), 'reason', ?), null), iff(contains(', ' || v.DEFECTS, ?), object_construct('rule', 'readable', 'column', ?, 'path', ?, 'type', nullif(split_part(split_part(', ' || v.DEFECTS, ?, 2), ',', 1), ''), 'reason', ?), null), iff(contains(', ' || v.DEFECTS, ?), object_construct('rule', 'readable', 'column', ?, 'path', ?, 'type', nullif(split_part(split_part(', ' || v.DEFECTS, ?, 2), ',', 1), ''), 'reason', ?), null), iff(contains(', ' || v.DEFECTS, ?), object_construct('rule', 'readable', 'column', ?, 'path', ?, 'type', nullif(split_part(split_part(', ' || v.DEFECTS, ?, 2), ',', 1), ''), 'reason', ?), null), iff(v."BROKEN_1" > 0 and not coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false) and not coalesce(contains(', ' || v.DEFECTS, ?), false), object_construct('rule', ?, 'version', ?, 'column', ?, 'path', ?, 'type', ?, 'reason', ?, 'rows', v."BROKEN_1"), null), iff(v."BROKEN_7" > 0 and not coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false), object_construct('rule', ?, 'version', ?, 'column', ?, 'path', ?, 'type', ?, 'reason', ?, 'rows', v."BROKEN_7"), null), iff(v."BROKEN_8" > 0 and not coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false), object_construct('rule', ?, 'version', ?, 'column', ?, 'path', ?, 'type', ?, 'reason', ?, 'rows', v."BROKEN_8"), null))), v.ROWS_JUDGED,
  d.SRC, d.SRC_TEXT, v.FILE_NAME, v.FILE_ROW_NUMBER, v.ROW_VERSION, d.LOADED_AT, ?::timestamp_ntz
from (
  select
    t.ROW_VERSION,
  min(t."ORDER_NUMBER") as "ORDER_NUMBER",
  min(t.FILE_NAME) as FILE_NAME,
  min(t.FILE_ROW_NUMBER) as FILE_ROW_NUMBER,
  count(*) as ROWS_JUDGED,
  min(t.DEFECTS) as DEFECTS,
  count_if(t."ORDER_NUMBER" is null) as "BROKEN_1",
  count_if((t."QUANTITY" < -100000 or t."QUANTITY" > 100000)) as "BROKEN_7",
  count_if(t."WINDOW_1") as "BROKEN_8"
  from (
  select
    t.*,
  (ABS(SUM(QUANTITY * UNIT_PRICE) OVER (PARTITION BY ROW_VERSION)) >= 1000000000000000) as "WINDOW_1"
  from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_NORMALIZED_TEMP_20260105093000_A1B2C3D4_1" t
) t
  group by t.ROW_VERSION
) v
left join "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_STREAMED" d
  on d.BATCH_ID = ? and d.FILE_NAME = v.FILE_NAME and d.FILE_ROW_NUMBER = v.FILE_ROW_NUMBER
  and endswith(v.ROW_VERSION, to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0'))
where (v.DEFECTS is not null or v."BROKEN_1" > 0 or v."BROKEN_7" > 0 or v."BROKEN_8" > 0)
-- binds: ["20260105093000_A1B2C3D4",1,"extracted",", ORDER_NUMBER is not a VARCHAR",", ORDER_DATE is not a TIMESTAMP_NTZ",", CUSTOMER_ID is not a VARCHAR",", COUNTRY is not a VARCHAR",", LINE_NUMBER is not a NUMBER(10,0)",", SKU is not a VARCHAR",", DESCRIPTION is not a VARCHAR",", QUANTITY is not a NUMBER(10,0)",", UNIT_PRICE is not a NUMBER(12,3)",", ORDER_NUMBER is not a VARCHAR","ORDER_NUMBER","order_number",", ORDER_NUMBER is not a VARCHAR but ","is not a VARCHAR",", ORDER_DATE is not a TIMESTAMP_NTZ","ORDER_DATE","date",", ORDER_DATE is not a TIMESTAMP_NTZ but ","is not a TIMESTAMP_NTZ",", CUSTOMER_ID is not a VARCHAR","CUSTOMER_ID","customer.id",", CUSTOMER_ID is not a VARCHAR but ","is not a VARCHAR",", COUNTRY is not a VARCHAR","COUNTRY","customer.country",", COUNTRY is not a VARCHAR but ","is not a VARCHAR",", LINE_NUMBER is not a NUMBER(10,0)","LINE_NUMBER","products[]",", LINE_NUMBER is not a NUMBER(10,0) but ","is not a NUMBER(10,0)",", SKU is not a VARCHAR","SKU","products[].sku",", SKU is not a VARCHAR but ","is not a VARCHAR",", DESCRIPTION is not a VARCHAR","DESCRIPTION","products[].description",", DESCRIPTION is not a VARCHAR but ","is not a VARCHAR",", QUANTITY is not a NUMBER(10,0)","QUANTITY","products[].quantity",", QUANTITY is not a NUMBER(10,0) but ","is not a NUMBER(10,0)",", UNIT_PRICE is not a NUMBER(12,3)","UNIT_PRICE","products[].unit_price",", UNIT_PRICE is not a NUMBER(12,3) but ","is not a NUMBER(12,3)",", ORDER_NUMBER is not a VARCHAR","expect_column_values_to_not_be_null","1","ORDER_NUMBER","order_number","NULL_VALUE","is missing","expect_column_values_to_be_between","1","QUANTITY","products[].quantity","NUMBER(10,0)","is not at least -100000 and at most 100000","unexpected_rows_expectation","1",null,null,null,"breaks: the order's total has at most 15 digits before the point","2026-01-05T09:30:06.000Z","20260105093000_A1B2C3D4"]
