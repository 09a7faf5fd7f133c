select
  s."ROWS_JUDGED",
  s."ROWS_DEFECTIVE",
  s."BROKEN_1",
  s."BROKEN_2",
  s."BROKEN_3",
  s."BROKEN_4",
  s."BROKEN_5",
  s."BROKEN_6",
  s."BROKEN_7",
  s."BROKEN_8",
  s."BROKEN_9",
  s."BROKEN_10",
  s."BROKEN_11",
  s."FIGURE_1",
  s."FIGURE_2",
  s."FIGURE_3",
  s."FIGURE_4",
  s."FIGURE_5",
  s."FIGURE_6"::float / nullif(s."FIGURE_7", 0) as "OBSERVED_12",
  coalesce((s."FIGURE_6"::float / nullif(s."FIGURE_7", 0) is not null and s."FIGURE_6"::float / nullif(s."FIGURE_7", 0) >= 1 and s."FIGURE_6"::float / nullif(s."FIGURE_7", 0) <= 1000), false) as "MET_12"
from (
select
  count(*) as ROWS_JUDGED,
  0 as ROWS_DEFECTIVE,
  count_if(t."ORDER_NUMBER" is null) as "BROKEN_1",
  count_if(t."ORDER_DATE" is null) as "BROKEN_2",
  count_if(t."SKU" is null) as "BROKEN_3",
  count_if((t."QUANTITY" < -100000 or t."QUANTITY" > 100000)) as "BROKEN_4",
  count_if(t."WINDOW_1") as "BROKEN_5",
  count_if(t."WINDOW_2") as "BROKEN_6",
  count_if((not (t."ORDER_DATE" is null and t."ORDER_MONTH" is null) and t."ORDER_DATE" < t."ORDER_MONTH")) as "BROKEN_7",
  count_if(t."IS_CANCELLATION" is null) as "BROKEN_8",
  count_if(t."IS_MERCHANDISE" is null) as "BROKEN_9",
  count_if(t."LINE_COUNT" < 1) as "BROKEN_10",
  count_if((t."GROSS_AMOUNT" < -1000000 or t."GROSS_AMOUNT" > 1000000)) as "BROKEN_11",
  count_if(t."QUANTITY" is null) as "FIGURE_1",
  count_if((t."ORDER_NUMBER" is null and t."LINE_NUMBER" is null)) as "FIGURE_2",
  count_if((t."ORDER_DATE" is null and t."ORDER_MONTH" is null)) as "FIGURE_3",
  count_if(t."LINE_COUNT" is null) as "FIGURE_4",
  count_if(t."GROSS_AMOUNT" is null) as "FIGURE_5",
  sum(t."LINE_COUNT") as "FIGURE_6",
  count(t."LINE_COUNT") as "FIGURE_7"
from (
  select
    t.*,
  (t."ORDER_NUMBER" is not null and t."LINE_NUMBER" is not null and count(*) over (partition by t."ORDER_NUMBER", t."LINE_NUMBER") > 1) as "WINDOW_1",
  (GROSS_AMOUNT IS DISTINCT FROM QUANTITY * UNIT_PRICE) as "WINDOW_2"
  from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_TRANSFORMED_TEMP_20260105093000_A1B2C3D4_1" t
) t
) s
-- binds: []
