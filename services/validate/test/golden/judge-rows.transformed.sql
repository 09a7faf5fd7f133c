create or replace transient table "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_VERDICTS_TEMP_TRANSFORMED_20260105093000_A1B2C3D4_1" as
select
  t.ROW_VERSION,
  min(t."ORDER_NUMBER") as "ORDER_NUMBER",
  min(t.FILE_NAME) as FILE_NAME,
  min(t.FILE_ROW_NUMBER) as FILE_ROW_NUMBER,
  count(*) as ROWS_JUDGED,
  null::varchar as DEFECTS,
  count_if(t."ORDER_NUMBER" is null) as "BROKEN_1",
  count_if(t."ORDER_DATE" is null) as "BROKEN_2",
  count_if(t."SKU" is null) as "BROKEN_3",
  count_if((t."QUANTITY" < ? or t."QUANTITY" > ?)) as "BROKEN_4",
  count_if(t."WINDOW_1") as "BROKEN_5",
  count_if(t."WINDOW_2") as "BROKEN_6",
  count_if(t."QUANTITY" is null) as "FIGURE_1",
  count_if((t."ORDER_NUMBER" is null and t."LINE_NUMBER" is null)) as "FIGURE_2"
from (
  select
    t.*,
  (t."ORDER_NUMBER" is not null and t."LINE_NUMBER" is not null and count(*) over (partition by t."ORDER_NUMBER", t."LINE_NUMBER") > 1) as "WINDOW_1",
  (GROSS_AMOUNT IS DISTINCT FROM QUANTITY * UNIT_PRICE) as "WINDOW_2"
  from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_TRANSFORMED_TEMP_20260105093000_A1B2C3D4_1" t
) t
group by t.ROW_VERSION
-- binds: [-100000,100000]
