import type { TableRef } from '../../../../events/contract.ts';
import { ident } from '../../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../../shared/sql/statement.ts';

/** The backfills that have replaced a batch's rows and were not taken back, and the one that it was a chunk of, if that has ended. */
export const readFates = (p: {
  readonly fates: TableRef;
  readonly batches: TableRef;
  readonly batchId: string;
  readonly chunkOf: string | undefined;
}): Statement => sql('read-fates')`
  select BACKFILL_ID from ${ident(p.fates)}
  where BACKFILL_ID in (select BACKFILL_ID from ${ident(p.batches)} where BATCH_ID = ${p.batchId} union select ${p.chunkOf ?? '-'})
  group by BACKFILL_ID
  having max_by(FATE, DECIDED_AT) in ('published', 'expired') or BACKFILL_ID = ${p.chunkOf ?? '-'}
  order by BACKFILL_ID desc
  limit 1
`;
