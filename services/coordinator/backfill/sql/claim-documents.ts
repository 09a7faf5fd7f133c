import type { TableRef } from '../../../../events/contract.ts';
import { ident, path } from '../../../../shared/sql/identifier.ts';
import { fragment, join, sql, type Fragment, type Statement } from '../../../../shared/sql/statement.ts';
import type { CoordinatedPipeline } from '../../pipelines/registry.ts';

/** The days that a backfill is about, both included; no bound where none is given. */
export interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface Params {
  readonly backfillId: string;
  readonly pipeline: CoordinatedPipeline;
  readonly raw: TableRef;
  readonly stream: TableRef;
  readonly streamed: TableRef;
  readonly batches: TableRef;
  readonly source: TableRef;
  readonly log: TableRef;
}

/**
 * Notes which batches had been loaded when the backfill began, once: their rows are what it replaces. A later run adds
 * nothing, since one row more than any batch is always written.
 */
export const noteBatches = (p: Pick<Params, 'backfillId' | 'pipeline' | 'batches' | 'log'>): Statement =>
  sql('note-batches')`
    insert into ${ident(p.batches)} (BACKFILL_ID, BATCH_ID)
    select ${p.backfillId}, BATCH_ID
    from (
      select '-' as BATCH_ID
      union
      select BATCH_ID from ${ident(p.log)}
      where PIPELINE = ${p.pipeline.pipeline} and EVENT_TYPE = 'batch.loaded.v1'
    )
    where not exists (select 1 from ${ident(p.batches)} where BACKFILL_ID = ${p.backfillId})
  `;

/**
 * Puts the raw documents that are to be read again into a table of their own, once, each marked with its chunk: all
 * versions of an order in one. Documents that wait, or whose batch has not been loaded, belong to those batches. The
 * table is never filled again, so that a chunk that is replayed reads what it read before.
 */
export const claimDocuments = (p: Params & Days & { readonly chunks: number }): Statement => {
  const key = fragment`d.SRC${path(p.pipeline.key)}::varchar`;
  const inWindow = within(fragment`try_to_timestamp_ntz(v.SRC${path(p.pipeline.date.document)}::varchar)`, p);
  const ofWindow =
    inWindow.length === 0
      ? []
      : [
          fragment`${key} in (
      select v.SRC${path(p.pipeline.key)}::varchar from ${ident(p.raw)} v where ${join(inWindow, ' and ')}
    )`,
        ];
  return sql('claim-documents')`
    create transient table if not exists ${ident(p.source)} as
    select
      d.SRC, d.SRC_TEXT, d.FILE_NAME, d.FILE_ROW_NUMBER, d.LOADED_AT,
      ${p.backfillId} || '_C' || lpad((mod(abs(hash(${key})), ${p.chunks}::number(38,0)) + 1)::number(38,0)::varchar, 3, '0') as BATCH_ID
    from ${ident(p.raw)} d
    left join (${ofOthers(p)}) s on ${sameDocument}
    where ${join([...ofWindow, fragment`s.FILE_NAME is null`], ' and ')}
    order by BATCH_ID
  `;
};

/** Counts claimed documents that the stream still holds: they belong to a batch to come. Reading moves no stream. */
export const countUnsettled = (p: Pick<Params, 'stream' | 'source'>): Statement => sql('count-unsettled')`
  select count(*) as UNSETTLED
  from ${ident(p.stream)} s join ${ident(p.source)} d on ${sameDocument}
`;

/** Gives back what was claimed while it stood in the stream, once it waits for the trigger. */
export const giveBack = (p: Params): Statement => sql('give-back')`
  delete from ${ident(p.source)} d using (${ofOthers(p)}) s
  where ${sameDocument}
`;

/** The chunks that have any documents, with how many. */
export const countChunks = (p: Pick<Params, 'source'>): Statement => sql('count-chunks')`
  select BATCH_ID, count(*) as DOCUMENTS from ${ident(p.source)} group by BATCH_ID order by BATCH_ID
`;

/** Conditions on a time that keep it within days; none where there is no bound. */
export const within = (time: Fragment, { from, to }: Days): readonly Fragment[] => [
  ...(from === undefined ? [] : [fragment`${time} >= ${from}::timestamp_ntz`]),
  ...(to === undefined ? [] : [fragment`${time} < dateadd('day', 1, ${to}::timestamp_ntz)`]),
];

// Documents that wait for the trigger, or that a batch holds which had not been loaded when the backfill began.
const ofOthers = (p: Pick<Params, 'streamed' | 'batches' | 'backfillId'>): Fragment => fragment`
      select distinct w.FILE_NAME, w.FILE_ROW_NUMBER, w.LOADED_AT
      from ${ident(p.streamed)} w
      left join ${ident(p.batches)} b on b.BATCH_ID = w.BATCH_ID and b.BACKFILL_ID = ${p.backfillId}
      where b.BATCH_ID is null
    `;

const sameDocument = fragment`s.FILE_NAME = d.FILE_NAME and s.FILE_ROW_NUMBER = d.FILE_ROW_NUMBER and s.LOADED_AT = d.LOADED_AT`;
