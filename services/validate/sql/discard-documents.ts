import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { isHeld, isMeant } from './held-documents.ts';
import type { Request } from './release-documents.ts';

/** Writes down, with who and why, that documents are not wanted any more: what was held when it was asked, once a request. */
export const noteDiscarded = (p: Request & { readonly reason: string }): Statement => sql('note-discarded')`
  insert into ${ident(p.log)} (
    DOCUMENT_ID, WHAT, BATCH_ID, ATTEMPT, STAGE, FILE_NAME, FILE_ROW_NUMBER, REQUEST_ID, SAID_BY, REASON, NOTED_AT
  )
  select q.DOCUMENT_ID, 'discarded', q.BATCH_ID, q.ATTEMPT, q.STAGE, q.FILE_NAME, q.FILE_ROW_NUMBER,
    ${p.event.id}, ${p.by}, ${p.reason}, ${p.now.toISOString()}::timestamp_ntz
  from ${ident(p.quarantine)} q
  where q.QUARANTINED_AT <= ${p.event.time}::timestamp_ntz
    and ${isMeant(p.documents, p.quarantine)}
    and ${isHeld(p.log)}
    and not exists (select 1 from ${ident(p.log)} x where x.REQUEST_ID = ${p.event.id})
`;

/** How many documents the request has discarded. */
export const countDiscarded = (p: Pick<Request, 'log' | 'event'>): Statement => sql('count-discarded')`
  select count(distinct DOCUMENT_ID) as DOCUMENTS from ${ident(p.log)} where REQUEST_ID = ${p.event.id}
`;
