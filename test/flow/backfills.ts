import { randomUUID } from 'node:crypto';
import { BackfillInstructed } from '../../events/backfill-instructed.v1.ts';
import { BackfillRequested } from '../../events/backfill-requested.v1.ts';
import { BatchClaimed } from '../../events/batch-claimed.v1.ts';
import { read } from '../../events/contract.ts';
import { toText } from '../../infra/cli/cells.ts';
import { backfillBatches, backfillComparisons, backfillFates } from '../../services/coordinator/tables.ts';
import { MANUAL, suspendRequest } from '../../services/coordinator/trigger-holds/request.ts';
import { answerId } from '../../shared/bus/answer.ts';
import { fragment, join, sql, trusted } from '../../shared/sql/statement.ts';
import { example } from '../../shared/testing/examples.ts';
import type { VersionedOrder } from '../fixtures/versioned-orders.ts';
import type { platform } from './platform.ts';
import { openWorld, type World } from './world.ts';

type Platform = ReturnType<typeof platform>;

// All of a pipeline's objects but what logs services in: here the operator works for all of them.
const ALL = /^(?!set-public-key$)/;

/** A warehouse in which documents can land, be claimed by the trigger and be rebuilt. */
export const openBackfillWorld = async (): Promise<World> => {
  const world = await openWorld('orders', ALL);
  const { flow, rows } = world;
  const own = [flow.outbox, backfillBatches('dev'), backfillComparisons('dev'), backfillFates('dev')];
  const replaced = [flow.target, flow.quarantine, flow.streamed.replace(/_STREAMED$/, '')].map(
    (it) => `${it}_REPLACED`,
  );
  return {
    ...world,
    async empty() {
      await world.empty();
      for (const table of [...own, ...replaced]) await rows({ text: `delete from ${table}` });
      await rows({ text: `create or replace stream ${flow.stream} on table ${flow.raw} append_only = true` });
      await rows({ text: `alter task ${flow.task2} resume` });
    },
  };
};

/** Puts documents into the raw table as Snowpipe does, then where they wait for the trigger as TASK1 does; files are loaded a second apart. */
export const land = async ({ flow, rows }: World, documents: readonly VersionedOrder[]): Promise<void> => {
  const values = documents.map(
    (it) =>
      fragment`(${it.text}, ${`orders/000000000000/${it.file}.ndjson`}, ${it.line}, ${`2026-01-05 09:30:${10 + it.file}`})`,
  );
  await rows(sql('land')`
    insert into ${trusted(flow.raw)} (SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT)
    select try_parse_json($1), iff(try_parse_json($1) is null, $1, null), $2, $3, $4::timestamp_ltz
    from values ${join(values, ', ')}
  `);
  await rows({
    text: `
    insert into ${flow.streamed} (SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT, STREAMED_AT)
    select SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT, sysdate() from ${flow.stream}`,
  });
};

/** Whether the trigger's task runs. */
export const isTriggerRunning = async ({ flow, rows }: World): Promise<boolean> => {
  const [task] = await rows({ text: `show tasks like 'ORDERS_TASK2' in schema ${flow.raw.replace(/\.[^.]*$/, '')}` });
  return task?.['state'] === 'started';
};

/** What TASK2 does, if it runs: claims what waits; the claims that nobody has heard of yet. */
const claims = async (world: World): Promise<readonly BatchClaimed[]> => {
  const { flow, rows } = world;
  // Nobody listens to its notification here: the claim is committed before it.
  if (await isTriggerRunning(world)) await rows({ text: `call ${flow.raw}_TRIGGER(0, 0)` }).catch(() => undefined);
  const unheard = await rows({
    text: `select EVENT_ID, BATCH_ID, DOCUMENTS from ${flow.outbox} o
      where not exists (select 1 from ${flow.log} l where l.BATCH_ID = o.BATCH_ID)`,
  });
  return unheard.map((it) => {
    const [id, batchId] = [toText(it['EVENT_ID'] ?? null), toText(it['BATCH_ID'] ?? null)];
    const data = { source: flow.streamed, documents: Number(it['DOCUMENTS']) };
    const envelope = { id, batchId, traceId: batchId, time: new Date().toISOString(), attempt: 1, causationId: null };
    return read(BatchClaimed, { ...envelope, pipeline: flow.pipeline, data });
  });
};

