import { CONTRACTS } from '../../events/contracts.ts';
import { read, type Contract, type EventOf } from '../../events/contract.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { Defect } from '../../shared/errors.ts';
import type { Value, Warehouse } from '../../shared/snowflake/warehouse.ts';
import type { BatchEvent } from './batch-event.ts';
import { decide } from './decide.ts';
import { evolve, initialState } from './evolve.ts';
import { appendEvent } from './sql/append-event.ts';
import { readBatch } from './sql/read-batch.ts';
import { readStart } from './sql/read-start.ts';
import { batchLog } from './tables.ts';
import { evolveHolds, holdsIn, noHolds } from './trigger-holds/holds.ts';
import { BREAKER } from './trigger-holds/request.ts';
import type { TriggerRequest } from './trigger-holds/trigger-event.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
}

// The others are written down only: their state needs no reading, which spares a statement each.
const STARTS: ReadonlySet<string> = new Set(['batch.claimed.v1', 'quarantine.released.v1']);

/** Writes an event into the log, and says what follows from all that is known of its batch. */
export const followBatch =
  ({ warehouse, publish, now, stage }: Deps) =>
  async (event: BatchEvent): Promise<void> => {
    const log = batchLog(stage);
    await warehouse.run(appendEvent({ into: log, event, now: now() }), event);
    const { batchId, pipeline } = event;
    const isStart = STARTS.has(event.type);
    if (!isStart && event.type !== 'batch.loaded.v1') return;
    const reading = isStart ? readStart({ from: log, batchId, pipeline }) : readBatch({ from: log, batchId });
    const known = (await warehouse.run(reading, event)).rows.map(anyEventOf);
    const [wishes, events] = [known.filter(isTriggerRequest), known.filter((it) => !isTriggerRequest(it))];
    // The log may not show this session's own last row to it yet; evolving twice by one event is harmless.
    const state = [...(events as readonly BatchEvent[]), event].reduce(evolve, initialState);
    const holds = holdsIn(wishes.reduce(evolveHolds, noHolds));
    const held = { byBreaker: holds.some((it) => it.holder === BREAKER), byAnybody: holds.length > 0 };
    await publish(decide(state, event, now(), held));
  };

const isTriggerRequest = (event: EventOf<Contract>): event is TriggerRequest =>
  event.type === 'suspend.requested.v1' || event.type === 'resume.requested.v1';

/** An event of any kind as the log keeps it. */
export const anyEventOf = (row: Readonly<Record<string, Value>>): EventOf<Contract> => {
  const found = CONTRACTS.find((it) => it.type === row['EVENT_TYPE']);
  if (!found) throw new Defect(`the batch log holds an event of unknown type ${JSON.stringify(row['EVENT_TYPE'])}`);
  const detail = typeof row['DETAIL'] === 'string' ? JSON.parse(row['DETAIL']) : row['DETAIL'];
  return read(found, detail);
};

/** An event of a batch as the log keeps it. */
export const eventOf = (row: Readonly<Record<string, Value>>): BatchEvent => anyEventOf(row) as unknown as BatchEvent;
