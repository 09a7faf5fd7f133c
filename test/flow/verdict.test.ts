import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BREAKER, resumeRequest } from '../../services/coordinator/trigger-holds/request.ts';
import { validations } from '../../services/validate/tables.ts';
import { answerId } from '../../shared/bus/answer.ts';
import { ident } from '../../shared/sql/identifier.ts';
import { sql } from '../../shared/sql/statement.ts';
import { seeded } from '../fixtures/random.ts';
import { versionedOrders } from '../fixtures/versioned-orders.ts';
import { claim, outcome } from './batches.ts';
import { KIND, platform, type Unkindness } from './platform.ts';
import { withExpectations } from './with-expectations.ts';
import { openWorld, type World } from './world.ts';

const orders = versionedOrders(7, 3, 8);
const UNKIND: Unkindness = { isDoubled: true, diesOnceIn: 12, atOnce: 2 };
let world: World;
beforeAll(async () => {
  // With its tasks, but without what logs services in: here the operator works for all of them.
  world = await openWorld('orders', /^(?!set-public-key$)/);
});
beforeEach(() => world.empty());
afterAll(() => world.close());

const run = async (
  expectations: readonly object[],
  unkind = KIND,
  stage: 'extracted' | 'transformed' = 'extracted',
) => {
  const stack = platform(world.connect, seeded(5), unkind);
  await withExpectations(stage, expectations, async () => {
    for (const it of await claim(world, new Map([['B1', orders]]))) stack.emit(it);
    await stack.run();
  });
  return stack;
};
const types = ({ published }: Awaited<ReturnType<typeof run>>) => [...new Set(published.map((it) => it.type))];
const results = () =>
  world.rows(sql('results')`
    select STAGE, OUTCOME, SUCCESS, RESULT:statistics:evaluated_expectations::number as EVALUATED
    from ${ident(validations(world.flow.quarantine, 'orders'))} order by STAGE, ATTEMPT
  `);
const NONE = { type: 'expect_table_row_count_to_be_between', kwargs: { max_value: 0 } };
const TOO_MANY = { type: 'expect_table_row_count_to_be_between', kwargs: { max_value: 1 } };

describe('a batch that breaks an expectation on the whole of it', () => {
  it('stops with a verdict, told once, whatever is delivered twice or dies; nothing is held, loaded or passed on', async () => {
    const stack = await run([TOO_MANY], UNKIND);

    const failed = stack.published.filter((it) => it.type === 'batch.failed.v1');
    expect(new Set(failed.map((it) => it.id)).size).toBe(1);
    expect(failed[0]?.data).toMatchObject({
      service: 'validate',
      failedEvent: { type: 'batch.extracted.v1' },
      verdict: {
        stage: 'extracted',
        broken: 1,
        expectations: [{ rule: TOO_MANY.type, expected: '{"max_value":1}', observed: expect.any(String) }],
      },
    });
    expect(types(stack)).not.toContain('batch.validated.v1');
    expect(await world.size(world.flow.quarantine)).toBe(0);
    expect(await world.size(world.flow.target)).toBe(0);
    expect(stack.deadLetters).toEqual([]);
    expect(await results()).toMatchObject([{ STAGE: 'extracted', OUTCOME: 'failed', SUCCESS: false }]);
  });

  it('is stopped or goes on by what it was judged first, whatever the rules have become', async () => {
    const claims = await claim(world, new Map(orders.slice(0, 2).map((it, at) => [`B${at + 1}`, [it]] as const)));
    const isUnfinished = (service: string, { type }: { readonly type: string }): boolean =>
      service === 'coordinator' && type === 'batch.completed.v1';
    const stack = platform(world.connect, seeded(5), { ...KIND, kills: isUnfinished });
    const again = async (batchId: string): Promise<readonly string[]> => {
      const known = stack.published.length;
      stack.emit(stack.published.find((it) => it.type === 'batch.extracted.v1' && it.batchId === batchId)!);
      await stack.run();
      return stack.published.slice(known).map((it) => it.type);
    };
    stack.emit(claims[0]!);
    await stack.run();

    const late = await withExpectations('extracted', [NONE], async () => {
      stack.emit(claims[1]!);
      await stack.run();
      return { passed: await again('B1'), stopped: await again('B2') };
    });

    expect(late.passed).toContain('batch.validated.v1');
    expect(late.passed).not.toContain('batch.failed.v1');
    expect(late.stopped).toEqual(['batch.extracted.v1', 'batch.failed.v1']);
    // Nothing has gone on from there: what is right by now may.
    expect(await again('B2')).toContain('batch.loaded.v1');
    expect(stack.deadLetters).toEqual([]);
  });

  it('stops behind the business rules as well', async () => {
    const stack = await run([TOO_MANY], KIND, 'transformed');

    expect(types(stack)).toContain('batch.failed.v1');
    expect(await world.size(world.flow.target)).toBe(0);
  });

  it('goes on where that is only to be told', async () => {
    const stack = await run([{ ...TOO_MANY, meta: { severity: 'warn' } }]);

    expect(types(stack)).toContain('batch.loaded.v1');
    expect(await results()).toMatchObject([
      { STAGE: 'extracted', SUCCESS: false },
      { STAGE: 'transformed', OUTCOME: 'passed', SUCCESS: true },
    ]);
  });
});

describe('batches that fail alike in a row', () => {
  const told = ({ published }: ReturnType<typeof platform>, type: string) => [
    ...new Map(published.filter((it) => it.type === type).map((it) => [it.id, it])).values(),
  ];

  it('hold their pipeline back, which is told once, and nothing of what comes meanwhile is dropped', async () => {
    const stack = platform(world.connect, seeded(5), { ...KIND, isDoubled: true });
    const batches = orders.slice(0, 4).map((it, at) => [`B${at + 1}`, [it]] as const);
    const claims = await claim(world, new Map(batches));
    await withExpectations('extracted', [NONE], async () => {
      for (const it of claims.slice(0, 3)) {
        stack.emit(it);
        await stack.run();
      }
    });

    stack.emit(claims[3]!);
    await stack.run();

    expect(told(stack, 'breaker.opened.v1')).toMatchObject([
      { data: { service: 'validate', batches: ['B1', 'B2', 'B3'], alike: expect.stringContaining(TOO_MANY.type) } },
    ]);
    expect(told(stack, 'batch.triggered.v1').map((it) => it.batchId)).toEqual(['B1', 'B2', 'B3']);
    expect(await world.size(world.flow.target)).toBe(0);

    stack.emit(resumeRequest({ id: answerId('resume', 'B'), pipeline: 'orders', holder: BREAKER, now: new Date() }));
    await stack.run();

    expect(told(stack, 'batch.completed.v1').map((it) => it.batchId)).toEqual(['B4']);
    expect(told(stack, 'breaker.opened.v1')).toHaveLength(1);
    expect(stack.deadLetters).toEqual([]);
  });
});

describe('an expectation that allows some bad rows', () => {
  const most = (mostly: number) => ({
    type: 'expect_column_values_to_be_between',
    kwargs: { column: 'QUANTITY', max_value: 7, mostly },
  });

  it('holds nothing back while enough are good, and every document with a bad one when they are not', async () => {
    await run([]);
    const before = await outcome(world);
    await world.empty();

    await run([most(0.01)]);
    expect(await outcome(world)).toEqual(before);
    await world.empty();

    await run([most(1)]);
    const strict = await outcome(world);
    expect(strict).not.toEqual(before);
    await world.empty();

    await run([most(0.99)]);
    expect(await outcome(world)).toEqual(strict);
  });
});
