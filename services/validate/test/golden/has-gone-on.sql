select count(*) as N from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_VALIDATIONS" r
where r.BATCH_ID = ? and r.ATTEMPT = ? and r.STAGE = ? and r.OUTCOME <> 'failed'
-- binds: ["20260105093000_A1B2C3D4",1,"extracted"]
