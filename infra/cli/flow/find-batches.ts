import type { BatchEvent } from '../../../services/coordinator/batch-event.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { fragment, sql, trusted, type Fragment, type Statement } from '../../../shared/sql/statement.ts';
import { toText } from '../cells.ts';
import type { Session } from '../session.ts';
import { foldBatches, type BatchView } from './batch-view.ts';
import type { Flow } from './flow-tables.ts';
import { among, isOfBatch, loggedEvent } from './read-flow.ts';
import type { Status } from './statuses.ts';

/** Which batches are asked for; the newest of them if there are more than `most`. */
export interface Wanted {
  readonly status?: Status;
  readonly stage?: string;
  readonly since?: Date;
  readonly most: number;
}

const has = (type: string): Fragment => fragment`count_if(EVENT_TYPE = ${type}) > 0`;

/** What the events of a batch in this status must hold; its events decide in the end. */
const mayBe = (status: Status | undefined): Fragment => {
  if (status === undefined) return fragment`true`;
  if (status === 'complete') return has('batch.completed.v1');
  const open = fragment`not (${has('batch.completed.v1')})`;
  return status === 'failed' ? fragment`${open} and ${has('batch.failed.v1')}` : open;
};

const wantedBatches = (flow: Flow, { status, since, most }: Wanted): Statement => sql('wanted-batches')`
  select BATCH_ID from ${ident(flow.log)}
  where PIPELINE = ${flow.pipeline} and ${isOfBatch}
  group by BATCH_ID
  having ${mayBe(status)} and ${since ? fragment`max(EVENT_TIME) >= ${since.toISOString()}::timestamp_ntz` : fragment`true`}
  order by min(EVENT_TIME) desc
  limit ${trusted(String(most))}
`;

/** What was said of these batches. */
export const eventsOf = (flow: Flow, batchIds: readonly string[]): Statement => sql('events-of')`
  select EVENT_TYPE, DETAIL from ${ident(flow.log)}
  where ${among(fragment`BATCH_ID`, batchIds)} and ${isOfBatch}
  order by EVENT_TIME, RECORDED_AT
`;

const CHUNK = 500; // ids of one statement

/** The batches asked for, newest first. */
export const findBatches = async (session: Session, flow: Flow, wanted: Wanted): Promise<readonly BatchView[]> => {
  const ids = (await session.rows(wantedBatches(flow, wanted))).map((it) => toText(it['BATCH_ID'] ?? null));
  const events: BatchEvent[] = [];
  for (let from = 0; from < ids.length; from += CHUNK)
    events.push(...(await session.rows(eventsOf(flow, ids.slice(from, from + CHUNK)))).map(loggedEvent));
  return foldBatches(events)
    .filter((it) => wanted.status === undefined || it.status === wanted.status)
    .filter((it) => wanted.stage === undefined || it.failure?.service === wanted.stage)
    .toReversed();
};

/** A row if the pipeline's log knows a batch of exactly this id. */
export const batchOf = (flow: Flow, batchId: string): Statement => sql('batch-of')`
  select BATCH_ID from ${ident(flow.log)}
  where BATCH_ID = ${batchId} and PIPELINE = ${flow.pipeline} and ${isOfBatch}
  limit 1
`;

/** The ids that end as given, in all pipelines; a batch is known by the last part of its id, too. */
export const batchesNamed = (flow: Flow, ending: string): Statement => sql('batches-named')`
  select distinct BATCH_ID from (
    select BATCH_ID from ${ident(flow.log)} where PIPELINE = ${flow.pipeline} and ${isOfBatch}
    union all
    select BATCH_ID from ${ident(flow.outbox)} where PIPELINE = ${flow.pipeline}
  )
  where BATCH_ID = ${ending} or endswith(BATCH_ID, ${ending})
  order by BATCH_ID
  limit 10
`;

/** Everything that was written down about one batch, replays included. */
export const lifeOf = (flow: Flow, batchId: string): Statement => sql('life-of')`
  select EVENT_TYPE, DETAIL from ${ident(flow.log)} where BATCH_ID = ${batchId} order by EVENT_TIME, RECORDED_AT
`;
