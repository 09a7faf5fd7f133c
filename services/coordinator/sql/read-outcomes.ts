import { TRIGGER_STREAM, type TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** How a pipeline's latest batches ended, and what was said of its breaker; chunks of backfills are the backfill's matter. */
export const readOutcomes = (p: { readonly from: TableRef; readonly pipeline: string }): Statement =>
  sql('read-outcomes')`
    select EVENT_TYPE, DETAIL from ${ident(p.from)}
    where PIPELINE = ${p.pipeline} and (
      (EVENT_TYPE in ('batch.failed.v1', 'batch.loaded.v1') and not startswith(BATCH_ID, 'BF'))
      or (BATCH_ID = ${TRIGGER_STREAM} and EVENT_TYPE in ('breaker.opened.v1', 'resume.requested.v1'))
    )
    order by EVENT_TIME desc, RECORDED_AT desc
    limit 500
  `;
