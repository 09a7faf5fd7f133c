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

/** Backfills that have been asked for and have neither ended nor been refused, the oldest first. */
export const openBackfills = (p: { readonly from: TableRef }): Statement => sql('open-backfills')`
  select r.PIPELINE, r.BATCH_ID, min(r.EVENT_TIME) as SINCE
  from ${ident(p.from)} r
  where r.EVENT_TYPE = 'backfill.requested.v1' and not exists (
    select 1 from ${ident(p.from)} e
    where e.BATCH_ID = r.BATCH_ID and (
      e.EVENT_TYPE = 'backfill.ended.v1'
      or e.EVENT_TYPE = 'backfill.advanced.v1' and e.DETAIL:data:step::varchar = 'refused'
    )
  )
  group by r.PIPELINE, r.BATCH_ID
  order by SINCE, r.BATCH_ID
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
