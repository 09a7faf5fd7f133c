with DOCS as (select SRC from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_STREAMED" where BATCH_ID = ? limit 1000),
FOUND as (
  select ? || left(e.KEY, 200) as PATH, typeof(e.VALUE) as KIND from DOCS d, lateral flatten(input => d.SRC, mode => 'OBJECT') e
    union all
    select ? || left(e.KEY, 200) as PATH, typeof(e.VALUE) as KIND from DOCS d, lateral flatten(input => d.SRC:"customer", mode => 'OBJECT') e
    union all
    select ? || left(e.KEY, 200) as PATH, typeof(e.VALUE) as KIND from DOCS d, lateral flatten(input => d.SRC:"products", mode => 'ARRAY') f,
      lateral flatten(input => f.VALUE, mode => 'OBJECT') e
)
(
  select 'found' as SIDE, PATH, iff(KIND in ('INTEGER', 'DECIMAL', 'DOUBLE'), 'NUMBER', KIND) as KIND, count(*) as TIMES
  from FOUND group by 1, 2, 3 order by TIMES desc, PATH limit 500
)
union all
(select 'known', PATH, KIND, 0 from "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_FIELDS" limit 5000)
union all
select 'documents', '', '', count(*) from DOCS
-- binds: ["20260105093000_A1B2C3D4","","customer.","products[]."]
