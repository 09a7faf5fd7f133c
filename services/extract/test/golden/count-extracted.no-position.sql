select count(*) as ROWS_FOUND, count(distinct ROW_VERSION) as DOCUMENTS_FOUND from "DEV_RAW_PROCESSED"."SALES"."RETURNS_NORMALIZED_TEMP_B1_1"
-- binds: []
