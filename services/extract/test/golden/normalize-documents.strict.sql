create or replace transient table "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_NORMALIZED_TEMP_20260105093000_A1B2C3D4_1" as
select
  d.SRC:"order_number"::varchar as "ORDER_NUMBER",
  try_to_timestamp_ntz(d.SRC:"date"::varchar) as "ORDER_DATE",
  d.SRC:"customer"."id"::varchar as "CUSTOMER_ID",
  d.SRC:"customer"."country"::varchar as "COUNTRY",
  (f.INDEX + 1)::NUMBER(10,0) as "LINE_NUMBER",
  f.VALUE:"sku"::varchar as "SKU",
  f.VALUE:"description"::varchar as "DESCRIPTION",
  try_to_decimal(f.VALUE:"quantity"::varchar, 10, 0) as "QUANTITY",
  try_to_decimal(f.VALUE:"unit_price"::varchar, 12, 3) as "UNIT_PRICE",
  d.FILE_NAME,
  d.FILE_ROW_NUMBER,
  to_char(d.LOADED_AT, 'YYYYMMDDHH24MISSFF6') || '/' || d.FILE_NAME || '/' || lpad(d.FILE_ROW_NUMBER::varchar, 12, '0') as ROW_VERSION,
  d.BATCH_ID,
  case
        when d.SRC is null then 'not JSON'
        when not is_object(d.SRC) then 'not a JSON object'
        else regexp_substr(concat(
          iff(d.SRC:"products" is not null and not is_null_value(d.SRC:"products") and not is_array(d.SRC:"products"), 'products is not a list but ' || typeof(d.SRC:"products") || ', ', ''),
  iff(d.SRC:"customer" is not null and not is_null_value(d.SRC:"customer") and not is_object(d.SRC:"customer"), 'customer is not an object but ' || typeof(d.SRC:"customer") || ', ', ''),
  iff(f.VALUE is not null and not is_null_value(f.VALUE) and not is_object(f.VALUE), 'products holds what is not an object but ' || typeof(f.VALUE) || ', ', ''),
  iff(is_object(d.SRC:"order_number") or is_array(d.SRC:"order_number"), 'ORDER_NUMBER is not a VARCHAR but ' || typeof(d.SRC:"order_number") || ', ', ''),
  iff(d.SRC:"date"::varchar is not null and try_to_timestamp_ntz(d.SRC:"date"::varchar) is null, 'ORDER_DATE is not a TIMESTAMP_NTZ but ' || typeof(d.SRC:"date") || ', ', ''),
  iff(is_object(d.SRC:"customer"."id") or is_array(d.SRC:"customer"."id"), 'CUSTOMER_ID is not a VARCHAR but ' || typeof(d.SRC:"customer"."id") || ', ', ''),
  iff(is_object(d.SRC:"customer"."country") or is_array(d.SRC:"customer"."country"), 'COUNTRY is not a VARCHAR but ' || typeof(d.SRC:"customer"."country") || ', ', ''),
  iff(is_object(f.VALUE:"sku") or is_array(f.VALUE:"sku"), 'SKU is not a VARCHAR but ' || typeof(f.VALUE:"sku") || ', ', ''),
  iff(is_object(f.VALUE:"description") or is_array(f.VALUE:"description"), 'DESCRIPTION is not a VARCHAR but ' || typeof(f.VALUE:"description") || ', ', ''),
  iff(f.VALUE:"quantity"::varchar is not null and try_to_decimal(f.VALUE:"quantity"::varchar, 10, 0) is null or iff(regexp_like(f.VALUE:"quantity"::varchar, '[-+]?[0-9]*[.]?[0-9]{0,0}'), false, try_to_decimal(f.VALUE:"quantity"::varchar, 38, 28) <> try_to_decimal(f.VALUE:"quantity"::varchar, 10, 0)), 'QUANTITY is not a NUMBER(10,0) but ' || typeof(f.VALUE:"quantity") || ', ', ''),
  iff(f.VALUE:"unit_price"::varchar is not null and try_to_decimal(f.VALUE:"unit_price"::varchar, 12, 3) is null or iff(regexp_like(f.VALUE:"unit_price"::varchar, '[-+]?[0-9]*[.]?[0-9]{0,3}'), false, try_to_decimal(f.VALUE:"unit_price"::varchar, 38, 29) <> try_to_decimal(f.VALUE:"unit_price"::varchar, 12, 3)), 'UNIT_PRICE is not a NUMBER(12,3) but ' || typeof(f.VALUE:"unit_price") || ', ', ''),
  iff(is_object(d.SRC) and array_size(array_except(object_keys(d.SRC), array_construct('order_number', 'date', 'customer', 'products'))) > 0, 'the document has fields that nobody has defined, ', ''),
  iff(is_object(d.SRC:"customer") and array_size(array_except(object_keys(d.SRC:"customer"), array_construct('id', 'country'))) > 0, 'customer has fields that nobody has defined, ', ''),
  iff(is_object(f.VALUE) and array_size(array_except(object_keys(f.VALUE), array_construct('sku', 'description', 'quantity', 'unit_price'))) > 0, 'products[] has fields that nobody has defined, ', '')
        ), '.*[^, ]')
      end as DEFECTS
from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_STREAMED" d,
  lateral flatten(input => d.SRC:"products", outer => true, mode => 'ARRAY') f
where d.BATCH_ID = ?
-- binds: ["B1"]
