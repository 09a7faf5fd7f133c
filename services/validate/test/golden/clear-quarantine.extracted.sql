delete from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" where BATCH_ID = ? and STAGE = ?
-- binds: ["20260105093000_A1B2C3D4","extracted"]
