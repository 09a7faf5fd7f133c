import { CONTRACTS } from '../../events/contracts.ts';
import { read } from '../../events/contract.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { Defect } from '../../shared/errors.ts';
import type { Value, Warehouse } from '../../shared/snowflake/warehouse.ts';
import type { BatchEvent } from './batch-event.ts';
import { decide } from './decide.ts';
import { evolve, initialState } from './evolve.ts';
import { appendEvent } from './sql/append-event.ts';
import { readBatch } from './sql/read-batch.ts';
import { batchLog } from './tables.ts';

interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
  readonly stage: 'dev' | 'prod';
}

// The others are written down only: their state needs no reading, which spares a statement each.
const DECISIVE: ReadonlySet<string> = new Set(['batch.claimed.v1', 'batch.loaded.v1']);

/** Writes an event into the log, and says what follows from all that is known of its batch. */
export const followBatch =
  ({ warehouse, publish, now, stage }: Deps) =>
  async (event: BatchEvent): Promise<void> => {
    const log = batchLog(stage);
    await warehouse.run(appendEvent({ into: log, event, now: now() }), event);
    if (!DECISIVE.has(event.type)) return;
    const { rows } = await warehouse.run(readBatch({ from: log, batchId: event.batchId }), event);
    // The log may not show this session's own last row to it yet; evolving twice by one event is harmless.
    const state = [...rows.map(eventOf), event].reduce(evolve, initialState);
    await publish(decide(state, event, now()));
  };

/** An event as the log keeps it. */
export const eventOf = (row: Readonly<Record<string, Value>>): BatchEvent => {
  const found = CONTRACTS.find((it) => it.type === row['EVENT_TYPE']);
  if (!found) throw new Defect(`the batch log holds an event of unknown type ${JSON.stringify(row['EVENT_TYPE'])}`);
  const detail = typeof row['DETAIL'] === 'string' ? JSON.parse(row['DETAIL']) : row['DETAIL'];
  return read(found, detail) as unknown as BatchEvent;
};
