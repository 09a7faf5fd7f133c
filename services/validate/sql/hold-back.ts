import type { Envelope, TableRef, ValidationStage } from '../../../events/contract.ts';
import { documentId } from '../../../shared/sql/document-id.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import type { Suite } from '../suites/compile-suite.ts';
import { brokenColumn } from './judge-rows.ts';
import { isRejected, isUnreadable } from './sum-verdicts.ts';

interface Params {
  readonly suite: Suite;
  readonly stage: ValidationStage;
  readonly batch: Envelope;
  readonly verdicts: TableRef;
  /** Where the documents of the batch wait, as they arrived. */
  readonly documents: TableRef;
  readonly into: TableRef;
  readonly now: Date;
}

/** Takes back what an earlier run of this stage has put into quarantine for the batch. */
export const clearQuarantine = (p: Params): Statement => sql('clear-quarantine')`
  delete from ${ident(p.into)} where BATCH_ID = ${p.batch.batchId} and STAGE = ${p.stage}
`;

/** Puts each rejected document into quarantine, whole and as it arrived, with every reason. */
export const holdBack = (p: Params): Statement => sql('hold-back')`
  insert into ${ident(p.into)} (
    BATCH_ID, ATTEMPT, STAGE, KIND, ${name(p.suite.key)}, REASONS, ROWS_HELD,
    SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, ROW_VERSION, LOADED_AT, QUARANTINED_AT
  )
  select
    ${p.batch.batchId}, ${p.batch.attempt}, ${p.stage}, iff(${isUnreadable}, 'document', 'order'), v.${name(p.suite.key)},
    ${reasons(p.suite)}, v.ROWS_JUDGED,
    d.SRC, d.SRC_TEXT, v.FILE_NAME, v.FILE_ROW_NUMBER, v.ROW_VERSION, d.LOADED_AT, ${p.now.toISOString()}::timestamp_ntz
  from ${ident(p.verdicts)} v
  join ${ident(p.documents)} d
    on d.BATCH_ID = ${p.batch.batchId} and d.FILE_NAME = v.FILE_NAME and d.FILE_ROW_NUMBER = v.FILE_ROW_NUMBER
    and endswith(v.ROW_VERSION, ${documentId})
  where ${isRejected(p.suite)}
`;

// An unreadable document has no columns, so that their being missing says nothing.
const reasons = (suite: Suite): Fragment => {
  const broken = suite.expectations.map(({ rule, column, reason }, index) => {
    const found = name(brokenColumn(index));
    return fragment`iff(v.${found} > 0 and not ${isUnreadable}, object_construct('rule', ${rule}, 'column', ${column}, 'reason', ${reason}, 'rows', v.${found}), null)`;
  });
  const defects = fragment`iff(v.DEFECTS is not null, object_construct('rule', 'readable', 'reason', v.DEFECTS), null)`;
  return fragment`array_compact(array_construct(${join([defects, ...broken], ', ')}))`;
};
