create or replace procedure "DEV_RAW"."ECOMM"."ORDERS_PUBLISH_BACKFILL"(ID varchar, FROM_DAY varchar, TO_DAY varchar)
returns varchar
language sql
execute as owner
as
$$
declare
  CHUNKS varchar default '';
  FATE varchar default '';
  LATER number default 0;
  THERE number default 0;
  HISTORY varchar default '';
QUARANTINE varchar default '';
TARGET varchar default '';
begin
  CHUNKS := ID || '_C';
  HISTORY := 'DEV_RAW_PROCESSED.ECOMM.ORDERS_BACKFILL_' || ID;
QUARANTINE := 'DEV_RAW_PROCESSED.ECOMM.ORDERS_QUARANTINE_BACKFILL_' || ID;
TARGET := 'DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS_BACKFILL_' || ID;
  
      select count(*) into :THERE from "DEV_RAW_PROCESSED".INFORMATION_SCHEMA.TABLES
      where TABLE_SCHEMA = 'ECOMM' and TABLE_NAME = 'ORDERS';
      if (THERE = 0) then
        create table if not exists "DEV_RAW_PROCESSED"."ECOMM"."ORDERS" (
  "ORDER_NUMBER" VARCHAR,
  "ORDER_DATE" TIMESTAMP_NTZ,
  "CUSTOMER_ID" VARCHAR,
  "COUNTRY" VARCHAR,
  "LINE_NUMBER" NUMBER(10,0),
  "SKU" VARCHAR,
  "DESCRIPTION" VARCHAR,
  "QUANTITY" NUMBER(10,0),
  "UNIT_PRICE" NUMBER(12,3),
  "FILE_NAME" VARCHAR,
  "FILE_ROW_NUMBER" NUMBER(38,0),
  "ROW_VERSION" VARCHAR,
  "BATCH_ID" VARCHAR,
  "DEFECTS" VARCHAR
);
        grant insert, delete on table "DEV_RAW_PROCESSED"."ECOMM"."ORDERS" to role "FIRN_DEV_EXTRACT";
      end if;

      select count(*) into :THERE from "DEV_RAW_PROCESSED".INFORMATION_SCHEMA.TABLES
      where TABLE_SCHEMA = 'ECOMM' and TABLE_NAME = 'ORDERS_QUARANTINE';
      if (THERE = 0) then
        create table if not exists "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" (
  DOCUMENT_ID varchar, BATCH_ID varchar, ATTEMPT number(10,0), STAGE varchar, KIND varchar, "ORDER_NUMBER" varchar, REASONS array,
  ROWS_HELD number(38,0), SRC variant, SRC_TEXT varchar, FILE_NAME varchar, FILE_ROW_NUMBER number(38,0),
  ROW_VERSION varchar, LOADED_AT timestamp_ltz, QUARANTINED_AT timestamp_ntz
);
        grant insert, delete on table "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" to role "FIRN_DEV_VALIDATE";
      end if;

      select count(*) into :THERE from "DEV_ANALYTICS".INFORMATION_SCHEMA.TABLES
      where TABLE_SCHEMA = 'ANALYTICS_STAGING' and TABLE_NAME = 'STG_ECOMM_ORDER_ITEMS';
      if (THERE = 0) then
        create table if not exists "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" (
  "ORDER_NUMBER" VARCHAR,
  "ORDER_DATE" TIMESTAMP_NTZ,
  "CUSTOMER_ID" VARCHAR,
  "COUNTRY" VARCHAR,
  "LINE_NUMBER" NUMBER(10,0),
  "SKU" VARCHAR,
  "DESCRIPTION" VARCHAR,
  "QUANTITY" NUMBER(10,0),
  "UNIT_PRICE" NUMBER(12,3),
  "IS_CANCELLATION" BOOLEAN,
  "GROSS_AMOUNT" NUMBER(18,3),
  "ORDER_TOTAL" NUMBER(18,3),
  "LINE_COUNT" NUMBER(10,0),
  "SKU_NORMALIZED" VARCHAR,
  "DESCRIPTION_CLEAN" VARCHAR,
  "IS_MERCHANDISE" BOOLEAN,
  "ORDER_MONTH" DATE,
  "FILE_NAME" VARCHAR,
  "FILE_ROW_NUMBER" NUMBER(38,0),
  "ROW_VERSION" VARCHAR,
  "BATCH_ID" VARCHAR
);
        grant insert, delete on table "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" to role "FIRN_DEV_LOAD";
      end if;
  begin transaction;
  update "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_LOAD_LOCK" set BATCH_ID = :ID;
  select coalesce(max_by(FATE, DECIDED_AT), '') into :FATE from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" where BACKFILL_ID = :ID;
  select count(*) into :LATER from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" f
  where f.PIPELINE = 'orders' and f.FATE = 'published' and f.BACKFILL_ID <> :ID
    and f.BACKFILL_ID not in (select left(m.BATCH_ID, length(:ID)) from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" m where m.BACKFILL_ID = :ID);
  if (FATE = '' and LATER > 0) then
    FATE := 'overtaken';
  elseif (FATE = '') then
    
        insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_REPLACED" ("ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID", "DEFECTS", BACKFILL_ID, REPLACED_AT)
        select held."ORDER_NUMBER", held."ORDER_DATE", held."CUSTOMER_ID", held."COUNTRY", held."LINE_NUMBER", held."SKU", held."DESCRIPTION", held."QUANTITY", held."UNIT_PRICE", held."FILE_NAME", held."FILE_ROW_NUMBER", held."ROW_VERSION", held."BATCH_ID", held."DEFECTS", :ID, sysdate() from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS" held where held.BATCH_ID in (select BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" where BACKFILL_ID = :ID) and (:FROM_DAY is null or held."ORDER_DATE" >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or held."ORDER_DATE" < dateadd('day', 1, :TO_DAY::timestamp_ntz));
        delete from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS" held where held.BATCH_ID in (select BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" where BACKFILL_ID = :ID) and (:FROM_DAY is null or held."ORDER_DATE" >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or held."ORDER_DATE" < dateadd('day', 1, :TO_DAY::timestamp_ntz));
        insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS" ("ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID", "DEFECTS")
        select "ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID", "DEFECTS" from identifier(:HISTORY) b where startswith(b.BATCH_ID, :CHUNKS) and (:FROM_DAY is null or b."ORDER_DATE" >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or b."ORDER_DATE" < dateadd('day', 1, :TO_DAY::timestamp_ntz));

        insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_REPLACED" ("DOCUMENT_ID", "BATCH_ID", "ATTEMPT", "STAGE", "KIND", "REASONS", "ROWS_HELD", "SRC", "SRC_TEXT", "FILE_NAME", "ORDER_NUMBER", "FILE_ROW_NUMBER", "ROW_VERSION", "LOADED_AT", "QUARANTINED_AT", BACKFILL_ID, REPLACED_AT)
        select held."DOCUMENT_ID", held."BATCH_ID", held."ATTEMPT", held."STAGE", held."KIND", held."REASONS", held."ROWS_HELD", held."SRC", held."SRC_TEXT", held."FILE_NAME", held."ORDER_NUMBER", held."FILE_ROW_NUMBER", held."ROW_VERSION", held."LOADED_AT", held."QUARANTINED_AT", :ID, sysdate() from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" held where held.BATCH_ID in (select BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" where BACKFILL_ID = :ID) and (:FROM_DAY is null or try_to_timestamp_ntz(held.SRC:"date"::varchar) >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or try_to_timestamp_ntz(held.SRC:"date"::varchar) < dateadd('day', 1, :TO_DAY::timestamp_ntz));
        delete from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" held where held.BATCH_ID in (select BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" where BACKFILL_ID = :ID) and (:FROM_DAY is null or try_to_timestamp_ntz(held.SRC:"date"::varchar) >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or try_to_timestamp_ntz(held.SRC:"date"::varchar) < dateadd('day', 1, :TO_DAY::timestamp_ntz));
        insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" ("DOCUMENT_ID", "BATCH_ID", "ATTEMPT", "STAGE", "KIND", "REASONS", "ROWS_HELD", "SRC", "SRC_TEXT", "FILE_NAME", "ORDER_NUMBER", "FILE_ROW_NUMBER", "ROW_VERSION", "LOADED_AT", "QUARANTINED_AT")
        select "DOCUMENT_ID", "BATCH_ID", "ATTEMPT", "STAGE", "KIND", "REASONS", "ROWS_HELD", "SRC", "SRC_TEXT", "FILE_NAME", "ORDER_NUMBER", "FILE_ROW_NUMBER", "ROW_VERSION", "LOADED_AT", "QUARANTINED_AT" from identifier(:QUARANTINE) b where startswith(b.BATCH_ID, :CHUNKS) and (:FROM_DAY is null or try_to_timestamp_ntz(b.SRC:"date"::varchar) >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or try_to_timestamp_ntz(b.SRC:"date"::varchar) < dateadd('day', 1, :TO_DAY::timestamp_ntz));

        insert into "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_REPLACED" ("ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "IS_CANCELLATION", "GROSS_AMOUNT", "ORDER_TOTAL", "LINE_COUNT", "SKU_NORMALIZED", "DESCRIPTION_CLEAN", "IS_MERCHANDISE", "ORDER_MONTH", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID", BACKFILL_ID, REPLACED_AT)
        select held."ORDER_NUMBER", held."ORDER_DATE", held."CUSTOMER_ID", held."COUNTRY", held."LINE_NUMBER", held."SKU", held."DESCRIPTION", held."QUANTITY", held."UNIT_PRICE", held."IS_CANCELLATION", held."GROSS_AMOUNT", held."ORDER_TOTAL", held."LINE_COUNT", held."SKU_NORMALIZED", held."DESCRIPTION_CLEAN", held."IS_MERCHANDISE", held."ORDER_MONTH", held."FILE_NAME", held."FILE_ROW_NUMBER", held."ROW_VERSION", held."BATCH_ID", :ID, sysdate() from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" held where held.BATCH_ID in (select BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" where BACKFILL_ID = :ID) and (:FROM_DAY is null or held."ORDER_DATE" >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or held."ORDER_DATE" < dateadd('day', 1, :TO_DAY::timestamp_ntz));
        delete from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" held where held.BATCH_ID in (select BATCH_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" where BACKFILL_ID = :ID) and (:FROM_DAY is null or held."ORDER_DATE" >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or held."ORDER_DATE" < dateadd('day', 1, :TO_DAY::timestamp_ntz));
        insert into "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_REPLACED" ("ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "IS_CANCELLATION", "GROSS_AMOUNT", "ORDER_TOTAL", "LINE_COUNT", "SKU_NORMALIZED", "DESCRIPTION_CLEAN", "IS_MERCHANDISE", "ORDER_MONTH", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID", BACKFILL_ID, REPLACED_AT)
        select held."ORDER_NUMBER", held."ORDER_DATE", held."CUSTOMER_ID", held."COUNTRY", held."LINE_NUMBER", held."SKU", held."DESCRIPTION", held."QUANTITY", held."UNIT_PRICE", held."IS_CANCELLATION", held."GROSS_AMOUNT", held."ORDER_TOTAL", held."LINE_COUNT", held."SKU_NORMALIZED", held."DESCRIPTION_CLEAN", held."IS_MERCHANDISE", held."ORDER_MONTH", held."FILE_NAME", held."FILE_ROW_NUMBER", held."ROW_VERSION", held."BATCH_ID", :ID, sysdate() from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" held join (
          select b."ORDER_NUMBER" as THIS, max(b."ROW_VERSION") as NEWEST from identifier(:TARGET) b where startswith(b.BATCH_ID, :CHUNKS) and (:FROM_DAY is null or b."ORDER_DATE" >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or b."ORDER_DATE" < dateadd('day', 1, :TO_DAY::timestamp_ntz)) group by b."ORDER_NUMBER"
        ) brought on held."ORDER_NUMBER" = brought.THIS and held."ROW_VERSION" <= brought.NEWEST;
        delete from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" held using (
          select b."ORDER_NUMBER" as THIS, max(b."ROW_VERSION") as NEWEST from identifier(:TARGET) b where startswith(b.BATCH_ID, :CHUNKS) and (:FROM_DAY is null or b."ORDER_DATE" >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or b."ORDER_DATE" < dateadd('day', 1, :TO_DAY::timestamp_ntz)) group by b."ORDER_NUMBER"
        ) brought where held."ORDER_NUMBER" = brought.THIS and held."ROW_VERSION" <= brought.NEWEST;
        insert into "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" ("ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "IS_CANCELLATION", "GROSS_AMOUNT", "ORDER_TOTAL", "LINE_COUNT", "SKU_NORMALIZED", "DESCRIPTION_CLEAN", "IS_MERCHANDISE", "ORDER_MONTH", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID")
        select "ORDER_NUMBER", "ORDER_DATE", "CUSTOMER_ID", "COUNTRY", "LINE_NUMBER", "SKU", "DESCRIPTION", "QUANTITY", "UNIT_PRICE", "IS_CANCELLATION", "GROSS_AMOUNT", "ORDER_TOTAL", "LINE_COUNT", "SKU_NORMALIZED", "DESCRIPTION_CLEAN", "IS_MERCHANDISE", "ORDER_MONTH", "FILE_NAME", "FILE_ROW_NUMBER", "ROW_VERSION", "BATCH_ID" from identifier(:TARGET) b where startswith(b.BATCH_ID, :CHUNKS) and (:FROM_DAY is null or b."ORDER_DATE" >= :FROM_DAY::timestamp_ntz) and (:TO_DAY is null or b."ORDER_DATE" < dateadd('day', 1, :TO_DAY::timestamp_ntz)) and not exists (select 1 from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" held where held."ORDER_NUMBER" = b."ORDER_NUMBER");
    insert into "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" (BACKFILL_ID, PIPELINE, FATE, DECIDED_AT)
    select :ID, 'orders', 'published', sysdate();
    FATE := 'published';
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
