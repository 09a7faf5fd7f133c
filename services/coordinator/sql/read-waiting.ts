import type { TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** Counts the documents that no batch has claimed yet, and says how many seconds ago the oldest came. */
export const readWaiting = (p: { readonly from: TableRef; readonly now: Date }): Statement => sql('read-waiting')`
  select
    count(*) as WAITING,
    coalesce(
      greatest(datediff('second', min(STREAMED_AT), ${p.now.toISOString()}::timestamp_ntz), 0), 0
    ) as OLDEST_SECONDS
  from ${ident(p.from)}
  where BATCH_ID is null
`;
