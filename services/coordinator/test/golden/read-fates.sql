select n.BACKFILL_ID
from (select distinct BACKFILL_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_BATCHES" where BATCH_ID = ?) n
left join "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" f on f.BACKFILL_ID = n.BACKFILL_ID
group by n.BACKFILL_ID
having coalesce(max_by(f.FATE, f.DECIDED_AT), 'open') in ('open', 'published', 'expired')
union all
select BACKFILL_ID from "DEV_RAW_PROCESSED"."FIRN"."BACKFILL_FATES" where BACKFILL_ID = ?
order by BACKFILL_ID desc
limit 1
-- binds: ["BF20260105110000_A1B2C3D4_C001","BF20260105110000_A1B2C3D4"]
