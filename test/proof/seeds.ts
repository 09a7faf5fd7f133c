import { seeded } from '../fixtures/random.ts';
import { versionedOrders } from '../fixtures/versioned-orders.ts';
import {
  instructed,
  isTriggerRunning,
  land,
  openBackfillWorld,
  pass,
  requested,
  saidOf,
  standing,
} from '../flow/backfills.ts';
import { KIND, platform } from '../flow/platform.ts';
import { holds } from './firn-call.ts';

const SEEDS = 12;

/** Events of batches and backfill doubled, late and out of order, and services dying, by seeds: the same tables in the end. */
export const proveBySeeds = async (): Promise<void> => {
  const world = await openBackfillWorld();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const by = seeded(seed);
    const documents = versionedOrders(seed, 3, by.whole(4, 12));
    const [first, meanwhile] = [documents.filter((it) => it.file < 3), documents.filter((it) => it.file === 3)];
    await world.empty();
    const calm = platform(world.connect, seeded(1), KIND);
    await land(world, first);
    await pass(world, calm);
    await land(world, meanwhile);
    await pass(world, calm);
    const expected = JSON.stringify(await standing(world));
    await world.empty();
    const unkind = { isDoubled: by.once(2), diesOnceIn: by.whole(12, 40), atOnce: by.whole(1, 3) };
    const stack = platform(world.connect, seeded(seed), unkind);
    await land(world, first);
    await pass(world, stack);
    await world.rows({ text: `update ${world.flow.target} set ORDER_TOTAL = ORDER_TOTAL + 1` });
    const request = requested({ chunks: by.whole(1, 4) });
    stack.emit(request);
    await land(world, meanwhile);
    await pass(world, stack);
    stack.emit(instructed(request, 'approve', stack));
    await pass(world, stack);
    const found = JSON.stringify(await standing(world));
    const isWell = saidOf(request, stack).includes('published') && (await isTriggerRunning(world));
    holds(
      `seed ${seed}, ${JSON.stringify(unkind)}: the same tables`,
      isWell && found === expected,
      saidOf(request, stack),
    );
  }
  await world.close();
};
