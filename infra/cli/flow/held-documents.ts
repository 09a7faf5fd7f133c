import type { TableRef } from '../../../events/contract.ts';
import { isHeld, isMeant } from '../../../services/validate/sql/held-documents.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import type { Flow } from './flow-tables.ts';
import type { State } from './states.ts';

/** Which documents are asked for. */
export interface WantedDocuments {
  readonly id?: string;
  readonly state?: State;
  readonly rule?: string;
  readonly column?: string;
  readonly batch?: string;
  readonly since?: Date;
}

/**
 * One row a document that is or was in quarantine, by what held it last, and its state. Loaded and superseded are what the target shows;
 * released is what is neither there nor held again: it is on its way, or its batch has failed.
 */
const documents = (flow: Flow, wanted: WantedDocuments): Fragment => {
  const [order, version, key] = [name(flow.load.replaceBy), name(flow.load.version), name(flow.extract.key)];
  const rule = wanted.rule === undefined ? [] : [isMeant(ruleOf(wanted.rule, wanted.column), flow.quarantine)];
  const conditions = [
    trusted('true'),
    ...rule,
    ...(wanted.id === undefined ? [] : [fragment`q.DOCUMENT_ID = ${wanted.id}`]),
    ...(wanted.batch === undefined
      ? []
      : [fragment`(q.BATCH_ID = ${wanted.batch} or endswith(q.BATCH_ID, ${wanted.batch}))`]),
    ...(wanted.since === undefined ? [] : [fragment`q.QUARANTINED_AT >= ${wanted.since.toISOString()}::timestamp_ntz`]),
  ];
  return fragment`
  with LATEST as (
    select q.* from (
      select * from ${ident(flow.quarantine)}
      qualify row_number() over (partition by DOCUMENT_ID order by QUARANTINED_AT desc, BATCH_ID desc, STAGE desc) = 1
    ) q
    where ${join(conditions, ' and ')}
  ),
  OPEN as (select distinct q.DOCUMENT_ID from ${ident(flow.quarantine)} q where ${isHeld(flow.quarantineLog)}),
  SEEN as (
    select DOCUMENT_ID, min(iff(WHAT = 'held', NOTED_AT, null)) as FIRST_SEEN, max(iff(WHAT = 'held', NOTED_AT, null)) as LAST_SEEN,
      count_if(WHAT = 'discarded') as DISCARDS
    from ${ident(flow.quarantineLog)} group by DOCUMENT_ID
  ),
  RELEASES as (
    select DOCUMENT_ID, max_by(RELEASE_BATCH, NOTED_AT) as RELEASE_BATCH from ${ident(flow.quarantineLog)}
    where WHAT = 'released' group by DOCUMENT_ID
  ),
  LOADED as (select distinct FILE_NAME, FILE_ROW_NUMBER from ${ident(flow.target)}),
  NEWEST as (select ${order} as ORDER_KEY, max(${version}) as VERSION from ${ident(flow.target)} group by ${order}),
  DOCUMENTS as (
    select LATEST.DOCUMENT_ID, LATEST.BATCH_ID, LATEST.ATTEMPT, LATEST.STAGE, LATEST.KIND, LATEST.${key} as ORDER_KEY,
      LATEST.REASONS, LATEST.ROWS_HELD, LATEST.SRC, LATEST.SRC_TEXT, LATEST.FILE_NAME, LATEST.FILE_ROW_NUMBER, LATEST.LOADED_AT,
      coalesce(SEEN.FIRST_SEEN, LATEST.QUARANTINED_AT) as FIRST_SEEN, coalesce(SEEN.LAST_SEEN, LATEST.QUARANTINED_AT) as LAST_SEEN,
      RELEASES.RELEASE_BATCH,
      case
        when OPEN.DOCUMENT_ID is null and LOADED.FILE_NAME is not null then 'loaded'
        when SEEN.DISCARDS > 0 then 'discarded'
        when NEWEST.VERSION > LATEST.ROW_VERSION then 'superseded'
        when OPEN.DOCUMENT_ID is not null then 'held'
        else 'released'
      end as STATE
    from LATEST
    left join OPEN on OPEN.DOCUMENT_ID = LATEST.DOCUMENT_ID
    left join SEEN on SEEN.DOCUMENT_ID = LATEST.DOCUMENT_ID
    left join RELEASES on RELEASES.DOCUMENT_ID = LATEST.DOCUMENT_ID
    left join LOADED on LOADED.FILE_NAME = LATEST.FILE_NAME and LOADED.FILE_ROW_NUMBER = LATEST.FILE_ROW_NUMBER
    left join NEWEST on NEWEST.ORDER_KEY = LATEST.${key}
  )`;
};

