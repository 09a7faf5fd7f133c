import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { seeded } from '../fixtures/random.ts';
import { versionedOrders } from '../fixtures/versioned-orders.ts';
import { afterEachDeed, rightAfter } from './deeds.ts';
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
import { KIND, platform, type Unkindness } from './platform.ts';
import type { World } from './world.ts';

const documents = versionedOrders(7, 3, 6);
const [first, meanwhile] = [documents.filter((it) => it.file < 3), documents.filter((it) => it.file === 3)];

let world: World;
/** What stands in the tables when everything that lands has been loaded afresh. */
let fresh: Awaited<ReturnType<typeof standing>>;
beforeAll(async () => {
  world = await openBackfillWorld();
  const stack = await loaded(1);
  await land(world, meanwhile);
  await pass(world, stack);
  fresh = await standing(world);
});
beforeEach(() => world.empty());
afterAll(() => world.close());

const loaded = async (seed: number, unkind: Unkindness = KIND) => {
  const stack = platform(world.connect, seeded(seed), unkind);
  await land(world, first);
  await pass(world, stack);
  return stack;
};
/** As an older rule had made them: a column of all live rows differs from what would be made now. */
const age = () => world.rows({ text: `update ${world.flow.target} set ORDER_TOTAL = ORDER_TOTAL + 1` });

describe('a backfill', () => {
  it('ends the same when everything comes twice and disordered and anything dies, and rows arrive meanwhile', async () => {
    const stack = await loaded(1);
    await age();
    const old = await standing(world);
    const stormy = platform(world.connect, seeded(3), { isDoubled: true, diesOnceIn: 60, atOnce: 3 });
    const request = requested({ chunks: 1 });

    stormy.emit(request);
    await land(world, meanwhile);
    await pass(world, stormy);
    expect(saidOf(request, stormy)).not.toContain('published');
    stormy.emit(instructed(request, 'approve', stormy));
    await pass(world, stormy);

    expect(saidOf(request, stormy)).toContain('published');
    expect(await standing(world)).toEqual(fresh);
    expect(await isTriggerRunning(world)).toBe(true);
    expect([...stack.deadLetters, ...stormy.deadLetters]).toEqual([]);
    expect(old.target).not.toEqual(fresh.target);
  });

  it('ends well when the coordinator is killed after each of its deeds, the message that it was at being lost', async () => {
    await loaded(1);
    await age();
    const old = await standing(world);
    const deaths = afterEachDeed();
    const stack = platform(world.connect, seeded(2), { ...KIND, kills: deaths.kills });
    const [request, other] = [requested(), requested()];

    stack.emit(request);
    await pass(world, stack);
    stack.emit(other);
    await pass(world, stack);
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
    expect(await standing(world)).toMatchObject({ left: [] });
    stack.emit(instructed(request, 'rollback'));
    await pass(world, stack);

    expect(deaths.survived()).toEqual([]);
    expect(saidOf(request, stack)).toEqual([
      'backfill.requested.v1',
      'held',
      'drained',
      'claimed',
      'compared',
      'backfill.instructed.v1',
      'published',
      'restored',
    ]);
    expect(saidOf(other, stack)).toContain('refused');
    expect(await standing(world)).toEqual(old);
    expect(await isTriggerRunning(world)).toBe(true);
  });

  it('leaves everything as it was when it is cancelled while its chunks run, and a hand holds the trigger', async () => {
    await loaded(1);
    await age();
    const old = await standing(world);
    const request = requested();
    const stack = platform(world.connect, seeded(4), {
      ...KIND,
      kills: rightAfter('start', () => stack.emit(instructed(request, 'cancel'))),
    });

    stack.emit(suspended());
    stack.emit(request);
    await land(world, meanwhile);
    await pass(world, stack);

    expect(saidOf(request, stack)).toContain('cancelled');
    expect(await standing(world)).toEqual(old);
    expect(await isTriggerRunning(world)).toBe(false);
    expect(stack.deadLetters).toEqual([]);
  });
});
