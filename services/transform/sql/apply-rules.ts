import type { BatchId, TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { notQuarantined, type Quarantined } from '../../../shared/sql/not-quarantined.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import type { TransformPipeline } from '../pipelines/registry.ts';

/** Applies the owner's rules to the newest valid version of each order. Creates its table from the batch alone. */
export const applyRules = (p: {
  readonly pipeline: TransformPipeline;
  readonly batchId: BatchId;
  readonly from: TableRef;
  readonly validated: Quarantined;
  readonly into: TableRef;
}): Statement => {
  const key = name(p.pipeline.key);
  return sql('apply-rules')`
    create or replace transient table ${ident(p.into)} as
    with VALID as (
      select t.* exclude (DEFECTS) from ${ident(p.from)} t where ${notQuarantined(p.validated, p.batchId)}
    ),
    NEWEST as (
      select max(ROW_VERSION) as ROW_VERSION from VALID group by ${key}
    ),
    NORMALIZED as (
      select VALID.* from VALID join NEWEST on NEWEST.ROW_VERSION = VALID.ROW_VERSION
    )
    select * from (
      ${p.pipeline.rules}
    )
  `;
};
