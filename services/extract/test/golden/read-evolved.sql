select PATH, KIND, COLUMN_NAME from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_FIELDS" where COLUMN_NAME is not null order by FIRST_SEEN, PATH limit 100
-- binds: []
