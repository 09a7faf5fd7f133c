insert into "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_RELEASED" (SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT, BATCH_ID, RELEASED_AT)
select d.SRC, d.SRC_TEXT, d.FILE_NAME, d.FILE_ROW_NUMBER, d.LOADED_AT, ?, ?::timestamp_ntz
from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_STREAMED" d
join (
  select distinct h.FILE_NAME, h.FILE_ROW_NUMBER, h.ROW_VERSION
  from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS" h
  join "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" q on q.BATCH_ID = ? and q."ORDER_NUMBER" = h."ORDER_NUMBER" and q.ROW_VERSION > h.ROW_VERSION
  where not exists (
    select 1 from "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS" t where t."ORDER_NUMBER" = h."ORDER_NUMBER" and t.ROW_VERSION >= h.ROW_VERSION
  )
) w
  on w.FILE_NAME = d.FILE_NAME and w.FILE_ROW_NUMBER = d.FILE_ROW_NUMBER and endswith(w.ROW_VERSION, to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0'))
where not exists (select 1 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE" q where q.DOCUMENT_ID = upper(left(md5(to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0')), 12)) and not exists (
      select 1 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_LOG" l
      where l.DOCUMENT_ID = q.DOCUMENT_ID and (
        l.WHAT = 'discarded' or (l.WHAT = 'released' and l.BATCH_ID = q.BATCH_ID and l.ATTEMPT >= q.ATTEMPT)
      )
    ))
  and not exists (select 1 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_LOG" g where g.DOCUMENT_ID = upper(left(md5(to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0')), 12)) and g.WHAT = 'discarded')
  and not exists (select 1 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_RELEASED" s where s.BATCH_ID = ?)
qualify row_number() over (partition by upper(left(md5(to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0')), 12)) order by d.FILE_NAME) = 1
-- binds: ["R20260105093012_8D1A73A9","2026-01-05T10:00:02.000Z","20260105093000_A1B2C3D4","R20260105093012_8D1A73A9"]
