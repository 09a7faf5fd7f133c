with LIVE as (select "ORDER_NUMBER", "LINE_NUMBER", "SKU", "GROSS_AMOUNT", "ORDER_DATE" from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" where BATCH_ID in (select BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" where BACKFILL_ID = ?) and "ORDER_DATE" >= ?::timestamp_ntz and "ORDER_DATE" < dateadd('day', 1, ?::timestamp_ntz)), REBUILT as (
      select "ORDER_NUMBER", "LINE_NUMBER", "SKU", "GROSS_AMOUNT", "ORDER_DATE" from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_BACKFILL_BF20260105110000_A1B2C3D4" where startswith(BATCH_ID, ?) and "ORDER_DATE" >= ?::timestamp_ntz and "ORDER_DATE" < dateadd('day', 1, ?::timestamp_ntz)
    ), LIVE_KEYS as (
      select *, true as FOUND, "ORDER_NUMBER" is not null and "LINE_NUMBER" is not null as KEYED, count(*) over (partition by "ORDER_NUMBER", "LINE_NUMBER") = 1 as ALONE from LIVE
    ), REBUILT_KEYS as (
      select *, true as FOUND, "ORDER_NUMBER" is not null and "LINE_NUMBER" is not null as KEYED, count(*) over (partition by "ORDER_NUMBER", "LINE_NUMBER") = 1 as ALONE from REBUILT
    )
select
  count_if(l.FOUND is null) as ADDED, count_if(r.FOUND is null) as REMOVED, count_if((l.FOUND and r.FOUND)) as MATCHED,
  count_if((l.FOUND and r.FOUND) and ((l."SKU" is distinct from r."SKU" or l."GROSS_AMOUNT" is distinct from r."GROSS_AMOUNT" or l."ORDER_DATE" is distinct from r."ORDER_DATE"))) as CHANGED,
  (select count_if(not ALONE and KEYED) from LIVE_KEYS) as LIVE_DUPLICATES,
  (select count_if(not ALONE and KEYED) from REBUILT_KEYS) as REBUILT_DUPLICATES,
  (select count_if(not KEYED) from LIVE_KEYS) as LIVE_WITHOUT_KEY,
  (select count_if(not KEYED) from REBUILT_KEYS) as REBUILT_WITHOUT_KEY,
  (select hash_agg("ORDER_NUMBER", "LINE_NUMBER", "GROSS_AMOUNT", "ORDER_DATE")::varchar from LIVE_KEYS where not (ALONE and KEYED)) as LIVE_APART,
  (select hash_agg("ORDER_NUMBER", "LINE_NUMBER", "GROSS_AMOUNT", "ORDER_DATE")::varchar from REBUILT_KEYS where not (ALONE and KEYED)) as REBUILT_APART
  , count_if((l.FOUND and r.FOUND) and l."SKU" is distinct from r."SKU") as "CHANGED_0"
, count_if((l.FOUND and r.FOUND) and l."GROSS_AMOUNT" is distinct from r."GROSS_AMOUNT") as "CHANGED_1"
, count_if((l.FOUND and r.FOUND) and (l."GROSS_AMOUNT" is distinct from r."GROSS_AMOUNT" and coalesce(abs(l."GROSS_AMOUNT" - r."GROSS_AMOUNT") > ?, true))) as "EXCEEDS_1"
, count_if((l.FOUND and r.FOUND) and l."ORDER_DATE" is distinct from r."ORDER_DATE") as "CHANGED_2"
from (select * from LIVE_KEYS where ALONE and KEYED) l
    full outer join (select * from REBUILT_KEYS where ALONE and KEYED) r on l."ORDER_NUMBER" = r."ORDER_NUMBER" and l."LINE_NUMBER" = r."LINE_NUMBER"
-- binds: ["BF20260105110000_A1B2C3D4","2026-01-01","2026-01-31","BF20260105110000_A1B2C3D4_C","2026-01-01","2026-01-31",0.01]
