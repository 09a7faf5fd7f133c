import { afterEach, describe, expect, it } from '@jest/globals';
import { lives, setStage, until } from './test/stage.ts';

type Stage = Awaited<ReturnType<typeof setStage>>;
const stages: Stage[] = [];
const set = async (...args: Parameters<typeof setStage>): Promise<Stage> => {
  const stage = await setStage(...args);
  stages.push(stage);
  return stage;
};
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.end();
});
const empty = { ready: 0, delayed: 0, inFlight: 0 };

describe('a batch', () => {
  it('is one invocation, of which only the failed messages come again', async () => {
    const stage = await set({ batchSize: 3 }, { retryDelaySeconds: 0 });

    await stage.send({ do: 'succeed' }, { do: 'fail' }, { do: 'succeed', ms: 3 });
    await until(() => stage.depths()[1]!.ready === 1);

    const [first, ...rest] = stage.seen();
    expect(first!.bodies).toHaveLength(3);
    expect(rest.map(({ bodies }) => bodies)).toEqual(Array.from({ length: 4 }, () => ['{"do":"fail"}']));
    expect(rest.at(-1)!.receives).toEqual(['5']);
    expect(stage.reports[0]).toMatchObject({ messages: 3, failed: 1 });
  });

  it.each<['throw' | 'exit' | 'strange', string]>([
    ['throw', 'threw'],
    ['exit', 'crashed'],
    ['strange', 'returned'],
  ])('fails whole when its handler is told to %s', async (act, outcome) => {
    const stage = await set({ batchSize: 2 });

    await stage.send({ do: 'succeed' }, { do: act });
    await until(() => stage.reports.length === 1);

    expect(stage.reports[0]).toMatchObject({ outcome, messages: 2, failed: 2 });
    expect(stage.queues.depth(stage.queue.name)).toEqual({ ...empty, inFlight: 2 });
  });

  it.each<'hang' | 'spin'>(['hang', 'spin'])(
    'fails, and its process is killed, when its handler is told to %s',
    async (act) => {
      const stage = await set({ timeoutSeconds: 1 }, { retryDelaySeconds: 0 });

      await stage.send({ do: act });
      await until(() => stage.reports.length === 1);
      const [seen] = stage.seen();

      expect(stage.reports[0]).toMatchObject({ outcome: 'timed out', failed: 1 });
      expect(stage.log()).toContain(`${seen!.requestId} timed out`);
      await until(() => stage.seen().length === 2 && !lives(seen!.pid));
      stage.functions.kill('probe');
    },
  );

  it('waits for more messages within its window, up to its size', async () => {
    const stage = await set({ batchSize: 3, batchingWindowSeconds: 20 });

    for (const ms of [1, 2, 3]) await stage.send({ do: 'succeed', ms });
    await until(() => stage.reports.length === 1);

    expect(stage.reports[0]).toMatchObject({ messages: 3, failed: 0 });
  });

  it('is delivered as it is when its window ends', async () => {
    const stage = await set({ batchSize: 3, batchingWindowSeconds: 1 });

    await stage.send({ do: 'succeed' });
    await until(() => stage.reports.length === 1);

    expect(stage.reports[0]).toMatchObject({ messages: 1, failed: 0 });
  });

  it('may hold more than one receive brings', async () => {
    const stage = await set({ batchSize: 12, batchingWindowSeconds: 20 });

    await stage.send(...Array.from({ length: 10 }, (_, ms) => ({ do: 'succeed' as const, ms })));
    await stage.send({ do: 'succeed', ms: 10 }, { do: 'succeed', ms: 11 });
    await until(() => stage.reports.length === 1);

    expect(stage.reports[0]).toMatchObject({ messages: 12, failed: 0 });
    expect(new Set(stage.seen()[0]!.bodies).size).toBe(12);
  });

  it('stays hidden for its visibility timeout when it failed, if nothing else is asked for', async () => {
    const stage = await set({ timeoutSeconds: 1 });

    await stage.send({ do: 'throw' });
    await until(() => stage.reports.length === 1);

    expect(stage.queues.depth(stage.queue.name)).toEqual({ ...empty, inFlight: 1 });
  });
});
