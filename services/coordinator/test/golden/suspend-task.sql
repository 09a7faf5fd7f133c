alter task "DEV_RAW"."ECOMM"."ORDERS_TASK2" suspend
-- binds: []
