select
  count(*) as DOCUMENTS,
  coalesce(sum(v.ROWS_JUDGED), 0) as ROWS_JUDGED,
  count_if((v.DEFECTS is not null or v."BROKEN_1" > 0 or v."BROKEN_2" > 0 or v."BROKEN_3" > 0 or v."BROKEN_4" > 0 or v."BROKEN_5" > 0 or v."BROKEN_6" > 0)) as REJECTED_DOCUMENTS,
  coalesce(sum(iff((v.DEFECTS is not null or v."BROKEN_1" > 0 or v."BROKEN_2" > 0 or v."BROKEN_3" > 0 or v."BROKEN_4" > 0 or v."BROKEN_5" > 0 or v."BROKEN_6" > 0), v.ROWS_JUDGED, 0)), 0) as REJECTED_ROWS,
  count_if(coalesce(DEFECTS in ('not JSON', 'not a JSON object'), false)) as UNREADABLE_DOCUMENTS,
  coalesce(sum(v."BROKEN_1"), 0) as "BROKEN_1",
  coalesce(sum(v."BROKEN_2"), 0) as "BROKEN_2",
  coalesce(sum(v."BROKEN_3"), 0) as "BROKEN_3",
  coalesce(sum(v."BROKEN_4"), 0) as "BROKEN_4",
  coalesce(sum(v."BROKEN_5"), 0) as "BROKEN_5",
  coalesce(sum(v."BROKEN_6"), 0) as "BROKEN_6",
  sum(v."FIGURE_1") as "FIGURE_1",
  sum(v."FIGURE_2") as "FIGURE_2"
from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_VERDICTS_TEMP_TRANSFORMED_20260105093000_A1B2C3D4_1" v
-- binds: []
