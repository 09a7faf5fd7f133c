create or replace procedure "DEV_RAW"."ECOMM"."ORDERS_BACKFILL_DEPENDENTS"()
returns variant
language sql
execute as owner
as
$$
declare
  FOUND object default object_construct();
  STREAMS array default array_construct();
  GRANTS array default array_construct();
  VIEWS array default array_construct();
  POLICIES array default array_construct();
  UNSEEN array default array_construct();
begin
  
        UNSEEN := array_construct();
        
        STREAMS := array_construct();
        begin
          show streams in account;
          select array_agg("database_name" || '.' || "schema_name" || '.' || "name") into :STREAMS
          from table(result_scan(last_query_id())) where replace("table_name", '"', '') = 'DEV_RAW_PROCESSED.ECOMM.ORDERS';
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'streams: ' || sqlerrm);
        end;
        
        GRANTS := array_construct();
        begin
          show grants on table "DEV_RAW_PROCESSED"."ECOMM"."ORDERS";
          select array_agg("privilege" || ' to ' || "grantee_name") into :GRANTS from table(result_scan(last_query_id()));
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'grants: ' || sqlerrm);
        end;
        
        VIEWS := array_construct();
        begin
          select array_agg(THIS) into :VIEWS from (
            select 'DEV_RAW_PROCESSED' || '.' || TABLE_SCHEMA || '.' || TABLE_NAME as THIS, VIEW_DEFINITION
            from "DEV_RAW_PROCESSED".INFORMATION_SCHEMA.VIEWS
            union all
            select 'DEV_ANALYTICS' || '.' || TABLE_SCHEMA || '.' || TABLE_NAME as THIS, VIEW_DEFINITION
            from "DEV_ANALYTICS".INFORMATION_SCHEMA.VIEWS
          )
          where regexp_instr(upper(VIEW_DEFINITION), '\\bORDERS\\b') > 0;
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'views: ' || sqlerrm);
        end;
        
        POLICIES := array_construct();
        begin
          select array_agg(POLICY_KIND || ' ' || POLICY_NAME) into :POLICIES
          from table("DEV_RAW_PROCESSED".INFORMATION_SCHEMA.POLICY_REFERENCES(
            ref_entity_name => '"DEV_RAW_PROCESSED"."ECOMM"."ORDERS"', ref_entity_domain => 'TABLE'
          ));
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'policies: ' || sqlerrm);
        end;
        FOUND := object_insert(FOUND, 'DEV_RAW_PROCESSED.ECOMM.ORDERS', object_construct(
          'streams', array_sort(:STREAMS), 'grants', array_sort(:GRANTS), 'views', array_sort(:VIEWS),
          'policies', array_sort(:POLICIES), 'unseen', :UNSEEN
        ));

        UNSEEN := array_construct();
        
        STREAMS := array_construct();
        begin
          show streams in account;
          select array_agg("database_name" || '.' || "schema_name" || '.' || "name") into :STREAMS
          from table(result_scan(last_query_id())) where replace("table_name", '"', '') = 'DEV_RAW_PROCESSED.ECOMM.ORDERS_QUARANTINE';
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'streams: ' || sqlerrm);
        end;
        
        GRANTS := array_construct();
        begin
          show grants on table "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE";
          select array_agg("privilege" || ' to ' || "grantee_name") into :GRANTS from table(result_scan(last_query_id()));
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'grants: ' || sqlerrm);
        end;
        
        VIEWS := array_construct();
        begin
          select array_agg(THIS) into :VIEWS from (
            select 'DEV_RAW_PROCESSED' || '.' || TABLE_SCHEMA || '.' || TABLE_NAME as THIS, VIEW_DEFINITION
            from "DEV_RAW_PROCESSED".INFORMATION_SCHEMA.VIEWS
            union all
            select 'DEV_ANALYTICS' || '.' || TABLE_SCHEMA || '.' || TABLE_NAME as THIS, VIEW_DEFINITION
            from "DEV_ANALYTICS".INFORMATION_SCHEMA.VIEWS
          )
          where regexp_instr(upper(VIEW_DEFINITION), '\\bORDERS_QUARANTINE\\b') > 0;
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'views: ' || sqlerrm);
        end;
        
        POLICIES := array_construct();
        begin
          select array_agg(POLICY_KIND || ' ' || POLICY_NAME) into :POLICIES
          from table("DEV_RAW_PROCESSED".INFORMATION_SCHEMA.POLICY_REFERENCES(
            ref_entity_name => '"DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE"', ref_entity_domain => 'TABLE'
          ));
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'policies: ' || sqlerrm);
        end;
        FOUND := object_insert(FOUND, 'DEV_RAW_PROCESSED.ECOMM.ORDERS_QUARANTINE', object_construct(
          'streams', array_sort(:STREAMS), 'grants', array_sort(:GRANTS), 'views', array_sort(:VIEWS),
          'policies', array_sort(:POLICIES), 'unseen', :UNSEEN
        ));

        UNSEEN := array_construct();
        
        STREAMS := array_construct();
        begin
          show streams in account;
          select array_agg("database_name" || '.' || "schema_name" || '.' || "name") into :STREAMS
          from table(result_scan(last_query_id())) where replace("table_name", '"', '') = 'DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS';
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'streams: ' || sqlerrm);
        end;
        
        GRANTS := array_construct();
        begin
          show grants on table "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS";
          select array_agg("privilege" || ' to ' || "grantee_name") into :GRANTS from table(result_scan(last_query_id()));
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'grants: ' || sqlerrm);
        end;
        
        VIEWS := array_construct();
        begin
          select array_agg(THIS) into :VIEWS from (
            select 'DEV_RAW_PROCESSED' || '.' || TABLE_SCHEMA || '.' || TABLE_NAME as THIS, VIEW_DEFINITION
            from "DEV_RAW_PROCESSED".INFORMATION_SCHEMA.VIEWS
            union all
            select 'DEV_ANALYTICS' || '.' || TABLE_SCHEMA || '.' || TABLE_NAME as THIS, VIEW_DEFINITION
            from "DEV_ANALYTICS".INFORMATION_SCHEMA.VIEWS
          )
          where regexp_instr(upper(VIEW_DEFINITION), '\\bSTG_ECOMM_ORDER_ITEMS\\b') > 0;
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'views: ' || sqlerrm);
        end;
        
        POLICIES := array_construct();
        begin
          select array_agg(POLICY_KIND || ' ' || POLICY_NAME) into :POLICIES
          from table("DEV_ANALYTICS".INFORMATION_SCHEMA.POLICY_REFERENCES(
            ref_entity_name => '"DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS"', ref_entity_domain => 'TABLE'
          ));
        exception
          when other then
            UNSEEN := array_append(UNSEEN, 'policies: ' || sqlerrm);
        end;
        FOUND := object_insert(FOUND, 'DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS', object_construct(
          'streams', array_sort(:STREAMS), 'grants', array_sort(:GRANTS), 'views', array_sort(:VIEWS),
          'policies', array_sort(:POLICIES), 'unseen', :UNSEEN
        ));
  return FOUND;
end
$$
-- binds: []
