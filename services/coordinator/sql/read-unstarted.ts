import type { TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** Claims and releases of a pipeline that nobody has started, oldest first. */
export const readUnstarted = (p: { readonly from: TableRef; readonly pipeline: string }): Statement =>
  sql('read-unstarted')`
    select c.EVENT_TYPE, c.DETAIL from ${ident(p.from)} c
    where c.PIPELINE = ${p.pipeline}
      and (
        c.EVENT_TYPE = 'batch.claimed.v1'
        or (c.EVENT_TYPE = 'quarantine.released.v1' and c.DETAIL:data:documents::number > 0)
      )
      and not exists (
        select 1 from ${ident(p.from)} l
        where l.BATCH_ID = c.BATCH_ID and l.EVENT_TYPE in ('batch.triggered.v1', 'batch.failed.v1', 'batch.loaded.v1')
      )
    order by c.EVENT_TIME, c.RECORDED_AT
    limit 100
  `;
