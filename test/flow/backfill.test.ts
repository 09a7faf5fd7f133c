import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { seeded } from '../fixtures/random.ts';
import { newestValid, versionedOrders, type VersionedOrder } from '../fixtures/versioned-orders.ts';
import {
  instructed,
  isTriggerRunning,
  land,
  openBackfillWorld,
  pass,
  requested,
  suspended,
  saidOf,
  standing,
} from './backfills.ts';
import { outcome } from './batches.ts';
import { afterEachDeed, rightAfter } from './deeds.ts';
import { KIND, platform } from './platform.ts';
import type { World } from './world.ts';

// A whole backfill, with all that dies in it, on a machine that does other things as well.
jest.setTimeout(120_000);

const documents = versionedOrders(7, 3, 5);
const [first, meanwhile] = [documents.filter((it) => it.file < 3), documents.filter((it) => it.file === 3)];
const rowsOf = (orders: readonly VersionedOrder[]) => orders.flatMap((it) => it.rows);
/** As an older rule made them: the total of each order is one more than it would be now. */
const older = (row: string): string => row.replace(/[\d.]+$/, (total) => (Number(total) + 1).toFixed(3));

let world: World;
beforeAll(async () => {
  world = await openBackfillWorld();
});
beforeEach(() => world.empty());
afterAll(() => world.close());

/** The first documents loaded, by that older rule. */
const loaded = async (): Promise<void> => {
  const stack = platform(world.connect, seeded(1), KIND);
  await land(world, first);
  await pass(world, stack);
  await world.rows({ text: `update ${world.flow.target} set ORDER_TOTAL = ORDER_TOTAL + 1` });
};

describe('a backfill', () => {
  it('rebuilds the same when every message comes twice and in random order', async () => {
    await loaded();
    const stack = platform(world.connect, seeded(3), { ...KIND, isDoubled: true });
    const request = requested({ chunks: 2, expect: [{ column: 'ORDER_TOTAL' }] });

    stack.emit(request);
    await pass(world, stack);

    expect(saidOf(request, stack)).toContain('published');
    expect((await outcome(world)).target).toEqual(rowsOf(newestValid(first)).toSorted());
    expect(stack.deadLetters).toEqual([]);
  });

  it('ends well when the coordinator is killed after each of its deeds, the message that it was at being lost', async () => {
    await loaded();
    const deaths = afterEachDeed();
    const stack = platform(world.connect, seeded(2), { ...KIND, kills: deaths.kills });
    const [request, other] = [requested({ chunks: 1 }), requested({ chunks: 1 })];

    stack.emit(request);
    await land(world, meanwhile);
    await pass(world, stack);
    stack.emit(other);
    await pass(world, stack);
    expect((await outcome(world)).target).toEqual(rowsOf(newestValid(first)).map(older).toSorted());
    stack.emit(instructed(request, 'approve', stack));
    await pass(world, stack);
    const chunk = stack.published.find(
      (it) => it.type === 'batch.triggered.v1' && it.batchId.startsWith(request.batchId),
    )!;
    // A chunk that starts late makes shadows anew, and they go again: the first two times the coordinator is killed.
    for (let late = 0; late < 3; late += 1) {
      stack.emit(chunk);
      await pass(world, stack);
    }

    const all = newestValid(documents);
    expect((await outcome(world)).target).toEqual(rowsOf(all).toSorted());
    expect((await outcome(world)).history).toBe(documents.reduce((sum, it) => sum + it.items, 0));
    expect((await standing(world)).left).toEqual([]);
    expect(await isTriggerRunning(world)).toBe(true);
    expect(saidOf(other, stack)).toContain('refused');

    stack.emit(instructed(request, 'rollback'));
    await pass(world, stack);

    const [kept, arrived] = [all.filter((it) => it.file < 3), all.filter((it) => it.file === 3)];
    expect((await outcome(world)).target).toEqual([...rowsOf(kept).map(older), ...rowsOf(arrived)].toSorted());
    expect(deaths.survived()).toEqual([]);
  });

  it('leaves everything as it was when it is cancelled while its chunks run, and a hand holds the trigger', async () => {
    await loaded();
    const old = await standing(world);
    const request = requested({ chunks: 2 });
    const stack = platform(world.connect, seeded(4), {
      ...KIND,
      kills: rightAfter('start', () => stack.emit(instructed(request, 'cancel'))),
    });

    stack.emit(suspended());
    stack.emit(request);
    await pass(world, stack);

    expect(saidOf(request, stack)).toContain('cancelled');
    expect(await standing(world)).toEqual(old);
    expect(await isTriggerRunning(world)).toBe(false);
    expect(stack.deadLetters).toEqual([]);
  });
});
