select coalesce(sum(CREDITS_USED), 0)::varchar as CREDITS
from table("DEV_RAW_PROCESSED".INFORMATION_SCHEMA.WAREHOUSE_METERING_HISTORY(
  date_range_start => dateadd('hour', -3, current_timestamp()),
  date_range_end => current_timestamp(),
  warehouse_name => 'FIRN_DEV'
))
where START_TIME = dateadd('hour', -2, date_trunc('hour', current_timestamp()))
-- binds: []
