import type { Envelope, HeldDocuments, TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { isHeld, isMeant } from './held-documents.ts';

/** What was asked of documents in quarantine, and where they are. */
export interface Request {
  readonly event: Envelope;
  readonly documents: HeldDocuments;
  readonly by: string;
  readonly quarantine: TableRef;
  readonly log: TableRef;
  readonly lock: TableRef;
  readonly now: Date;
}

/** Makes releases and discards wait for each other: the row that it updates stays locked until the transaction ends. */
export const takeTurn = (p: Pick<Request, 'lock' | 'event'>): Statement => sql('take-turn')`
  update ${ident(p.lock)} set BATCH_ID = ${p.event.batchId}
`;

/** Writes down which documents a request releases: what was held when it was made, once a request. */
export const noteReleased = (p: Request): Statement => sql('note-released')`
  insert into ${ident(p.log)} (
    DOCUMENT_ID, WHAT, BATCH_ID, ATTEMPT, STAGE, FILE_NAME, FILE_ROW_NUMBER, RELEASE_BATCH, REQUEST_ID, SAID_BY, NOTED_AT
  )
  select q.DOCUMENT_ID, 'released', q.BATCH_ID, q.ATTEMPT, q.STAGE, q.FILE_NAME, q.FILE_ROW_NUMBER,
    ${p.event.batchId}, ${p.event.id}, ${p.by}, ${p.now.toISOString()}::timestamp_ntz
  from ${ident(p.quarantine)} q
  where q.QUARANTINED_AT <= ${p.event.time}::timestamp_ntz
    and ${isMeant(p.documents, p.quarantine)}
    and ${isHeld(p.log)}
    and not exists (select 1 from ${ident(p.log)} x where x.REQUEST_ID = ${p.event.id})
`;

/** Puts each released document, as it arrived, where extract reads it under the batch's id; once a batch. */
export const copyReleased = (p: Request & { readonly into: TableRef }): Statement => sql('copy-released')`
  insert into ${ident(p.into)} (SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT, BATCH_ID, RELEASED_AT)
  select q.SRC, q.SRC_TEXT, q.FILE_NAME, q.FILE_ROW_NUMBER, q.LOADED_AT, ${p.event.batchId}, ${p.now.toISOString()}::timestamp_ntz
  from ${ident(p.quarantine)} q
  join ${ident(p.log)} g
    on g.REQUEST_ID = ${p.event.id} and g.DOCUMENT_ID = q.DOCUMENT_ID and g.BATCH_ID = q.BATCH_ID and g.STAGE = q.STAGE
  where not exists (select 1 from ${ident(p.into)} s where s.BATCH_ID = ${p.event.batchId})
  qualify row_number() over (partition by q.DOCUMENT_ID order by q.QUARANTINED_AT desc, q.BATCH_ID desc, q.STAGE) = 1
`;

/** How many documents go through again under this batch's id. */
export const countReleased = (p: { readonly from: TableRef; readonly batchId: string }): Statement =>
  sql('count-released')`select count(*) as DOCUMENTS from ${ident(p.from)} where BATCH_ID = ${p.batchId}`;
