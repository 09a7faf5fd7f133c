import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SchemaDrifted } from '../../events/schema-drifted.v1.ts';
import { toText } from '../../infra/cli/cells.ts';
import { pipelineParts } from '../../infra/snowflake/definition.ts';
import { evolving } from '../../infra/snowflake/objects/evolving.ts';
import type { ExtractPipeline } from '../../services/extract/pipelines/definition.ts';
import { orders } from '../../services/extract/pipelines/orders.ts';
import { seeded } from '../fixtures/random.ts';
import type { VersionedOrder } from '../fixtures/versioned-orders.ts';
import { claim } from './batches.ts';
import { KIND, platform } from './platform.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.empty());
afterEach(() => follow('ignore'));
afterAll(() => world.close());

const follow = (drift: NonNullable<ExtractPipeline['drift']>): void => {
  (orders as { drift?: ExtractPipeline['drift'] }).drift = drift;
};
const order = (line: number, more: object = {}, item: object = {}): VersionedOrder => ({
  file: 1,
  line,
  order: `O${line}`,
  items: 1,
  rows: [],
  text: JSON.stringify({
    order_number: `O${line}`,
    date: '2024-01-01',
    products: [{ sku: 'A', quantity: 1, ...item }],
    ...more,
  }),
});
/** Lets one batch after another flow; what was said of drift. */
const flow = async (...batches: readonly (readonly VersionedOrder[])[]) => {
  const stack = platform(world.connect, seeded(1), KIND);
  for (const [index, documents] of batches.entries()) {
    for (const it of await claim(world, new Map([[`B${index + 1}`, documents]]))) stack.emit(it);
    await stack.run();
  }
  const told = new Map(
    stack.published.flatMap((it) => (it.type === 'schema.drifted.v1' ? [[it.id, it] as const] : [])),
  );
  expect(stack.deadLetters).toEqual([]);
  return [...told.values()].map(({ data }) => data as SchemaDrifted['data']);
};
const history = () => world.flow.streamed.replace(/_STREAMED$/, '');
const texts = async (text: string): Promise<readonly string[]> =>
  (await world.rows({ text })).map((row) => Object.values(row).map(toText).join(' ')).sort();

describe('drift', () => {
  it('is told once, not once a batch, whatever documents call their fields', async () => {
    const hostile = {
      '"; drop table ORDERS; --': 1,
      "a'b": { deep: true },
      ['k'.repeat(5000)]: 'long',
      '': 'nameless',
    };
    const drifting = [order(3, hostile), order(4, { date: 20240101 }, { colour: 'red' })];

    const told = await flow(
      [order(1), order(2)],
      drifting,
      drifting.map((it) => ({ ...it, line: it.line + 2 })),
    );

    expect(told).toHaveLength(1);
    expect(told[0]!.changes.map((it) => `${it.what} ${it.path.slice(0, 30)}`).sort()).toEqual([
      'appeared ',
      'appeared "; drop table ORDERS; --',
      "appeared a'b",
      `appeared ${'k'.repeat(30)}`,
      'appeared products[].colour',
      'changed date',
    ]);
    expect(await world.size(history())).toBe(6);
  });

  it('gives a field a column of the history where the pipeline evolves, from the next batch on; nothing downstream', async () => {
    follow('evolve');
    const parts = pipelineParts().find((it) => it.extract === orders)!;
    const [procedure] = evolving({ stage: 'dev' } as Parameters<typeof evolving>[0], parts);
    await world.rows(procedure!);

    const red = (line: number) => order(line, { vip: true }, { colour: 'red' });
    const told = await flow([red(1)], [red(2), order(3)]);

    expect(told).toMatchObject([{ policy: 'evolve' }]);
    expect(await texts(`select ORDER_NUMBER, X_VIP, X_PRODUCTS_COLOUR from ${history()}`)).toEqual([
      'O1 NULL NULL',
      'O2 true red',
      'O3 NULL NULL',
    ]);
    expect(await texts(`select ORDER_NUMBER from ${world.flow.target}`)).toEqual(['O1', 'O2', 'O3']);
  });

  it('holds documents back where the pipeline wants it, and no others', async () => {
    follow('quarantine');

    await flow([
      order(1),
      order(2, { vip: true }),
      order(3, {}, { colour: 'red' }),
      order(4, { customer: { id: '1', age: 7 } }),
    ]);

    expect(await texts(`select ORDER_NUMBER from ${world.flow.target}`)).toEqual(['O1']);
    const reasons = `select r.VALUE:reason::varchar from ${world.flow.quarantine}, lateral flatten(input => REASONS) r`;
    expect(await texts(reasons)).toEqual([
      'customer has fields that nobody has defined',
      'products[] has fields that nobody has defined',
      'the document has fields that nobody has defined',
    ]);
  });
});
