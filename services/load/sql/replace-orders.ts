import { documentId } from '../../../shared/sql/document-id.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { notQuarantined } from '../../../shared/sql/not-quarantined.ts';
import { fragment, join, sql, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { loadLock, manifest } from '../tables.ts';
import type { LoadParams } from './load-params.ts';

/** Makes loads of one target wait for each other: the row that it updates stays locked until the transaction ends. */
export const takeTurn = (p: LoadParams): Statement => sql('take-turn')`
  update ${ident(loadLock(p.into))} set BATCH_ID = ${p.batchId}
`;

/** Removes what the batch has brought before and validation holds back now; what was released and loaded since then stays. */
export const withdrawHeld = (p: LoadParams): Statement => sql('withdraw-held')`
  delete from ${ident(p.into)} held
  using ${ident(p.validated.quarantine)} d
  where d.BATCH_ID = ${p.batchId} and d.FILE_NAME = held.FILE_NAME and d.FILE_ROW_NUMBER = held.FILE_ROW_NUMBER
    and endswith(held.${name(p.pipeline.version)}, ${documentId}) and ${notOvertaken(p)}
    and held.BATCH_ID not in (
      select r.BATCH_ID from ${ident(manifest(p.into))} r
      where r.BATCH_ID <> ${p.batchId} and r.LOADED_AT > (
        select min(q.QUARANTINED_AT) from ${ident(p.validated.quarantine)} q where q.BATCH_ID = ${p.batchId}
      )
    )
`;

/** Removes, whole, the orders of which the batch brings the same or a newer version. */
export const removeReplaced = (p: LoadParams): Statement => {
  const [order, version] = [name(p.pipeline.replaceBy), name(p.pipeline.version)];
  return sql('remove-replaced')`
    delete from ${ident(p.into)} held
    using (
      select distinct t.${order}, t.${version}
      from ${ident(p.from)} t
      where ${notQuarantined(p.validated, p.batchId)} and ${notOvertaken(p)}
    ) brought
    where held.${order} = brought.${order} and held.${version} <= brought.${version}
  `;
};

/** Inserts, whole, the orders that the target doesn't hold (any more). */
export const insertOrders = (p: LoadParams): Statement => {
  const order = name(p.pipeline.replaceBy);
  const columns = p.pipeline.columns.map((it) => fragment`${name(it.name)}`);
  return sql('insert-orders')`
    insert into ${ident(p.into)} (${join(columns, ', ')})
    select ${join(
      columns.map((it) => fragment`t.${it}`),
      ', ',
    )}
    from ${ident(p.from)} t
    where ${notQuarantined(p.validated, p.batchId)} and ${notOvertaken(p)}
      and not exists (select 1 from ${ident(p.into)} held where held.${order} = t.${order})
  `;
};

/** Records what the batch has put into the target; once an attempt, however often it runs. */
export const recordLoad = (
  p: LoadParams & { readonly rows: number; readonly documents: number; readonly now: Date },
): Statement => sql('record-load')`
  insert into ${ident(manifest(p.into))} (
    PIPELINE, BATCH_ID, ATTEMPT, ROWS_LOADED, DOCUMENTS_LOADED, ROWS_SUPERSEDED, DOCUMENTS_SUPERSEDED, LOADED_AT
  )
  select
    ${p.pipeline.pipeline}, ${p.batchId}, ${p.attempt}, count(*), count(distinct ${name(p.pipeline.replaceBy)}),
    ${p.rows} - count(*), ${p.documents} - count(distinct ${name(p.pipeline.replaceBy)}), ${p.now.toISOString()}::timestamp_ntz
  from ${ident(p.into)}
  where BATCH_ID = ${p.batchId}
  having not exists (
    select 1 from ${ident(manifest(p.into))} m where m.BATCH_ID = ${p.batchId} and m.ATTEMPT >= ${p.attempt}
  )
`;

// A message of an older attempt that wakes up late must not undo what a newer one has loaded.
const notOvertaken = (p: LoadParams): Fragment => fragment`not exists (
        select 1 from ${ident(manifest(p.into))} m where m.BATCH_ID = ${p.batchId} and m.ATTEMPT > ${p.attempt}
      )`;
