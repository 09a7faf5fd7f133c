import type { TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

interface Params {
  readonly from: TableRef;
  readonly before: Date;
}

/** Every event of the batches whose newest attempt is neither complete nor failed, and of which nothing was heard since then. */
export const readStanding = (p: Params): Statement => sql('read-standing')`
  select BATCH_ID, EVENT_TYPE, DETAIL from ${ident(p.from)}
  where BATCH_ID in (
    select BATCH_ID from ${ident(p.from)}
    where EVENT_TYPE like 'batch.%' or EVENT_TYPE like 'replay.%'
    group by BATCH_ID
    having max(RECORDED_AT) < ${p.before.toISOString()}::timestamp_ntz
      and count_if(EVENT_TYPE like 'batch.%') > 0
      and max(iff(EVENT_TYPE = 'batch.completed.v1', ATTEMPT, 0)) < max(ATTEMPT)
      and (
        count_if(EVENT_TYPE = 'batch.loaded.v1') > count_if(EVENT_TYPE = 'batch.completed.v1')
        or max(iff(EVENT_TYPE = 'batch.failed.v1', ATTEMPT, 0)) < max(ATTEMPT)
      )
    order by max(RECORDED_AT)
    limit 100
  )
  order by EVENT_TIME, RECORDED_AT
`;
