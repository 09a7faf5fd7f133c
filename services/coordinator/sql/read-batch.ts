import type { BatchId, TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** Every event of one batch, oldest first. */
export const readBatch = (p: { readonly from: TableRef; readonly batchId: BatchId }): Statement => sql('read-batch')`
  select EVENT_TYPE, DETAIL from ${ident(p.from)} where BATCH_ID = ${p.batchId} order by EVENT_TIME, RECORDED_AT
`;
