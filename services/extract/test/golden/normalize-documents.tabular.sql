create or replace transient table "DEV_RAW_PROCESSED"."SALES"."RETURNS_NORMALIZED_TEMP_B1_1" as
select
  d.SRC:"id"::varchar as "RETURN_ID",
  try_to_date(d.SRC:"when"::varchar) as "RETURNED_ON",
  d.FILE_NAME,
  d.FILE_ROW_NUMBER,
  to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0') as ROW_VERSION,
  d.BATCH_ID,
  case
        when d.SRC is null then 'not JSON'
        when not is_object(d.SRC) then 'not a JSON object'
        else regexp_substr(concat(
          iff(is_object(d.SRC:"id") or is_array(d.SRC:"id"), 'RETURN_ID is not a VARCHAR but ' || typeof(d.SRC:"id") || ', ', ''),
  iff(d.SRC:"when"::varchar is not null and try_to_date(d.SRC:"when"::varchar) is null, 'RETURNED_ON is not a DATE but ' || typeof(d.SRC:"when") || ', ', '')
        ), '.*[^, ]')
      end as DEFECTS
from "DEV_RAW_PROCESSED"."SALES"."RETURNS_STREAMED" d
where d.BATCH_ID = ?
-- binds: ["B1"]
