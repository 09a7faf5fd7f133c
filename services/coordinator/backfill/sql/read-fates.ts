import type { TableRef } from '../../../../events/contract.ts';
import { ident } from '../../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../../shared/sql/statement.ts';

/** Backfills that replace a batch's rows, or have and were not taken back; and the one that it was a chunk of, if that has ended. */
export const readFates = (p: {
  readonly fates: TableRef;
  readonly batches: TableRef;
  readonly batchId: string;
  readonly chunkOf: string | undefined;
}): Statement => sql('read-fates')`
  select n.BACKFILL_ID
  from (select distinct BACKFILL_ID from ${ident(p.batches)} where BATCH_ID = ${p.batchId}) n
  left join ${ident(p.fates)} f on f.BACKFILL_ID = n.BACKFILL_ID
  group by n.BACKFILL_ID
  having coalesce(max_by(f.FATE, f.DECIDED_AT), 'open') in ('open', 'published', 'expired')
  union all
  select BACKFILL_ID from ${ident(p.fates)} where BACKFILL_ID = ${p.chunkOf ?? '-'}
  order by BACKFILL_ID desc
  limit 1
`;
