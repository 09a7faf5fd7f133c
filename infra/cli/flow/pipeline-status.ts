import { readTrigger } from '../../../services/coordinator/sql/read-trigger.ts';
import { evolveHolds, holdsIn, noHolds, type Hold } from '../../../services/coordinator/trigger-holds/holds.ts';
import { triggerEventOf } from '../../../services/coordinator/trigger-holds/service.ts';
import { count } from '../../../shared/snowflake/warehouse.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { fragment, sql, trusted, type Statement } from '../../../shared/sql/statement.ts';
import { toText } from '../cells.ts';
import type { Session } from '../session.ts';
import { foldBatches } from './batch-view.ts';
import { isSettled } from './flow-state.ts';
import type { Flow } from './flow-tables.ts';
import { driftOf, type Drift } from './drift.ts';
import { countHeld } from './held-documents.ts';
import type { State } from './states.ts';
import { detailOf, eventsOfBatchesWithout, loggedEvent, waitingDocuments } from './read-flow.ts';

/** How one pipeline stands. Documents wait in the stream until TASK1 moves them, then until TASK2 claims them. */
export interface PipelineStatus {
  readonly pipeline: string;
  readonly trigger: string;
  /** Who holds the trigger, why and since when; nobody: it runs. */
  readonly holds: readonly Hold[];
  readonly inStream: number;
  readonly waiting: number;
  readonly oldestSeconds: number;
  readonly inFlight: readonly string[];
  readonly failed: readonly { readonly batchId: string; readonly service: string; readonly message: string }[];
  readonly lastLoaded: { readonly batchId: string; readonly rows: number; readonly at: string } | null;
  /** Documents that are held in quarantine now, unreadable ones included; and what became of those that are not held any more. */
  readonly quarantined: number;
  readonly quarantine: Readonly<Record<State, number>>;
  /** Fields that differ from what the pipeline describes, the newest first, and what it does about them. */
  readonly drift: Drift;
  readonly target: string;
  readonly rows: number;
}

const unfinishedEvents = (flow: Flow): Statement => sql('unfinished-events')`
  ${eventsOfBatchesWithout(flow, fragment`EVENT_TYPE = 'batch.completed.v1'`)}
`;

const lastLoad = (flow: Flow): Statement => sql('last-load')`
  select BATCH_ID, ROWS_LOADED, LOADED_AT from ${ident(flow.manifest)}
  where PIPELINE = ${flow.pipeline} order by LOADED_AT desc limit 1
`;

const totals = (flow: Flow): Statement => sql('totals')`
  select count(*) as ROWS_IN_TARGET from ${ident(flow.target)}
`;

const showTrigger = (flow: Flow): Statement => {
  const [database, schema, task] = flow.task2.split('.');
  return sql('show-trigger')`show tasks like ${trusted(`'${task}'`)} in schema ${ident(`${database}.${schema}`)}`;
};

/** Reads how a pipeline stands. */
export const pipelineStatus = async (session: Session, flow: Flow): Promise<PipelineStatus> => {
  const [task] = await session.rows(showTrigger(flow));
  const wishes = (await session.rows(readTrigger({ from: flow.log, pipeline: flow.pipeline }))).map(detailOf);
  const [waits] = await session.rows(waitingDocuments(flow));
  const batches = foldBatches((await session.rows(unfinishedEvents(flow))).map(loggedEvent));
  const [last] = await session.rows(lastLoad(flow));
  const [sums] = await session.rows(totals(flow));
  const counted = await session.rows(countHeld(flow));
  const inState = (state: State): number => count(counted.find((it) => it['STATE'] === state)?.['DOCUMENTS'] ?? 0);
  const claimed = Array.from({ length: count(waits?.['UNHEARD'] ?? null) }, () => '(claimed, not heard of yet)');
  return {
    pipeline: flow.pipeline,
    trigger: task ? toText(task['state'] ?? null) : 'missing',
    holds: holdsIn(wishes.map(triggerEventOf).reduce(evolveHolds, noHolds)),
    inStream: count(waits?.['IN_STREAM'] ?? null),
    waiting: count(waits?.['WAITING'] ?? null),
    oldestSeconds: count(waits?.['OLDEST_SECONDS'] ?? null),
    inFlight: [...batches.filter((it) => !isSettled(it)).map((it) => it.batchId), ...claimed],
    failed: batches.flatMap(({ batchId, failure }) => (failure ? [{ batchId, ...failure }] : [])),
    lastLoaded: last
      ? {
          batchId: toText(last['BATCH_ID'] ?? null),
          rows: count(last['ROWS_LOADED'] ?? null),
          at: toText(last['LOADED_AT'] ?? null),
        }
      : null,
    quarantined: inState('held'),
    quarantine: {
      held: inState('held'),
      released: inState('released'),
      loaded: inState('loaded'),
      superseded: inState('superseded'),
      discarded: inState('discarded'),
    },
    drift: await driftOf(session, flow),
    target: flow.target,
    rows: count(sums?.['ROWS_IN_TARGET'] ?? null),
  };
};
