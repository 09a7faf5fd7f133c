select
  count(*) as ROWS_JUDGED,
  count(t.DEFECTS) as ROWS_DEFECTIVE,
  count_if(t."ORDER_NUMBER" is null) as "BROKEN_1",
  count_if(length(t."ORDER_NUMBER"::varchar) < 1) as "BROKEN_2",
  count_if(t."ORDER_DATE" is null) as "BROKEN_3",
  count_if(t."LINE_NUMBER" is null) as "BROKEN_4",
  count_if(t."SKU" is null) as "BROKEN_5",
  count_if(t."QUANTITY" is null) as "BROKEN_6",
  count_if((t."QUANTITY" < -100000 or t."QUANTITY" > 100000)) as "BROKEN_7",
  count_if(t."WINDOW_1") as "BROKEN_8",
  count_if(t."ORDER_NUMBER" is null) as "FIGURE_1",
  count_if(t."QUANTITY" is null) as "FIGURE_2"
from (
  select
    t.*,
  (ABS(SUM(QUANTITY * UNIT_PRICE) OVER (PARTITION BY ROW_VERSION)) >= 1000000000000000) as "WINDOW_1"
  from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_NORMALIZED_TEMP_20260105093000_A1B2C3D4_1" t
) t
-- binds: []
