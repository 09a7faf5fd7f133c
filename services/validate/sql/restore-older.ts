import type { TableRef } from '../../../events/contract.ts';
import { documentId } from '../../../shared/sql/document-id.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, sql, type Statement } from '../../../shared/sql/statement.ts';
import { isHeld } from './held-documents.ts';

/**
 * Lets older versions go through again where the newest has been taken back: of each order that the batch holds back a version of, all
 * that are older than that, newer than what stands in the target, and neither held nor discarded. Once a batch of theirs.
 */
export const restoreOlder = (p: {
  readonly key: string;
  readonly batchId: string;
  readonly quarantine: TableRef;
  readonly log: TableRef;
  readonly history: TableRef;
  readonly streamed: TableRef;
  readonly target: TableRef;
  readonly into: TableRef;
  readonly releaseBatch: string;
  readonly now: Date;
}): Statement => {
  const key = name(p.key);
  const id = fragment`upper(left(md5(${documentId}), 12))`;
  return sql('restore-older')`
    insert into ${ident(p.into)} (SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT, BATCH_ID, RELEASED_AT)
    select d.SRC, d.SRC_TEXT, d.FILE_NAME, d.FILE_ROW_NUMBER, d.LOADED_AT, ${p.releaseBatch}, ${p.now.toISOString()}::timestamp_ntz
    from ${ident(p.streamed)} d
    join (
      select distinct h.FILE_NAME, h.FILE_ROW_NUMBER, h.ROW_VERSION
      from ${ident(p.history)} h
      join ${ident(p.quarantine)} q on q.BATCH_ID = ${p.batchId} and q.${key} = h.${key} and q.ROW_VERSION > h.ROW_VERSION
      where not exists (
        select 1 from ${ident(p.target)} t where t.${key} = h.${key} and t.ROW_VERSION >= h.ROW_VERSION
      )
    ) w
      on w.FILE_NAME = d.FILE_NAME and w.FILE_ROW_NUMBER = d.FILE_ROW_NUMBER and endswith(w.ROW_VERSION, ${documentId})
    where not exists (select 1 from ${ident(p.quarantine)} q where q.DOCUMENT_ID = ${id} and ${isHeld(p.log)})
      and not exists (select 1 from ${ident(p.log)} g where g.DOCUMENT_ID = ${id} and g.WHAT = 'discarded')
      and not exists (select 1 from ${ident(p.into)} s where s.BATCH_ID = ${p.releaseBatch})
    qualify row_number() over (partition by ${id} order by d.FILE_NAME) = 1
  `;
};
