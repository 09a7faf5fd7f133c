with LIVE as (select "ORDER_NUMBER", "LINE_NUMBER", "SKU", "GROSS_AMOUNT", "ORDER_DATE" from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" where BATCH_ID in (select BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" where BACKFILL_ID = ?) and "ORDER_DATE" >= ?::timestamp_ntz and "ORDER_DATE" < dateadd('day', 1, ?::timestamp_ntz)), REBUILT as (
      select "ORDER_NUMBER", "LINE_NUMBER", "SKU", "GROSS_AMOUNT", "ORDER_DATE" from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_BACKFILL_BF20260105110000_A1B2C3D4" where startswith(BATCH_ID, ?) and "ORDER_DATE" >= ?::timestamp_ntz and "ORDER_DATE" < dateadd('day', 1, ?::timestamp_ntz)
    ), LIVE_KEYS as (
      select *, true as FOUND, "ORDER_NUMBER" is not null and "LINE_NUMBER" is not null as KEYED, count(*) over (partition by "ORDER_NUMBER", "LINE_NUMBER") = 1 as ALONE from LIVE
    ), REBUILT_KEYS as (
      select *, true as FOUND, "ORDER_NUMBER" is not null and "LINE_NUMBER" is not null as KEYED, count(*) over (partition by "ORDER_NUMBER", "LINE_NUMBER") = 1 as ALONE from REBUILT
    ), FOUND as (
  select
    case when l.FOUND is null then 'added' when r.FOUND is null then 'removed' else 'changed' end as KIND,
    to_json(array_construct(coalesce(l."ORDER_NUMBER", r."ORDER_NUMBER")::varchar, coalesce(l."LINE_NUMBER", r."LINE_NUMBER")::varchar)) as ROW_KEY,
    to_json(array_compact(array_construct(iff((l.FOUND and r.FOUND) and l."SKU" is distinct from r."SKU", object_construct_keep_null('column', ?, 'live', l."SKU"::varchar, 'rebuilt', r."SKU"::varchar), null),
  iff((l.FOUND and r.FOUND) and l."GROSS_AMOUNT" is distinct from r."GROSS_AMOUNT", object_construct_keep_null('column', ?, 'live', l."GROSS_AMOUNT"::varchar, 'rebuilt', r."GROSS_AMOUNT"::varchar), null),
  iff((l.FOUND and r.FOUND) and l."ORDER_DATE" is distinct from r."ORDER_DATE", object_construct_keep_null('column', ?, 'live', l."ORDER_DATE"::varchar, 'rebuilt', r."ORDER_DATE"::varchar), null)))) as CHANGES
  from (select * from LIVE_KEYS where ALONE and KEYED) l
    full outer join (select * from REBUILT_KEYS where ALONE and KEYED) r on l."ORDER_NUMBER" = r."ORDER_NUMBER" and l."LINE_NUMBER" = r."LINE_NUMBER"
  where not (l.FOUND and r.FOUND) or (l."SKU" is distinct from r."SKU" or l."GROSS_AMOUNT" is distinct from r."GROSS_AMOUNT" or l."ORDER_DATE" is distinct from r."ORDER_DATE")
)
select KIND, ROW_KEY, CHANGES from FOUND
qualify row_number() over (partition by KIND order by ROW_KEY) <= 5
order by KIND, ROW_KEY
-- binds: ["BF20260105110000_A1B2C3D4","2026-01-01","2026-01-31","BF20260105110000_A1B2C3D4_C","2026-01-01","2026-01-31","SKU","GROSS_AMOUNT","ORDER_DATE"]
