import type { Envelope, HandedColumns, TableRef } from '../../../events/contract.ts';
import { documentId } from '../../../shared/sql/document-id.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { reasons } from './reasons.ts';
import { documentsOf, isOffender, isUnreadable, type Offending } from './offenders.ts';

/** What is held back of a batch's stage, and where. */
export interface Held extends Offending {
  readonly batch: Envelope;
  /** Where the documents of the batch wait, as they arrived. */
  readonly documents: TableRef;
  /** What extract has said of the columns; none from one that did not say it yet. */
  readonly columns: HandedColumns;
  readonly into: TableRef;
  readonly now: Date;
}

/** Takes back what an earlier run of this stage has put into quarantine for the batch. */
export const clearQuarantine = (p: Held): Statement => sql('clear-quarantine')`
  delete from ${ident(p.into)} where BATCH_ID = ${p.batch.batchId} and STAGE = ${p.stage}
`;

/**
 * Puts each rejected document into quarantine, whole and as it arrived, with every reason; without an id where this session does not see
 * it as it arrived.
 */
export const holdBack = (p: Held): Statement => sql('hold-back')`
  insert into ${ident(p.into)} (
    DOCUMENT_ID, BATCH_ID, ATTEMPT, STAGE, KIND, ${name(p.suite.key)}, REASONS, ROWS_HELD,
    SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, ROW_VERSION, LOADED_AT, QUARANTINED_AT
  )
  select
    upper(left(md5(${documentId}), 12)),
    ${p.batch.batchId}, ${p.batch.attempt}, ${p.stage}, iff(${isUnreadable}, 'document', 'order'), v.${name(p.suite.key)},
    ${reasons(p.suite, p.held, p.columns)}, v.ROWS_JUDGED,
    d.SRC, d.SRC_TEXT, v.FILE_NAME, v.FILE_ROW_NUMBER, v.ROW_VERSION, d.LOADED_AT, ${p.now.toISOString()}::timestamp_ntz
  from ${documentsOf(p)}
  left join ${ident(p.documents)} d
    on d.BATCH_ID = ${p.batch.batchId} and d.FILE_NAME = v.FILE_NAME and d.FILE_ROW_NUMBER = v.FILE_ROW_NUMBER
    and endswith(v.ROW_VERSION, ${documentId})
  where ${isOffender(p)}
`;

/** What the batch's stage holds back: documents, those that were found as they arrived, rows. */
export const weighHeld = (p: Held): Statement => sql('weigh-held')`
  select
    count(distinct ROW_VERSION) as DOCUMENTS,
    count(DOCUMENT_ID) as FOUND,
    coalesce(sum(ROWS_HELD), 0) as ROWS_HELD,
    count_if(KIND = 'document') as UNREADABLE
  from ${ident(p.into)}
  where BATCH_ID = ${p.batch.batchId} and STAGE = ${p.stage}
`;

/** Writes down that the documents were held by this attempt, once, also where a later one lets them pass. */
export const noteHeld = (p: Pick<Held, 'into' | 'batch' | 'stage' | 'now'> & { readonly log: TableRef }): Statement =>
  sql('note-held')`
    insert into ${ident(p.log)} (DOCUMENT_ID, WHAT, BATCH_ID, ATTEMPT, STAGE, FILE_NAME, FILE_ROW_NUMBER, NOTED_AT)
    select q.DOCUMENT_ID, 'held', q.BATCH_ID, q.ATTEMPT, q.STAGE, q.FILE_NAME, q.FILE_ROW_NUMBER, ${p.now.toISOString()}::timestamp_ntz
    from ${ident(p.into)} q
    where q.BATCH_ID = ${p.batch.batchId} and q.STAGE = ${p.stage} and not exists (
      select 1 from ${ident(p.log)} l
      where l.DOCUMENT_ID = q.DOCUMENT_ID and l.WHAT = 'held' and l.BATCH_ID = q.BATCH_ID and l.ATTEMPT = q.ATTEMPT
        and l.STAGE = q.STAGE
    )
  `;
