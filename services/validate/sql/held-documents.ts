import type { HeldDocuments, TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { fragment, join, type Fragment } from '../../../shared/sql/statement.ts';

/**
 * True for the rows `q` of the quarantine that nothing has ended: a release ends what an attempt held, so that a repeat of that attempt
 * stays ended and a later one is a new holding; a discard ends all of a document, now and later.
 */
export const isHeld = (log: TableRef): Fragment => fragment`not exists (
      select 1 from ${ident(log)} l
      where l.DOCUMENT_ID = q.DOCUMENT_ID and (
        l.WHAT = 'discarded' or (l.WHAT = 'released' and l.BATCH_ID = q.BATCH_ID and l.ATTEMPT >= q.ATTEMPT)
      )
    )`;

/** True for the rows `q` of the quarantine that a request means. */
export const isMeant = (documents: HeldDocuments, quarantine: TableRef): Fragment => {
  switch (documents.which) {
    case 'all':
      return fragment`true`;
    case 'ids':
      return fragment`q.DOCUMENT_ID in (${join(
        documents.ids.map((it) => fragment`${it}`),
        ', ',
      )})`;
    case 'rule': {
      const column =
        documents.column === undefined ? fragment`` : fragment` and r.VALUE:column::varchar = ${documents.column}`;
      return fragment`q.BATCH_ID || '/' || q.STAGE || '/' || q.DOCUMENT_ID in (
      select h.BATCH_ID || '/' || h.STAGE || '/' || h.DOCUMENT_ID
      from ${ident(quarantine)} h, lateral flatten(input => h.REASONS) r
      where r.VALUE:rule::varchar = ${documents.rule}${column}
    )`;
    }
  }
};