const ROUNDS = 40;

/** Lets time pass: schedules strike and the trigger fires until nobody has anything to do any more. */
export const pass = async (world: World, stack: Platform): Promise<void> => {
  let before = -1;
  let quiet = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    await stack.run();
    for (const claimed of await claims(world)) stack.emit(claimed);
    stack.strike('coordinator', 'check-backfills');
    await stack.run();
    // Who was killed before a word could be said has been silent for a round.
    quiet = stack.published.length === before ? quiet + 1 : 0;
    if (quiet === 2) return;
    before = stack.published.length;
  }
  throw new Error(`it has come to no end after ${ROUNDS} rounds`);
};

let requests = 0;
/** Asks for a backfill, each under an id of its own. */
export const requested = (data: Partial<BackfillRequested['data']> = {}): BackfillRequested => {
  requests += 1;
  const batchId = `BF20260105110000_${requests.toString(16).toUpperCase().padStart(8, '0')}`;
  const id = answerId(batchId, 'request');
  const defaults = { from: undefined, to: undefined, columns: undefined, expect: undefined };
  return example(
    BackfillRequested,
    { id, batchId, traceId: id, time: new Date().toISOString() },
    { ...defaults, chunks: 2, approveAutomatically: false, ...data },
  );
};

/** Tells a backfill what is to become of it; an approval is of the comparison that it was given. */
export const instructed = (
  { batchId }: BackfillRequested,
  instruction: BackfillInstructed['data']['instruction'],
  stack?: Platform,
): BackfillInstructed => {
  const compared = stack?.published.find(
    (it) => it.batchId === batchId && (it.data as { step?: string }).step === 'compared',
  );
  const id = answerId(batchId, `${instruction} ${stack?.published.length ?? 0}`);
  const causationId = instruction === 'approve' ? compared!.id : null;
  return example(
    BackfillInstructed,
    { id, batchId, traceId: id, time: new Date().toISOString(), causationId },
    { instruction },
  );
};

/** A hand that holds the trigger. */
export const suspended = () =>
  suspendRequest({ id: randomUUID(), pipeline: 'orders', holder: MANUAL, now: new Date(), why: 'by hand' });

/** What analysts and auditors see, whichever batches brought it; and what must not be left behind. */
export const standing = async (world: World) => {
  const { flow, rows } = world;
  const texts = async (text: string): Promise<readonly string[]> =>
    (await rows({ text })).map((it) => Object.values(it).map(toText).join(' ')).sort();
  const history = flow.streamed.replace(/_STREAMED$/, '');
  return {
    target: await texts(`select * exclude BATCH_ID from ${flow.target}`),
    history: await texts(`select * exclude BATCH_ID from ${history}`),
    held: await texts(`select FILE_NAME, FILE_ROW_NUMBER, STAGE from ${flow.quarantine}`),
    left: await texts(`
      select TABLE_NAME from DEV_RAW_PROCESSED.INFORMATION_SCHEMA.TABLES where TABLE_NAME like '%\\\\_BF2%' or TABLE_NAME like '%\\\\_TEMP\\\\_%'
      union all
      select TABLE_NAME from DEV_ANALYTICS.INFORMATION_SCHEMA.TABLES where TABLE_NAME like '%\\\\_BF2%'`),
  };
};

/** What a backfill has said of itself. */
export const saidOf = ({ batchId }: BackfillRequested, stack: Platform): readonly string[] => [
  ...new Set(
    stack.published.flatMap((it) => {
      const { step, outcome } = it.data as { readonly step?: string; readonly outcome?: string };
      return it.batchId === batchId ? [step ?? outcome ?? it.type] : [];
    }),
  ),
];
