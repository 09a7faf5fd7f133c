import { TRIGGER_STREAM, type BatchId, type TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** Every event of one batch, and what was asked of its pipeline's trigger: whether it may start now; oldest first. */
export const readStart = (p: {
  readonly from: TableRef;
  readonly batchId: BatchId;
  readonly pipeline: string;
}): Statement => sql('read-start')`
  select EVENT_TYPE, DETAIL from ${ident(p.from)}
  where BATCH_ID = ${p.batchId} or (
    BATCH_ID = ${TRIGGER_STREAM} and PIPELINE = ${p.pipeline}
    and EVENT_TYPE in ('suspend.requested.v1', 'resume.requested.v1')
  )
  order by EVENT_TIME, RECORDED_AT
`;
