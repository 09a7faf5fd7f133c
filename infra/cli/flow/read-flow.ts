import type { BatchEvent } from '../../../services/coordinator/batch-event.ts';
import { eventOf } from '../../../services/coordinator/service.ts';
import { count } from '../../../shared/snowflake/warehouse.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { Json, toText } from '../cells.ts';
import type { Row, Session } from '../session.ts';
import { flowState, type FlowState } from './flow-state.ts';
import type { Flow } from './flow-tables.ts';

/** `column in (...)` over texts; false for none. */
export const among = (column: Fragment, texts: readonly string[]): Fragment =>
  texts.length === 0
    ? fragment`false`
    : fragment`${column} in (${join(
        texts.map((it) => fragment`${it}`),
        ', ',
      )})`;

const landedDocuments = (flow: Flow, keys: readonly string[]): Statement => sql('landed-documents')`
  select FILE_NAME, count(*) as DOCUMENTS from ${ident(flow.raw)} where ${among(fragment`FILE_NAME`, keys)} group by FILE_NAME
`;

/** What waits between the raw table and the coordinator. */
export const waitingDocuments = (flow: Flow): Statement => sql('waiting-documents')`
  select
    (select count(*) from ${ident(flow.stream)}) as IN_STREAM,
    (select count(*) from ${ident(flow.streamed)} where BATCH_ID is null) as WAITING,
    (
      select coalesce(datediff('second', min(STREAMED_AT), sysdate()), 0) from ${ident(flow.streamed)} where BATCH_ID is null
    ) as OLDEST_SECONDS,
    (
      select count(*) from ${ident(flow.outbox)} o
      where o.PIPELINE = ${flow.pipeline}
        and not exists (select 1 from ${ident(flow.log)} l where l.BATCH_ID = o.BATCH_ID)
    ) as UNHEARD
`;

/** Events of batches: what was released from quarantine is one from then on. */
export const isOfBatch = fragment`(EVENT_TYPE like 'batch.%' or EVENT_TYPE = 'quarantine.released.v1')`;

/**
 * All events of a pipeline's batches of which none is such an event, oldest first. The batches are found without their details, which
 * are most of a long log.
 */
export const eventsOfBatchesWithout = (flow: Flow, such: Fragment): Fragment => fragment`
  select EVENT_TYPE, DETAIL from ${ident(flow.log)}
  where ${isOfBatch} and BATCH_ID in (
    select BATCH_ID from ${ident(flow.log)}
    where PIPELINE = ${flow.pipeline} and ${isOfBatch}
    group by BATCH_ID
    having count_if(${such}) = 0
  )
  order by EVENT_TIME, RECORDED_AT
`;

/** Events of the batches that were not settled yet at `since`, and of all later ones. */
const eventsSince = (flow: Flow, since: Date): Statement => sql('events-since')`
  ${eventsOfBatchesWithout(
    flow,
    fragment`EVENT_TYPE in ('batch.completed.v1', 'batch.failed.v1') and RECORDED_AT < (${moment(since)})`,
  )}
`;

// As a query of its own it is worked out once, before the log is read.
const moment = (of: Date): Fragment => fragment`select ${of.toISOString()}::timestamp_ntz`;

/** Events that the coordinator has written down since then, oldest first. */
export const recordedSince = (flow: Flow, since: Date): Statement => sql('recorded-since')`
  select EVENT_TYPE, DETAIL from ${ident(flow.log)}
  where RECORDED_AT >= (${moment(since)})
    and (EVENT_TYPE like 'batch.%' or EVENT_TYPE like 'replay.%' or EVENT_TYPE in ('release.requested.v1', 'quarantine.released.v1'))
  order by RECORDED_AT, EVENT_TIME
`;

/** A row of the batch log as the coordinator reads it. */
export const detailOf = (row: Row) => {
  const { DETAIL } = row;
  return { EVENT_TYPE: row['EVENT_TYPE'] ?? null, DETAIL: DETAIL instanceof Json ? DETAIL.text : (DETAIL ?? null) };
};

/** An event out of a row of the batch log. */
export const loggedEvent = (row: Row): BatchEvent => eventOf(detailOf(row));

/** Reads where a pipeline stands; places in the order of the flow, so that nothing that moves meanwhile is missed. */
export const readFlow = async (
  session: Session,
  flow: Flow,
  run: { readonly keys: readonly string[]; readonly since: Date },
): Promise<FlowState> => {
  const landed = await session.rows(landedDocuments(flow, run.keys));
  const [waits] = await session.rows(waitingDocuments(flow));
  const events = (await session.rows(eventsSince(flow, run.since))).map(loggedEvent);
  return flowState({
    landed: new Map(landed.map((it) => [toText(it['FILE_NAME'] ?? null), count(it['DOCUMENTS'] ?? null)])),
    inStream: count(waits?.['IN_STREAM'] ?? null),
    waiting: count(waits?.['WAITING'] ?? null),
    oldestSeconds: count(waits?.['OLDEST_SECONDS'] ?? null),
    unheard: count(waits?.['UNHEARD'] ?? null),
    events: [...new Map(events.map((it) => [it.id, it])).values()],
  });
};
