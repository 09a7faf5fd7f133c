create or replace procedure "DEV_RAW"."ECOMM"."ORDERS_EXPIRE_BACKFILL"(ID varchar)
returns varchar
language sql
execute as owner
as
$$
declare
  FATE varchar default '';
  OLD number default 0;
begin
  begin transaction;
  update "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_LOAD_LOCK" set BATCH_ID = :ID;
  select coalesce(max_by(FATE, DECIDED_AT), '') into :FATE from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" where BACKFILL_ID = :ID;
  select count_if(DECIDED_AT < dateadd('day', -14, sysdate())) into :OLD
  from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" where BACKFILL_ID = :ID;
  if (FATE = 'published' and OLD > 0) then
    delete from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_REPLACED" where BACKFILL_ID = :ID;
delete from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_REPLACED" where BACKFILL_ID = :ID;
delete from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_REPLACED" where BACKFILL_ID = :ID;
    insert into "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" (BACKFILL_ID, PIPELINE, FATE, DECIDED_AT)
    select :ID, 'orders', 'expired', sysdate();
    FATE := 'expired';
  end if;
  commit;
  return FATE;
exception
  when other then
    rollback;
    raise;
end
$$
-- binds: []
