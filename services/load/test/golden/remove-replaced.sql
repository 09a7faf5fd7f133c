delete from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" held
using (
  select distinct t."ORDER_NUMBER", t."ROW_VERSION"
  from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_TRANSFORMED_TEMP_20260105093000_A1B2C3D4_1" t
  where not exists (
      select 1 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" q
      where q.BATCH_ID = ? and q.STAGE = ? and q.ROW_VERSION = t.ROW_VERSION
    ) and not exists (
        select 1 from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_LOAD_MANIFEST" m where m.BATCH_ID = ? and m.ATTEMPT > ?
      )
) brought
where held."ORDER_NUMBER" = brought."ORDER_NUMBER" and held."ROW_VERSION" <= brought."ROW_VERSION"
-- binds: ["20260105093000_A1B2C3D4","transformed","20260105093000_A1B2C3D4",1]
