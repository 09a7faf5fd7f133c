import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ListRulesCommand, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { unruly } from '../delivery/unruly.ts';
import { startBus } from '../server.ts';
import { ACCOUNT, busClient, REGION, startLocal, startQueues } from './local-bus.ts';

const entries = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ Source: 'shop', DetailType: 'order', Detail: JSON.stringify({ n }) }));
const numberOf = ({ Body }: { Body?: string | undefined }) => (JSON.parse(Body!) as { detail: { n: number } }).detail.n;

describe('what was accepted', () => {
  let queues: Awaited<ReturnType<typeof startQueues>>;
  let dataDir: string;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'firn-bus-'));
    queues = await startQueues();
  });
  afterEach(async () => {
    await queues.close();
    rmSync(dataDir, { recursive: true });
  });

  it('reaches its target after the bus was killed in the middle of a delivery', async () => {
    const queue = await queues.createQueue('q');
    const child = spawn(
      process.execPath,
      [join('infra', 'local', 'bus', 'test', 'stuck-bus.ts'), dataDir, queues.endpoint],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const client = busClient(url);
    await client.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["shop"]}' }));
    await client.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: queue.arn }] }));
    const answer = await client.send(new PutEventsCommand({ Entries: entries(3) }));
    client.destroy();
    child.kill('SIGKILL');
    await once(child, 'exit');

    const bus = await startBus({ dataDir, region: REGION, account: ACCOUNT, sqsEndpoint: queues.endpoint });
    const received = await queues.receive(queue.url, 3);
    const again = busClient(bus.url);
    const { Rules } = await again.send(new ListRulesCommand({}));
    again.destroy();
    await bus.close();

    expect(answer.FailedEntryCount).toBe(0);
    expect(received.map(numberOf).toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
    expect(Rules!.map(({ Name }) => Name)).toEqual(['r']);
  });
});

describe('an unruly way to the queues', () => {
  it('loses nothing, whatever the seed', async () => {
    const seeds = fc.integer({ min: 0, max: 2 ** 31 });
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const chaos = unruly({ seed, duplicate: 0.3, delay: 0.5, delayMs: 20, drop: 0.3, forget: 0.2 });
        const local = await startLocal({ deliver: chaos });
        const queue = await local.createQueue('q');
        await local.route('r', { source: ['shop'] }, { Arn: queue.arn });

        await local.client.send(new PutEventsCommand({ Entries: entries(10) }));
        const seen = new Set<number>();
        while (seen.size < 10) for (const message of await local.receive(queue.url, 1)) seen.add(numberOf(message));
        await local.close();

        expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      }),
      { numRuns: 5 },
    );
  });

  it('does the same at every run of a seed', async () => {
    const run = async () => {
      const sent: string[] = [];
      const deliver = unruly({ seed: 42, duplicate: 0.5, drop: 0.3 })(async ({ body }) => void sent.push(body));
      for (const body of 'abcdefghij') await deliver({ queueArn: 'q', body }).catch(() => sent.push(`lost ${body}`));
      return sent;
    };

    const once = await run();

    expect(await run()).toEqual(once);
    expect(once.some((line) => line.startsWith('lost'))).toBe(true);
    expect(once.length).toBeGreaterThan(10);
  });
});
