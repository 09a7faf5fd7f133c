create or replace transient table "DEV_RAW_PROCESSED"."SALES"."RETURNS_NORMALIZED_TEMP_B1_1" as
select
  d.SRC:"id"::varchar as "RETURN_ID",
  try_to_date(d.SRC:"when"::varchar) as "RETURNED_ON",
  try_to_boolean(f.VALUE:"a""b"."free"::varchar) as "IS ""FREE""",
  try_to_decimal(f.VALUE:"big"::varchar, 38, 0) as "BIG",
  d.FILE_NAME,
  d.FILE_ROW_NUMBER,
  coalesce(lpad((try_to_decimal(d.SRC:"rev"::varchar, 10, 0) + 1000000000000000000)::number(38,6)::varchar, 30, '0'), '') || '/' || to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0') as ROW_VERSION,
  d.BATCH_ID,
  case
        when d.SRC is null then 'not JSON'
        when not is_object(d.SRC) then 'not a JSON object'
        else regexp_substr(concat(
          iff(d.SRC:"buyer's"."lines" is not null and not is_null_value(d.SRC:"buyer's"."lines") and not is_array(d.SRC:"buyer's"."lines"), 'buyer''s.lines is not a list but ' || typeof(d.SRC:"buyer's"."lines") || ', ', ''),
  iff(f.VALUE is not null and not is_null_value(f.VALUE) and not is_object(f.VALUE), 'buyer''s.lines holds what is not an object but ' || typeof(f.VALUE) || ', ', ''),
  iff(is_object(d.SRC:"id") or is_array(d.SRC:"id"), 'RETURN_ID is not a VARCHAR but ' || typeof(d.SRC:"id") || ', ', ''),
  iff(d.SRC:"when"::varchar is not null and try_to_date(d.SRC:"when"::varchar) is null, 'RETURNED_ON is not a DATE but ' || typeof(d.SRC:"when") || ', ', ''),
  iff(f.VALUE:"a""b"."free"::varchar is not null and try_to_boolean(f.VALUE:"a""b"."free"::varchar) is null, 'IS "FREE" is not a BOOLEAN but ' || typeof(f.VALUE:"a""b"."free") || ', ', ''),
  iff(f.VALUE:"big"::varchar is not null and try_to_decimal(f.VALUE:"big"::varchar, 38, 0) is null or iff(regexp_like(f.VALUE:"big"::varchar, '[-+]?[0-9]*[.]?[0-9]{0,0}'), false, try_to_decimal(f.VALUE:"big"::varchar, 38, 6) <> try_to_decimal(f.VALUE:"big"::varchar, 38, 0)), 'BIG is not a NUMBER(38,0) but ' || typeof(f.VALUE:"big") || ', ', '')
        ), '.*[^, ]')
      end as DEFECTS
from "DEV_RAW_PROCESSED"."SALES"."RETURNS_STREAMED" d,
  lateral flatten(input => d.SRC:"buyer's"."lines", outer => true, mode => 'ARRAY') f
where d.BATCH_ID = ?
-- binds: ["B1"]