const ruleOf = (rule: string, column: string | undefined) => ({
  which: 'rule' as const,
  rule,
  ...(column !== undefined && { column }),
});

const inState = ({ state }: WantedDocuments): Fragment =>
  state === undefined ? trusted('true') : fragment`STATE = ${state}`;

const SHOWN = trusted(
  'DOCUMENT_ID, STATE, BATCH_ID, ATTEMPT, STAGE, KIND, ORDER_KEY, REASONS, ROWS_HELD, FILE_NAME, FILE_ROW_NUMBER, ' +
    'FIRST_SEEN::varchar as FIRST_SEEN, LAST_SEEN::varchar as LAST_SEEN, RELEASE_BATCH',
);

/** The documents asked for, what was held last first; without their text. */
export const listHeld = (flow: Flow, wanted: WantedDocuments, most: number): Statement => sql('list-held')`
  ${documents(flow, wanted)}
  select ${SHOWN} from DOCUMENTS where ${inState(wanted)}
  order by LAST_SEEN desc, FILE_NAME, FILE_ROW_NUMBER
  limit ${trusted(String(most))}
`;

/** One document with its text. */
export const readHeld = (flow: Flow, id: string): Statement => sql('read-held')`
  ${documents(flow, { id })}
  select ${SHOWN}, coalesce(SRC_TEXT, to_json(SRC)) as DOCUMENT from DOCUMENTS
`;

/** What happened to one document, oldest first. */
export const lifeOfHeld = (flow: Flow, id: string): Statement => sql('life-of-held')`
  select WHAT, BATCH_ID, ATTEMPT, STAGE, RELEASE_BATCH, SAID_BY, REASON, NOTED_AT::varchar as NOTED_AT
  from ${ident(flow.quarantineLog)} where DOCUMENT_ID = ${id}
  order by NOTED_AT, WHAT
`;

/** Puts what is held where a trial reads it, in a table of this session alone. */
export const takeHeld = (flow: Flow, into: TableRef, batchId: string): Statement => sql('take-held')`
  create or replace temporary table ${ident(into)} as
  ${documents(flow, { state: 'held' })}
  select DOCUMENT_ID, REASONS, SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT, ${batchId} as BATCH_ID
  from DOCUMENTS where STATE = 'held'
`;

/** How many documents are in each state. */
export const countHeld = (flow: Flow, wanted: WantedDocuments = {}): Statement => sql('count-held')`
  ${documents(flow, wanted)}
  select STATE, count(*) as DOCUMENTS from DOCUMENTS group by STATE
`;

/** What is held, by rule, with three places each. */
export const explainHeld = (flow: Flow, wanted: WantedDocuments): Statement => sql('explain-held')`
  ${documents(flow, wanted)}
  , BROKEN as (
    select d.DOCUMENT_ID, d.STAGE, d.FILE_NAME, d.FILE_ROW_NUMBER, d.FIRST_SEEN, d.LAST_SEEN, d.KIND,
      r.VALUE:rule::varchar as RULE, r.VALUE:version::varchar as VERSION, r.VALUE:column::varchar as BROKEN_COLUMN,
      r.VALUE:path::varchar as PATH, r.VALUE:type::varchar as TYPE, r.VALUE:reason::varchar as REASON
    from DOCUMENTS d, lateral flatten(input => d.REASONS) r
    where d.STATE = 'held'
  )
  select STAGE, RULE, VERSION, BROKEN_COLUMN, PATH, TYPE, REASON, count(distinct DOCUMENT_ID) as DOCUMENTS,
    min(FIRST_SEEN)::varchar as FIRST_SEEN, max(LAST_SEEN)::varchar as LAST_SEEN,
    array_slice(array_agg(FILE_NAME || ':' || FILE_ROW_NUMBER) within group (order by FILE_NAME, FILE_ROW_NUMBER), 0, 3) as PLACES
  from BROKEN
  group by STAGE, RULE, VERSION, BROKEN_COLUMN, PATH, TYPE, REASON
  order by DOCUMENTS desc, RULE, BROKEN_COLUMN
  limit 200
`;
