import { textValue } from '../../../services/extract/sql/typed-value.ts';
import { rowVersion } from '../../../services/extract/sql/row-version.ts';
import { ident, name, path } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { isHeld } from '../../../services/validate/sql/held-documents.ts';
import type { Flow } from './flow-tables.ts';
import { among } from './read-flow.ts';

/** As many as anyone reads. */
const MOST_PROBLEMS = trusted('1000');

/** Which documents an account is about; `files` narrows what is read of them elsewhere. */
export interface Scope {
  readonly documents: Fragment;
  readonly files: (fileName: Fragment) => Fragment;
}

const ofFiles = (keys: readonly string[]): Scope => ({
  documents: among(fragment`d.FILE_NAME`, keys),
  files: (fileName) => among(fileName, keys),
});

/** Documents that landed since then; all of them unless given. */
export const landedSince = (since: Date | undefined): Scope => ({
  documents: since ? fragment`d.LOADED_AT >= ${since.toISOString()}::timestamp_ltz` : fragment`true`,
  files: () => fragment`true`,
});

/** The target's column that numbers a document's rows from 1, where there is one. */
export const positionOf = (flow: Flow): Fragment | undefined => {
  const column = flow.extract.columns.find((it) => 'position' in it.from)?.name;
  return column !== undefined && flow.load.columns.some((it) => it.name === column)
    ? fragment`${name(column)}`
    : undefined;
};

/**
 * What becomes of each document, judged by the tables alone: raw on the one side, target and quarantine on the other. A newer version
 * in the target ends what was held of an older one.
 */
export const fates = (flow: Flow, scope: Scope): Fragment => {
  const position = positionOf(flow);
  const last = position ? fragment`max(${position})` : fragment`count(*)`;
  const lines = position ? fragment`count(distinct ${position})` : fragment`count(*)`;
  const order = name(flow.load.replaceBy);
  const version = name(flow.load.version);
  const { explode } = flow.extract;
  const list = explode ? fragment`d.SRC${path(explode)}` : undefined;
  const rows = list
    ? fragment`iff(coalesce(is_array(${list}), false), greatest(array_size(${list}), 1), 1)`
    : fragment`1`;
  const key = flow.extract.columns.find((it) => it.name === flow.extract.key)?.from;
  const orderOf = key && !('position' in key) ? textValue(key) : fragment`null::varchar`;
  return fragment`
  with DOCUMENTS as (
    select
      d.FILE_NAME, d.FILE_ROW_NUMBER, count(*) as COPIES, min(d.LOADED_AT) as LANDED_AT, min(${orderOf}) as ORDER_KEY, min(${rowVersion(flow.extract)}) as VERSION,
      min(${rows}) as ROWS_IN
    from ${ident(flow.raw)} d
    where ${scope.documents}
    group by d.FILE_NAME, d.FILE_ROW_NUMBER
  ),
  LOADED as (
    select FILE_NAME, FILE_ROW_NUMBER, count(*) as ROWS_LOADED, ${lines} as LINES_LOADED, coalesce(${last}, 1) as LAST_LINE
    from ${ident(flow.target)}
    where ${scope.files(fragment`FILE_NAME`)}
    group by FILE_NAME, FILE_ROW_NUMBER
  ),
  HELD as (
    select FILE_NAME, FILE_ROW_NUMBER, max(iff(KIND = 'document', 1, 0)) as UNREADABLE
    from ${ident(flow.quarantine)} q
    where ${scope.files(fragment`FILE_NAME`)} and ${isHeld(flow.quarantineLog)}
    group by FILE_NAME, FILE_ROW_NUMBER
  ),
  DISCARDED as (
    select distinct FILE_NAME, FILE_ROW_NUMBER from ${ident(flow.quarantineLog)}
    where WHAT = 'discarded' and ${scope.files(fragment`FILE_NAME`)}
  ),
  NEWEST as (
    select ${order} as ORDER_KEY, max(${version}) as VERSION from ${ident(flow.target)} group by ${order}
  ),
  FATES as (
    select
      DOCUMENTS.FILE_NAME, DOCUMENTS.FILE_ROW_NUMBER, DOCUMENTS.COPIES, DOCUMENTS.LANDED_AT, DOCUMENTS.ROWS_IN,
      coalesce(LOADED.ROWS_LOADED, 0) as ROWS_LOADED,
      case
        when DOCUMENTS.COPIES > 1 then 'doubled'
        when LOADED.ROWS_LOADED is not null and HELD.UNREADABLE is not null then 'doubled'
        when LOADED.ROWS_LOADED > DOCUMENTS.ROWS_IN then 'surplus'
        when LOADED.ROWS_LOADED = DOCUMENTS.ROWS_IN and greatest(LOADED.LINES_LOADED, 1) = DOCUMENTS.ROWS_IN
          and LOADED.LAST_LINE = DOCUMENTS.ROWS_IN then 'loaded'
        when LOADED.ROWS_LOADED is not null then 'incomplete'
        when DISCARDED.FILE_NAME is not null then 'discarded'
        when NEWEST.VERSION > DOCUMENTS.VERSION then 'superseded'
        when HELD.UNREADABLE = 1 then 'rejected'
        when HELD.UNREADABLE = 0 then 'quarantined'
        else 'lost'
      end as FATE
    from DOCUMENTS
    left join LOADED on LOADED.FILE_NAME = DOCUMENTS.FILE_NAME and LOADED.FILE_ROW_NUMBER = DOCUMENTS.FILE_ROW_NUMBER
    left join HELD on HELD.FILE_NAME = DOCUMENTS.FILE_NAME and HELD.FILE_ROW_NUMBER = DOCUMENTS.FILE_ROW_NUMBER
    left join DISCARDED on DISCARDED.FILE_NAME = DOCUMENTS.FILE_NAME and DISCARDED.FILE_ROW_NUMBER = DOCUMENTS.FILE_ROW_NUMBER
    left join NEWEST on NEWEST.ORDER_KEY = DOCUMENTS.ORDER_KEY
  )`;
};

