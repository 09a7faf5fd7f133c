import type { BatchId, TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { notQuarantined, type Quarantined } from '../../../shared/sql/not-quarantined.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import type { TransformPipeline } from '../pipelines/registry.ts';

/** Counts what goes into the rules: valid rows, documents and orders. */
export const countValid = (p: {
  readonly pipeline: TransformPipeline;
  readonly batchId: BatchId;
  readonly from: TableRef;
  readonly validated: Quarantined;
}): Statement => {
  const key = name(p.pipeline.key);
  return sql('count-valid')`
    select count(*) as ROWS_IN, count(distinct t.ROW_VERSION) as DOCUMENTS_IN, count(distinct t.${key}) as ORDERS_IN
    from ${ident(p.from)} t
    where ${notQuarantined(p.validated, p.batchId)}
  `;
};
