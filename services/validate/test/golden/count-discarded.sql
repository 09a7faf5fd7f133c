select count(distinct DOCUMENT_ID) as DOCUMENTS from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_LOG" where REQUEST_ID = ?
-- binds: ["5f0c2a17-7be4-4c1d-9a53-3f6b8e2d1c02"]
