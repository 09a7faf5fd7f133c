import type { BatchId, TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { notQuarantined, type Quarantined } from '../../../shared/sql/not-quarantined.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import type { TransformPipeline } from '../pipelines/registry.ts';

/** Counts what went into the rules (valid rows, documents, orders) and what came out. */
export const countTransformed = (p: {
  readonly pipeline: TransformPipeline;
  readonly batchId: BatchId;
  readonly from: TableRef;
  readonly validated: Quarantined;
  readonly table: TableRef;
}): Statement => {
  const key = name(p.pipeline.key);
  return sql('count-transformed')`
    select i.ROWS_IN, i.DOCUMENTS_IN, i.ORDERS_IN, o.ROWS_OUT, o.DOCUMENTS_OUT
    from (
      select count(*) as ROWS_IN, count(distinct t.ROW_VERSION) as DOCUMENTS_IN, count(distinct t.${key}) as ORDERS_IN
      from ${ident(p.from)} t where ${notQuarantined(p.validated, p.batchId)}
    ) i
    cross join (
      select count(*) as ROWS_OUT, count(distinct ROW_VERSION) as DOCUMENTS_OUT from ${ident(p.table)}
    ) o
  `;
};
