import { ident } from '../../../shared/sql/identifier.ts';
import { fragment, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { fates, landedSince, positionOf, taken } from './audit-statements.ts';
import type { Flow } from './flow-tables.ts';
import { among } from './read-flow.ts';

/** Where a document is that no table answers for: not taken on at all, waiting, or claimed by a batch. */
const whereabouts = (flow: Flow): Fragment => fragment`
  , ${taken(flow)},
  STREAMING as (select distinct FILE_NAME, FILE_ROW_NUMBER from ${ident(flow.stream)}),
  PLACED as (
    select FATES.*,
      case
        when TAKEN.BATCH_ID is not null then TAKEN.BATCH_ID
        when TAKEN.FILE_NAME is not null then '(waiting)'
        when STREAMING.FILE_NAME is not null then '(in the stream)'
        else '(nowhere)'
      end as PLACE
    from FATES
    left join TAKEN on TAKEN.FILE_NAME = FATES.FILE_NAME and TAKEN.FILE_ROW_NUMBER = FATES.FILE_ROW_NUMBER
    left join STREAMING on STREAMING.FILE_NAME = FATES.FILE_NAME and STREAMING.FILE_ROW_NUMBER = FATES.FILE_ROW_NUMBER
  )`;

const SOUND = trusted("('loaded', 'superseded', 'quarantined', 'rejected', 'discarded')");

/** How many documents of each file and hour met which fate, and where those are that no table answers for. */
export const countPlaces = (flow: Flow, since: Date | undefined): Statement => sql('count-places')`
  ${fates(flow, landedSince(since))} ${whereabouts(flow)}
  select FILE_NAME, to_char(date_trunc('hour', LANDED_AT), 'YYYY-MM-DD HH24:MI') as HOUR, FATE,
    iff(FATE in ${SOUND}, '', PLACE) as PLACE, count(*) as DOCUMENTS, sum(COPIES - 1) as COPIES
  from PLACED
  group by 1, 2, 3, 4
  order by 2, 1, 3, 4
`;

/** The documents that no table answers for, of these places; with the numbers of their rows in the target. */
export const listPlaces = (flow: Flow, since: Date | undefined, places: readonly string[], most: number): Statement => {
  const position = positionOf(flow) ?? fragment`null::number`;
  return sql('list-places')`
  ${fates(flow, landedSince(since))} ${whereabouts(flow)}
  , FOUND as (
    select FILE_NAME, FILE_ROW_NUMBER, FATE, PLACE, ROWS_IN, ROWS_LOADED from PLACED
    where FATE not in ${SOUND} and ${among(fragment`PLACE`, places)}
    order by FILE_NAME, FILE_ROW_NUMBER
    limit ${trusted(String(most))}
  )
  select FOUND.FILE_NAME, FOUND.FILE_ROW_NUMBER, FOUND.FATE, FOUND.PLACE, FOUND.ROWS_IN, FOUND.ROWS_LOADED,
    array_agg(${position}) as LINES
  from FOUND
  left join ${ident(flow.target)} t on t.FILE_NAME = FOUND.FILE_NAME and t.FILE_ROW_NUMBER = FOUND.FILE_ROW_NUMBER
  group by 1, 2, 3, 4, 5, 6
  order by 1, 2
`;
};

/** Rows of the target that come from no document. */
export const strayRows = (flow: Flow, most: number): Statement => sql('stray-rows')`
  select t.FILE_NAME, t.FILE_ROW_NUMBER, max(t.BATCH_ID) as BATCH_ID, count(*) as ROWS_LOADED
  from ${ident(flow.target)} t
  where not exists (
    select 1 from ${ident(flow.raw)} d where d.FILE_NAME = t.FILE_NAME and d.FILE_ROW_NUMBER = t.FILE_ROW_NUMBER
  )
  group by t.FILE_NAME, t.FILE_ROW_NUMBER
  order by 1, 2
  limit ${trusted(String(most))}
`;

/** Puts documents that were never taken on among those that wait for the trigger; those that were are left alone. */
export const takeOn = (flow: Flow, since: Date | undefined): Statement => sql('take-on')`
  insert into ${ident(flow.streamed)} (SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT, STREAMED_AT)
  select d.SRC, d.SRC_TEXT, d.FILE_NAME, d.FILE_ROW_NUMBER, d.LOADED_AT, sysdate()
  from ${ident(flow.raw)} d
  where ${landedSince(since).documents}
    and not exists (
      select 1 from ${ident(flow.streamed)} s
      where s.FILE_NAME = d.FILE_NAME and s.FILE_ROW_NUMBER = d.FILE_ROW_NUMBER
    )
    and not exists (
      select 1 from ${ident(flow.stream)} w
      where w.FILE_NAME = d.FILE_NAME and w.FILE_ROW_NUMBER = d.FILE_ROW_NUMBER
    )
    and not exists (
      select 1 from ${ident(flow.target)} t
      where t.FILE_NAME = d.FILE_NAME and t.FILE_ROW_NUMBER = d.FILE_ROW_NUMBER
    )
    and not exists (
      select 1 from ${ident(flow.quarantine)} q
      where q.FILE_NAME = d.FILE_NAME and q.FILE_ROW_NUMBER = d.FILE_ROW_NUMBER
    )
`;
