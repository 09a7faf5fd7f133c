create or replace transient table "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_VERDICTS_TEMP_EXTRACTED_20260105093000_A1B2C3D4_1" as
select
  ROW_VERSION,
  min("ORDER_NUMBER") as "ORDER_NUMBER",
  min(FILE_NAME) as FILE_NAME,
  min(FILE_ROW_NUMBER) as FILE_ROW_NUMBER,
  count(*) as ROWS_JUDGED,
  min(DEFECTS) as DEFECTS,
  count_if("BROKEN_1") as "BROKEN_1",
  count_if("BROKEN_2") as "BROKEN_2",
  count_if("BROKEN_3") as "BROKEN_3",
  count_if("BROKEN_4") as "BROKEN_4",
  count_if("BROKEN_5") as "BROKEN_5",
  count_if("BROKEN_6") as "BROKEN_6",
  count_if("BROKEN_7") as "BROKEN_7",
  count_if("BROKEN_8") as "BROKEN_8"
from (
  select
    t.ROW_VERSION,
  t."ORDER_NUMBER",
  t.FILE_NAME,
  t.FILE_ROW_NUMBER,
  t.DEFECTS as DEFECTS,
  t."ORDER_NUMBER" is null as "BROKEN_1",
  coalesce((length(t."ORDER_NUMBER") < ?), false) as "BROKEN_2",
  t."ORDER_DATE" is null as "BROKEN_3",
  t."LINE_NUMBER" is null as "BROKEN_4",
  t."SKU" is null as "BROKEN_5",
  t."QUANTITY" is null as "BROKEN_6",
  coalesce((t."QUANTITY" < ? or t."QUANTITY" > ?), false) as "BROKEN_7",
  coalesce((ABS(SUM(QUANTITY * UNIT_PRICE) OVER (PARTITION BY ROW_VERSION)) >= 1000000000000000), false) as "BROKEN_8"
  from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_NORMALIZED_TEMP_20260105093000_A1B2C3D4_1" t
)
group by ROW_VERSION
-- binds: [1,-100000,100000]