/** Which batch has each document now: what has been released goes through again in the latest batch of its own. */
export const taken = (flow: Flow): Fragment => fragment`TAKEN as (
    select FILE_NAME, FILE_ROW_NUMBER, max_by(BATCH_ID, TAKEN_AT) as BATCH_ID
    from (
      select FILE_NAME, FILE_ROW_NUMBER, BATCH_ID, coalesce(CLAIMED_AT, '1970-01-01'::timestamp_ntz) as TAKEN_AT from ${ident(flow.streamed)}
      union all
      select FILE_NAME, FILE_ROW_NUMBER, BATCH_ID, RELEASED_AT as TAKEN_AT from ${ident(flow.released)}
    )
    group by FILE_NAME, FILE_ROW_NUMBER
  )`;

/** How many documents of each file met which fate. */
export const countFates = (flow: Flow, keys: readonly string[]): Statement => sql('count-fates')`
  ${fates(flow, ofFiles(keys))}
  select FILE_NAME, FATE, count(*) as DOCUMENTS from FATES group by FILE_NAME, FATE
`;

/** The documents that are not accounted for, with the batch that holds them, if any does. */
export const unaccounted = (flow: Flow, keys: readonly string[]): Statement => sql('unaccounted')`
  ${fates(flow, ofFiles(keys))}
  , ${taken(flow)}
  select FATES.FILE_NAME, FATES.FILE_ROW_NUMBER, FATES.FATE, max(s.BATCH_ID) as BATCH_ID
  from FATES
  left join TAKEN s on s.FILE_NAME = FATES.FILE_NAME and s.FILE_ROW_NUMBER = FATES.FILE_ROW_NUMBER
  where FATES.FATE in ('lost', 'incomplete', 'surplus', 'doubled')
  group by FATES.FILE_NAME, FATES.FILE_ROW_NUMBER, FATES.FATE
  order by FATES.FILE_NAME, FATES.FILE_ROW_NUMBER
  limit ${MOST_PROBLEMS}
`;

/** The line numbers of a file that stand in the raw table. */
export const landedLines = (flow: Flow, key: string): Statement => sql('landed-lines')`
  select distinct FILE_ROW_NUMBER from ${ident(flow.raw)} where FILE_NAME = ${key}
`;

/** How many rows of the target came with these batches. */
export const countRows = (flow: Flow, batchIds: readonly string[]): Statement => sql('count-rows')`
  select count(*) as ROWS_LOADED from ${ident(flow.target)} where ${among(fragment`BATCH_ID`, batchIds)}
`;

/** A few rows of the target that came with these batches. */
export const sampleRows = (flow: Flow, batchIds: readonly string[]): Statement => sql('sample-rows')`
  select * exclude (FILE_NAME, FILE_ROW_NUMBER, ROW_VERSION, BATCH_ID) from ${ident(flow.target)}
  where ${among(fragment`BATCH_ID`, batchIds)}
  order by FILE_NAME, FILE_ROW_NUMBER, ${join(
    flow.load.key.map((it) => fragment`${name(it)}`),
    ', ',
  )}
  limit 3
`;
