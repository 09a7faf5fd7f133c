import type { TableRef } from '../../../../events/contract.ts';
import { ident } from '../../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../../shared/sql/statement.ts';

/** Every event of a backfill and of its chunks, oldest first. */
export const readBackfill = (p: { readonly from: TableRef; readonly backfillId: string }): Statement =>
  sql('read-backfill')`
    select EVENT_TYPE, DETAIL from ${ident(p.from)}
    where BATCH_ID = ${p.backfillId} or startswith(BATCH_ID, ${`${p.backfillId}_C`})
    order by EVENT_TIME, RECORDED_AT
  `;

/** Backfills that have neither ended nor been refused, and those that are to be rolled back and have not been; the oldest first. */
export const openBackfills = (p: { readonly from: TableRef }): Statement => sql('open-backfills')`
  with SAID as (
    select PIPELINE, BATCH_ID, EVENT_ID, EVENT_TYPE, EVENT_TIME,
      DETAIL:data:step::varchar as STEP, DETAIL:data:instruction::varchar as INSTRUCTION,
      DETAIL:data:outcome::varchar as OUTCOME, DETAIL:causationId::varchar as CAUSE
    from ${ident(p.from)}
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
`;

/** Batches of the trigger that are neither loaded nor failed for now, or that it has claimed and nobody has heard of. */
export const batchesInFlight = (p: {
  readonly log: TableRef;
  readonly outbox: TableRef;
  readonly pipeline: string;
}): Statement => sql('batches-in-flight')`
  select BATCH_ID from (
    select BATCH_ID
    from ${ident(p.log)}
    where PIPELINE = ${p.pipeline} and startswith(EVENT_TYPE, 'batch.') and not startswith(BATCH_ID, 'BF')
    group by BATCH_ID
    having count_if(EVENT_TYPE = 'batch.loaded.v1') = 0
      and max(ATTEMPT) > max(iff(EVENT_TYPE = 'batch.failed.v1', ATTEMPT, 0))
    union
    select o.BATCH_ID from ${ident(p.outbox)} o
    where o.PIPELINE = ${p.pipeline}
      and not exists (select 1 from ${ident(p.log)} l where l.BATCH_ID = o.BATCH_ID and startswith(l.EVENT_TYPE, 'batch.'))
  )
`;

/** Published backfills that were neither taken back nor have expired, two weeks after they were. */
export const expirable = (p: { readonly from: TableRef; readonly now: Date }): Statement => sql('expirable')`
  select PIPELINE, BACKFILL_ID from ${ident(p.from)}
  group by PIPELINE, BACKFILL_ID
  having count_if(FATE in ('restored', 'expired')) = 0 and count_if(FATE = 'published') > 0
    and max(DECIDED_AT) < dateadd('day', -14, ${p.now.toISOString()}::timestamp_ntz)
  order by BACKFILL_ID
  limit 100
`;
