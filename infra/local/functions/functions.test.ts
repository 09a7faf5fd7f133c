import { afterEach, describe, expect, it } from '@jest/globals';
import { startFunctions, type FunctionsOptions } from './functions.ts';
import { lives, probe, setStage, until } from './test/stage.ts';

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

describe('a function', () => {
  it('is invoked with its messages as Lambda would, and handled messages are deleted', async () => {
    const stage = await set();

    await stage.send({ do: 'succeed' });
    await until(() => stage.reports.length === 1);

    const [seen] = stage.seen();
    expect(seen).toMatchObject({ bodies: ['{"do":"succeed"}'], receives: ['1'], functionName: 'firn-dev-probe' });
    expect(seen!.event!.Records[0]).toMatchObject({
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:firn-dev-probe',
      awsRegion: 'eu-west-1',
      messageAttributes: {},
    });
    expect(seen!.remainingMs).toBeGreaterThan(5000);
    expect(seen!.remainingMs).toBeLessThanOrEqual(10_000);
    expect(stage.reports[0]).toMatchObject({ requestId: seen!.requestId, outcome: 'returned', messages: 1, failed: 0 });
    expect(stage.depths()).toEqual([empty, empty]);
    expect(stage.log()).toBe('handled 1\n');
  });

  it('sees its own environment and nothing of the stack that runs it', async () => {
    const stage = await set();

    await stage.send({ do: 'succeed' });
    await until(() => stage.reports.length === 1);

    const { environment } = stage.seen()[0]!;
    expect(
      Object.keys(environment)
        .filter((name) => !/^(AWS_|LAMBDA_)/.test(name))
        .toSorted(),
    ).toEqual(['HOME', 'LANG', 'SEEN', 'TMPDIR', 'TZ', '_HANDLER'].toSorted());
    expect(environment).toMatchObject({
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'firn-dev-probe',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_ENDPOINT_URL_SQS: stage.queues.endpoint,
    });
  });

  it('keeps one warm process, and uses no more of them than its reserved concurrency', async () => {
    const stage = await set({ reservedConcurrency: 2 });

    await stage.send({ do: 'succeed' });
    await until(() => stage.reports.length === 1);
    await stage.send(...Array.from({ length: 6 }, () => ({ do: 'sleep' as const, ms: 100 })));
    await until(() => stage.reports.length === 7);

    expect(new Set(stage.seen().map(({ pid }) => pid)).size).toBe(2);
  });

  it('can be killed at any moment, and a fresh process handles what the killed one had', async () => {
    const stage = await set({}, { retryDelaySeconds: 0 });
    await stage.send({ do: 'sleep', ms: 300 });
    await until(() => stage.seen().length === 1);

    stage.functions.kill('probe');
    await until(() => stage.reports.length === 2);

    expect(stage.reports.map(({ outcome }) => outcome)).toEqual(['crashed', 'returned']);
    expect(new Set(stage.seen().map(({ pid }) => pid)).size).toBe(2);
    expect(stage.depths()).toEqual([empty, empty]);
  });

  it('finishes what it has begun when the stack closes, and leaves no process behind', async () => {
    const stage = await set();
    await stage.send({ do: 'sleep', ms: 300 }, { do: 'succeed' });
    await until(() => stage.seen().length === 1);
    expect(stage.functions.inFlight()).toBe(1);

    await stage.functions.close();

    expect(stage.reports).toMatchObject([{ outcome: 'returned', failed: 0 }]);
    expect(stage.queues.depth(stage.queue.name)).toEqual({ ...empty, ready: 1 });
    expect(lives(stage.seen()[0]!.pid)).toBe(false);
  });
});

describe('functions', () => {
  it('that can not be loaded fail their messages, and say why in the log', async () => {
    const stage = await set({ handler: 'infra/local/functions/test/stage.ts' }, { retryDelaySeconds: 0 });

    await stage.send({ do: 'succeed' });
    await until(() => stage.reports.length === 2);

    expect(stage.log()).toContain('exports no function named handler');
    expect(stage.log()).toContain('could not start: its process ended with status 1 before it was ready');
    expect(stage.reports.map(({ outcome }) => outcome)).toEqual(['crashed', 'crashed']);
  });

  it('are refused with the reason when something is wrong with one of them', () => {
    const start = (options: Partial<FunctionsOptions>) => () =>
      startFunctions({
        topologies: [probe],
        queueUrls: { probe: 'http://127.0.0.1:1/000000000000/firn-dev-probe' },
        environment: () => ({}),
        sqsEndpoint: 'http://127.0.0.1:1',
        dataDir: '/nowhere',
        ...options,
      });

    expect(start({ queueUrls: {} })).toThrow("functions can't start: probe: it has no queue");
    expect(start({ topologies: [{ ...probe, batchSize: 11 }] })).toThrow(
      'probe: batchSize is 11, not between 1 and 10',
    );
    expect(start({ environment: () => ({ AWS_REGION: 'x' }) })).toThrow('probe: only Lambda sets AWS_REGION');
  });

  it("put a schedule's message on its service's queue", async () => {
    const stage = await set({ schedules: [{ name: 'sweep', everyMinutes: 1 }] }, { scheduleSeconds: () => 0.05 });

    await until(() => stage.seen().length > 1);

    expect(stage.seen()[0]!.bodies).toEqual(['{"source":"firn.schedule","detail-type":"sweep","detail":{}}']);
  });
});

it('makes the worst of it when asked to: all is delivered twice, reordered and lost halfway, and yet all is handled', async () => {
  const stage = await set(
    { reservedConcurrency: 2 },
    { retryDelaySeconds: 0, chaos: { seed: 7, duplicate: 1, reorder: 0.5, crashBeforeAck: 0.3 } },
  );

  const orders = Array.from({ length: 10 }, (_, ms) => ({ do: 'succeed' as const, ms }));
  await stage.send(...orders);
  const deliveries = () =>
    Map.groupBy(
      stage.seen().flatMap(({ bodies }) => bodies),
      (body) => body,
    );
  await until(() => deliveries().size === 10 && stage.functions.inFlight() === 0 && stage.depths()[0]!.ready === 0);
  await until(() => stage.depths().every(({ ready, inFlight }) => ready + inFlight === 0));

  expect([...deliveries().values()].every(({ length }) => length >= 2)).toBe(true);
  expect([...deliveries().keys()]).not.toEqual(orders.map((order) => JSON.stringify(order)));
  expect(stage.reports.some(({ outcome }) => outcome === 'crashed')).toBe(true);
});
