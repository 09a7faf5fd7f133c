import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toText } from '../../infra/cli/cells.ts';
import { reconcile } from '../../infra/cli/flow/reconcile.ts';
import { takeOn } from '../../infra/cli/flow/reconcile-statements.ts';
import { repairOf } from '../../infra/cli/operate/repair.ts';
import { seeded } from '../fixtures/random.ts';
import { versionedOrders } from '../fixtures/versioned-orders.ts';
import { claim, outcome } from './batches.ts';
import { KIND, platform } from './platform.ts';
import { openWorld, type World } from './world.ts';

const documents = versionedOrders(7, 4, 12);
let world: World;
let stack: ReturnType<typeof platform>;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.empty();
  stack = platform(world.connect, seeded(1), KIND);
});
afterAll(() => world.close());

/** Documents as they landed and were claimed by two batches, of which both have been carried out, or only the first. */
const flowed = async (last: 'B1' | 'B2' = 'B2'): Promise<void> => {
  const { raw, streamed, stream } = world.flow;
  const half = documents.length / 2;
  const claims = await claim(
    world,
    new Map([
      ['B1', documents.slice(0, half)],
      ['B2', documents.slice(half)],
    ]),
  );
  const columns = 'SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT';
  await world.rows({ text: `insert into ${raw} (${columns}) select ${columns} from ${streamed}` });
  await world.rows({ text: `insert into ${streamed} (FILE_NAME) select FILE_NAME from ${stream} where false` });
  for (const it of claims.filter((claimed) => claimed.batchId <= last)) stack.emit(it);
  await stack.run();
};

const balance = () => reconcile({ rows: world.rows }, world.flow);
const broken = async (): Promise<readonly string[]> =>
  (await balance()).faults.map((it) => `${it.what} ${it.batchId} ${it.status} ${it.rows.found}/${it.rows.expected}`);
/** Repairs as the command does; what it leaves to people. */
const repair = async (): Promise<number> => {
  const { replays, takesOn, leaves } = repairOf(await balance(), new Date(), randomUUID);
  if (takesOn) await world.rows(takeOn(world.flow, undefined));
  for (const it of replays) stack.emit(it);
  await stack.run();
  return leaves.length;
};
/** The order that has most lines in the target: where it came from, and how many they are. */
const longest = async () => {
  const [row] = await world.rows({
    text: `select FILE_NAME, FILE_ROW_NUMBER, BATCH_ID, count(*) as N from ${world.flow.target} group by 1, 2, 3 order by N desc, 1, 2 limit 1`,
  });
  const [file, line, batchId, lines] = Object.values(row!).map(toText);
  return { where: `FILE_NAME = '${file}' and FILE_ROW_NUMBER = ${line}`, batchId, lines: Number(lines) };
};

describe('the balance of all documents', () => {
  it('comes out after a flow, by file and by hour', async () => {
    await flowed();

    const { documents: all, byFile, byHour, faults } = await balance();

    expect(faults).toEqual([]);
    expect(all.raw).toBe(documents.length);
    expect(all.loaded + all.superseded + all.quarantined + all.rejected).toBe(documents.length);
    for (const parts of [byFile, byHour])
      expect(Object.values(parts).reduce((sum, it) => sum + it.raw, 0)).toBe(documents.length);
  });

  it('counts what is claimed by a batch that has not ended as in flight', async () => {
    await flowed('B1');

    const { documents: all, faults } = await balance();

    expect(faults).toEqual([]);
    expect(all.inFlight).toBeGreaterThan(0);
    expect(all.loaded + all.superseded + all.quarantined + all.rejected + all.inFlight).toBe(documents.length);
  });

  it.each(['a row', 'an order'])('names %s that is gone from the target, and brings it back', async (what) => {
    await flowed();
    const before = await outcome(world);
    const { where, batchId, lines } = await longest();
    await world.rows({
      text: `delete from ${world.flow.target} where ${where}${what === 'a row' ? ' and LINE_NUMBER = 1' : ''}`,
    });

    const named = await broken();
    const left = await repair();

    expect(named).toContain(
      what === 'a row' ? `incomplete ${batchId} complete ${lines - 1}/${lines}` : `lost ${batchId} complete 0/${lines}`,
    );
    expect(left).toBe(0);
    expect(await broken()).toEqual([]);
    expect((await outcome(world)).target).toEqual(before.target);
  });

  it('names a row too many, and takes it away', async () => {
    await flowed();
    const before = await outcome(world);
    const { where, batchId, lines } = await longest();
    const { target } = world.flow;
    await world.rows({ text: `insert into ${target} select * from ${target} where ${where} and LINE_NUMBER = 1` });

    const named = await broken();
    await repair();

    expect(named).toEqual([`surplus ${batchId} complete ${lines + 1}/${lines}`]);
    expect((await outcome(world)).target).toEqual(before.target);
  });

  it('names rows that come from no document, and leaves them to people', async () => {
    await flowed();
    await world.rows({
      text: `insert into ${world.flow.target} (ORDER_NUMBER, FILE_NAME, FILE_ROW_NUMBER) values ('X', 'gone', 3)`,
    });

    expect(await broken()).toEqual(['stray null unknown 1/0']);
    expect(await repair()).toBe(1);
  });

  it('names documents that nobody ever took on, and lets them wait for the trigger', async () => {
    await flowed('B1');
    await world.rows({ text: `delete from ${world.flow.streamed} where BATCH_ID = 'B2'` });

    const before = await balance();
    await repair();
    const after = await balance();

    expect(before.faults.length).toBeGreaterThan(0);
    expect(new Set(before.faults.map((it) => `${it.what} ${it.status}`))).toEqual(new Set(['lost never taken on']));
    expect(after.faults).toEqual([]);
    expect(after.documents.inFlight).toBe(before.faults.length);
  });

  it('narrows to what landed since a moment', async () => {
    await flowed();

    const { documents: all } = await reconcile({ rows: world.rows }, world.flow, new Date('2030-01-01'));

    expect(all.raw).toBe(0);
  });
});
