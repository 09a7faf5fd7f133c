create or replace procedure "DEV_RAW"."ECOMM"."ORDERS_ABANDON_BACKFILL"(ID varchar, WANTED varchar)
returns varchar
language sql
execute as owner
as
$$
declare
  FATE varchar default '';
begin
  begin transaction;
  update "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_LOAD_LOCK" set BATCH_ID = :ID;
  select coalesce(max_by(FATE, DECIDED_AT), '') into :FATE from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" where BACKFILL_ID = :ID;
  if (FATE = '') then
    insert into "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" (BACKFILL_ID, PIPELINE, FATE, DECIDED_AT)
    select :ID, 'orders', :WANTED, sysdate();
    FATE := WANTED;
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
