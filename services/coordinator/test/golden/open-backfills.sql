with SAID as (
  select PIPELINE, BATCH_ID, EVENT_ID, EVENT_TYPE, EVENT_TIME,
    DETAIL:data:step::varchar as STEP, DETAIL:data:instruction::varchar as INSTRUCTION,
    DETAIL:data:outcome::varchar as OUTCOME, DETAIL:causationId::varchar as CAUSE
  from "DEV_RAW_PROCESSED"."FIRN"."BATCH_LOG"
  where EVENT_TYPE in (
    'backfill.requested.v1', 'backfill.instructed.v1', 'backfill.advanced.v1', 'backfill.ended.v1'
  )
)
select r.PIPELINE, r.BATCH_ID, min(r.EVENT_TIME) as SINCE, false as IS_ENDED
from SAID r
where r.EVENT_TYPE = 'backfill.requested.v1'
  and not exists (select 1 from SAID e where e.BATCH_ID = r.BATCH_ID and e.EVENT_TYPE = 'backfill.ended.v1')
  and not exists (select 1 from SAID d where d.CAUSE = r.EVENT_ID and d.STEP = 'refused')
group by r.PIPELINE, r.BATCH_ID
union all
select i.PIPELINE, i.BATCH_ID, min(i.EVENT_TIME) as SINCE, true as IS_ENDED
from SAID i
join SAID e on e.BATCH_ID = i.BATCH_ID and e.EVENT_TYPE = 'backfill.ended.v1' and e.OUTCOME = 'published'
where i.INSTRUCTION = 'rollback'
  and not exists (select 1 from SAID d where d.BATCH_ID = i.BATCH_ID and d.STEP = 'restored')
  and not exists (select 1 from SAID d where d.CAUSE = i.EVENT_ID and d.STEP = 'refused')
group by i.PIPELINE, i.BATCH_ID
order by SINCE, BATCH_ID
-- binds: []
