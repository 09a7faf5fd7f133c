import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import type { StoryEvent } from '../../services/coordinator/backfill/backfill-event.ts';
import { toText } from '../../infra/cli/cells.ts';
import { knownBackfill } from '../../infra/cli/flow/backfill-state.ts';
import { lifeOf } from '../../infra/cli/flow/find-batches.ts';
import { flows } from '../../infra/cli/flow/flow-tables.ts';
import { loggedEvent } from '../../infra/cli/flow/read-flow.ts';
import { put } from '../../infra/cli/operate/ask.ts';
import { openSession, type Session } from '../../infra/cli/session.ts';
import { HEARD_BY } from '../flow/deeds.ts';
import { firnOf, holds, json } from './firn-call.ts';
import { startStackChild, type StackChild } from './stack-child.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SAMPLE = [1, 2].map((it) => join(ROOT, `test/fixtures/sample/orders-${it}.ndjson.gz`));
const firn = firnOf(ROOT);
const [flow] = flows();
const DEEDS = Object.keys(HEARD_BY) as (keyof typeof HEARD_BY)[];

type Killing = (stack: StackChild, data: string) => Promise<StackChild>;

const KILLINGS: Readonly<Record<string, Killing>> = {
  'the coordinator': async (stack) => {
    await stack.killFunction('coordinator');
    return stack;
  },
  everything: async (stack, data) => {
    await stack.killAll();
    return startStackChild(ROOT, data);
  },
};

/** For each deed of a backfill, or those that are named, kills the coordinator's process right after it, then everything; each must end well. */
export const proveByKilling = async (named: readonly string[]): Promise<void> => {
  const deeds = DEEDS.filter((it) => named.length === 0 || named.includes(it));
  const work = await mkdtemp(join(tmpdir(), 'firn-proof-'));
  try {
    const loaded = join(work, 'loaded');
    await json(firn('run', ...SAMPLE, '--data', loaded, '--json'));
    const expected = await contentOf(loaded);
    await json(firn('sql', `update ${flow!.target} set ORDER_TOTAL = ORDER_TOTAL + 1`, '--data', loaded, '--json'));
    const aged = await contentOf(loaded);
    for (const [what, killing] of Object.entries(KILLINGS)) {
      for (const deed of deeds) {
        const data = join(work, 'trial');
        await rm(data, { recursive: true, force: true });
        await cp(loaded, data, { recursive: true });
        const ended = await trial({ data, deed, killing, expected, aged });
        holds(`${what} killed right after ${deed}`, ended === 'well', ended);
      }
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

const CONTENT = `select count(*) as ROWS_COUNTED, hash_agg(* exclude BATCH_ID)::varchar as CONTENT from ${flow!.target}`;
const contentOf = async (data: string): Promise<string> =>
  JSON.stringify(await json(firn('sql', CONTENT, '--data', data, '--json')));

interface Trial {
  readonly data: string;
  readonly deed: keyof typeof HEARD_BY;
  readonly killing: Killing;
  readonly expected: string;
  readonly aged: string;
}

/** One backfill through all that can be asked of it, with one death in it; how it ended. */
const trial = async ({ data, deed, killing, expected, aged }: Trial): Promise<string> => {
  let stack = await startStackChild(ROOT, data);
  let session = await openSession(stack.endpoints.warehouse);
  let isKilled = false;
  const killOnce = async (): Promise<void> => {
    isKilled = true;
    const before = stack;
    stack = await killing(stack, data);
    if (stack !== before) session = await openSession(stack.endpoints.warehouse);
  };
  /** Waits until the log shows it; on the way, the death. */
  const until = async (id: string, isSo: (events: readonly StoryEvent[]) => boolean): Promise<void> => {
    for (const start = Date.now(); ; await sleep(20)) {
      const events = await logOf(session, id);
      const isTime = deed !== 'forget' && events.some((it) => HEARD_BY[deed](it));
      if (!isKilled && isTime) await killOnce();
      else if (isSo(events)) return;
      if (Date.now() - start > 90_000)
        throw new Error(`${deed}: stuck after ${events.map((it) => it.type).join(', ')}`);
    }
  };
  const said = (wanted: string) => (events: readonly StoryEvent[]) =>
    events.some((it) => it.type === wanted || (it.data as { step?: string }).step === wanted);
  try {
    const [id, other] = [await ask(data), await ask(data)];
    await until(other, (events) => said('refused')(events) || deed === 'refuse');
    await until(id, said('compared'));
    if (deed === 'refuse') await until(other, said('refused'));
    await json(firn('backfill', 'approve', id, '--no-follow', '--data', data, '--json'), [0, 3]);
    await until(id, said('backfill.ended.v1'));
    const published = await contentOf(data);
    if (deed === 'forget') {
      await put(stack.endpoints, [await lateChunk(session, id)]);
      await killOnce();
    }
    await json(firn('backfill', 'rollback', id, '--no-follow', '--data', data, '--json'));
    await until(id, said('restored'));
    if (published !== expected) return 'published other rows';
    if ((await contentOf(data)) !== aged) return 'rolled back to other rows';
    return await leftBehind(session);
  } finally {
    await stack.stop();
  }
};

const ask = async (data: string): Promise<string> =>
  (await json<{ id: string }>(firn('backfill', 'orders', '--chunks', '2', '--no-follow', '--data', data, '--json'))).id;

/** What is said about a backfill, and that its chunks are started. */
const logOf = async (session: Session, id: string): Promise<readonly StoryEvent[]> => {
  const { events } = await knownBackfill(session, id);
  const chunk = (await session.rows(lifeOf(flow!, `${id}_C001`))).map(loggedEvent);
  return [...events, ...chunk];
};

const lateChunk = async (session: Session, id: string): Promise<BatchLoaded> =>
  (await session.rows(lifeOf(flow!, `${id}_C001`)))
    .map(loggedEvent)
    .find((it): it is BatchLoaded => it.type === 'batch.loaded.v1')!;

const SHADOWS = `
  select TABLE_NAME from DEV_RAW_PROCESSED.INFORMATION_SCHEMA.TABLES where TABLE_NAME like '%\\\\_BF2%'
  union all
  select TABLE_NAME from DEV_ANALYTICS.INFORMATION_SCHEMA.TABLES where TABLE_NAME like '%\\\\_BF2%'`;

/** `well`, if soon nothing is left and the trigger runs. */
const leftBehind = async (session: Session): Promise<string> => {
  let found = '';
  for (let second = 0; second < 30; second += 1) {
    const shadows = (await session.rows({ text: SHADOWS })).map((it) => toText(it['TABLE_NAME'] ?? null));
    const [task] = await session.rows({ text: "show tasks like 'ORDERS_TASK2' in account" });
    if (shadows.length === 0 && task?.['state'] === 'started') return 'well';
    found = `left: ${shadows.join(', ')}; the trigger is ${toText(task?.['state'] ?? null)}`;
    await sleep(1000);
  }
  return found;
};
