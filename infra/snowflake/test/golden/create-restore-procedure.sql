create or replace procedure "DEV_RAW"."ECOMM"."ORDERS_RESTORE_BACKFILL"(ID varchar)
returns varchar
language sql
execute as owner
as
$$
declare
  CHUNKS varchar default '';
  FATE varchar default '';
  LATER number default 0;
  OLD number default 0;
begin
  CHUNKS := ID || '_C';
  begin transaction;
  update "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_LOAD_LOCK" set BATCH_ID = :ID;
  select coalesce(max_by(FATE, DECIDED_AT), '') into :FATE from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" where BACKFILL_ID = :ID;
  select count_if(p.DECIDED_AT < dateadd('day', -14, sysdate())) into :OLD
  from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" p where p.BACKFILL_ID = :ID and p.FATE = 'published';
  select count(*) into :LATER from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" p
  join "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" f on f.PIPELINE = p.PIPELINE and f.FATE = 'published' and f.DECIDED_AT > p.DECIDED_AT
  where p.BACKFILL_ID = :ID and p.FATE = 'published' and f.BACKFILL_ID <> :ID
    and not exists (select 1 from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" r where r.BACKFILL_ID = f.BACKFILL_ID and r.FATE = 'restored');
  if (FATE = 'published' and LATER > 0) then
    FATE := 'overtaken';
  elseif (FATE = 'published' and OLD > 0) then
    FATE := 'expired';
  elseif (FATE = 'published') then
    
        delete from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS" b where startswith(b.BATCH_ID, :CHUNKS);
        insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS" ("ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID", "DEFECTS")
        select "ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID", "DEFECTS" from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_REPLACED" b where b.BACKFILL_ID = :ID;
        delete from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_REPLACED" where BACKFILL_ID = :ID;

        delete from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" b where startswith(b.BATCH_ID, :CHUNKS);
        insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" ("DOCUMENT_ID", "BATCH_ID", "ATTEMPT", "STAGE", "KIND", "REASONS", "ROWS_HELD", "SRC", "SRC_TEXT", "FILE_NAME", "ORDER_NUMBER", "FILE_ROW_NUMBER", "ROW_VERSION", "LOADED_AT", "QUARANTINED_AT")
        select "DOCUMENT_ID", "BATCH_ID", "ATTEMPT", "STAGE", "KIND", "REASONS", "ROWS_HELD", "SRC", "SRC_TEXT", "FILE_NAME", "ORDER_NUMBER", "FILE_ROW_NUMBER", "ROW_VERSION", "LOADED_AT", "QUARANTINED_AT" from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_REPLACED" b where b.BACKFILL_ID = :ID;
        delete from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_REPLACED" where BACKFILL_ID = :ID;

        delete from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" b where startswith(b.BATCH_ID, :CHUNKS);
        insert into "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" ("ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "IS_CANCELLATION", "GROSS_AMOUNT", "ORDER_TOTAL", "LINE_COUNT", "SKU_NORMALIZED", "DESCRIPTION_CLEAN", "IS_MERCHANDISE", "ORDER_MONTH", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID")
        select "ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "IS_CANCELLATION", "GROSS_AMOUNT", "ORDER_TOTAL", "LINE_COUNT", "SKU_NORMALIZED", "DESCRIPTION_CLEAN", "IS_MERCHANDISE", "ORDER_MONTH", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID" from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_REPLACED" b where b.BACKFILL_ID = :ID and not exists (select 1 from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" held where held."ORDER_NUMBER" = b."ORDER_NUMBER");
        delete from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_REPLACED" where BACKFILL_ID = :ID;
    insert into "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" (BACKFILL_ID, PIPELINE, FATE, DECIDED_AT)
    select :ID, 'orders', 'restored', sysdate();
    FATE := 'restored';
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
