select
  count(*) as ROWS_JUDGED,
  0 as ROWS_DEFECTIVE,
  count_if(t."ORDER_NUMBER" is null) as "BROKEN_1",
  count_if(t."ORDER_DATE" is null) as "BROKEN_2",
  count_if(t."SKU" is null) as "BROKEN_3",
  count_if((t."QUANTITY" < -100000 or t."QUANTITY" > 100000)) as "BROKEN_4",
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
-- binds: []
