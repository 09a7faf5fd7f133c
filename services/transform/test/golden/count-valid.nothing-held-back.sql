select count(*) as ROWS_IN, count(distinct t.ROW_VERSION) as DOCUMENTS_IN, count(distinct t."ORDER_NUMBER") as ORDERS_IN
from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_NORMALIZED_TEMP_20260105093000_A1B2C3D4_1" t
where true
-- binds: []
