import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { dropExtracted } from '../../services/extract/service.ts';
import { example } from '../../shared/testing/examples.ts';
import { seeded } from '../fixtures/random.ts';
import { SEEDS } from '../fixtures/seeds.ts';
import { newestValid, versionedOrders, type VersionedOrder } from '../fixtures/versioned-orders.ts';
import { claim, expectedOutcome, outcome, type Batches } from './batches.ts';
import { KIND, platform, type Unkindness } from './platform.ts';
import { openWorld, type World } from './world.ts';

/** As Snowflake's sessions may, the services meet others' commits late. */
const LATE_MS = 400;

let world: World;
beforeAll(async () => {
  world = await openWorld(undefined, undefined, LATE_MS);
});
beforeEach(() => world.empty());
afterAll(() => world.close());

/** Documents over batches without regard to their age: newer versions in older batches, orders split over several. */
const cut = (documents: readonly VersionedOrder[], seed: number, names: readonly string[]): Batches => {
  const by = seeded(seed);
  const batches = new Map<string, VersionedOrder[]>(names.map((it) => [it, []]));
  documents.forEach((it, index) => batches.get(names[index] ?? by.pick(names))!.push(it));
  return batches;
};

const flow = async (batches: Batches, seed: number, unkind: Unkindness) => {
  const stack = platform(world.connect, seeded(seed), unkind);
  for (const claimed of await claim(world, batches)) stack.emit(claimed);
  await stack.run();
  return stack;
};

describe('every document ends where it belongs', () => {
  const documents = versionedOrders(7, 4, 12);

  it('when each step is taken once, which says what follows from it in order', async () => {
    const batches = cut(documents, 1, ['B1']);

    const { published, deadLetters } = await flow(batches, 1, KIND);

    expect(published.map((it) => it.type)).toEqual([
      'batch.claimed.v1',
      'batch.triggered.v1',
      'batch.extracted.v1',
      'batch.validated.v1',
      'batch.transformed.v1',
      'batch.validated.v1',
      'batch.loaded.v1',
      'batch.completed.v1',
    ]);
    expect(await outcome(world)).toEqual(expectedOutcome(batches, newestValid(documents)));
    expect(deadLetters).toEqual([]);
  });

  it.each(SEEDS)('when every message comes twice, in random order (seed %d)', async (seed) => {
    const batches = cut(documents, seed, ['B1', 'B2']);

    const { deadLetters } = await flow(batches, seed, { isDoubled: true, diesOnceIn: 0, atOnce: 1 });

    expect(await outcome(world)).toEqual(expectedOutcome(batches, newestValid(documents)));
    expect(deadLetters).toEqual([]);
  });

  it.each(SEEDS)('when services die between any two statements (seed %d)', async (seed) => {
    const batches = cut(documents, seed, ['B1', 'B2']);

    const { deadLetters } = await flow(batches, seed, { isDoubled: false, diesOnceIn: 6, atOnce: 1 });

    expect(await outcome(world)).toEqual(expectedOutcome(batches, newestValid(documents)));
    expect(deadLetters).toEqual([]);
  });

  it.each(SEEDS)('when all of that happens at once, to copies of one message too (seed %d)', async (seed) => {
    const batches = cut(documents, seed, ['B1', 'B2']);

    const { deadLetters } = await flow(batches, seed, { isDoubled: true, diesOnceIn: 15, atOnce: 3 });

    expect(await outcome(world)).toEqual(expectedOutcome(batches, newestValid(documents)));
    expect(deadLetters).toEqual([]);
  });

  it('and what batches left behind that never ended goes when it is two weeks old', async () => {
    const [schema] = [world.flow.streamed.replace(/\.[^.]*$/, '')];
    const [mine, stranger] = [`${schema}.ORDERS_NORMALIZED_TEMP_LOST_1`, `${schema}.ORDERS_NORMALIZED_OF_MINE`];
    for (const table of [mine, stranger]) await world.rows({ text: `create transient table ${table} (N number)` });
    const drop = (days: number) =>
      dropExtracted({ warehouse: world.connect(), now: () => new Date(Date.now() + days * 86_400_000) })(
        example(BatchCompleted, { batchId: 'OTHER' }),
      );
    const left = async () =>
      (await world.rows({ text: `show tables like '%ORDERS_NORMALIZED%' in schema ${schema}` })).map(
        (it) => it['name'],
      );

    await drop(13);
    const early = await left();
    await drop(15);
    const late = await left();
    await world.rows({ text: `drop table ${stranger}` });

    expect(early).toEqual(['ORDERS_NORMALIZED_OF_MINE', 'ORDERS_NORMALIZED_TEMP_LOST_1']);
    expect(late).toEqual(['ORDERS_NORMALIZED_OF_MINE']);
  });
});
