with LIVE as (select "ORDER_NUMBER", "LINE_NUMBER", "SKU", "GROSS_AMOUNT", "ORDER_DATE" from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_BACKFILL_BF20260105110000_A1B2C3D4" where false), REBUILT as (
      select "ORDER_NUMBER", "LINE_NUMBER", "SKU", "GROSS_AMOUNT", "ORDER_DATE" from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_BACKFILL_BF20260105110000_A1B2C3D4" where startswith(BATCH_ID, ?) and "ORDER_DATE" >= ?::timestamp_ntz and "ORDER_DATE" < dateadd('day', 1, ?::timestamp_ntz)
    )
select 'live' as SIDE, count(*) as ROWS_COUNTED, hash_agg("ORDER_NUMBER", "LINE_NUMBER", "SKU", "GROSS_AMOUNT", "ORDER_DATE")::varchar as CONTENT, sum("LINE_NUMBER")::varchar as "SUM_LINE_NUMBER"
, sum("GROSS_AMOUNT")::varchar as "SUM_GROSS_AMOUNT" from LIVE
union all
select 'rebuilt' as SIDE, count(*) as ROWS_COUNTED, hash_agg("ORDER_NUMBER", "LINE_NUMBER", "SKU", "GROSS_AMOUNT", "ORDER_DATE")::varchar as CONTENT, sum("LINE_NUMBER")::varchar as "SUM_LINE_NUMBER"
, sum("GROSS_AMOUNT")::varchar as "SUM_GROSS_AMOUNT" from REBUILT
-- binds: ["BF20260105110000_A1B2C3D4_C","2026-01-01","2026-01-31"]
