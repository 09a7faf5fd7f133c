import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as eb from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startBus } from '../server.ts';
import { ACCOUNT, busClient, REGION, startQueues } from './local-bus.ts';

const T0 = Date.parse('2026-03-01T10:00:30Z');
const MINUTE = 60_000;
const rule = (Name: string, more: Partial<eb.PutRuleRequest>) => new eb.PutRuleCommand({ Name, ...more });

describe('a rule with a schedule', () => {
  let queues: Awaited<ReturnType<typeof startQueues>>;
  let queue: { url: string; arn: string };
  let dataDir: string;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'firn-bus-'));
    queues = await startQueues();
    queue = await queues.createQueue('q');
  });
  afterEach(async () => {
    await queues.close();
    rmSync(dataDir, { recursive: true });
  });

  /** What happens while a bus runs whose clock starts at a moment; nothing is due while it runs, unless it is at once. */
  const during = async <Result>(
    from: number,
    act: (client: eb.EventBridgeClient) => Promise<Result>,
  ): Promise<Result> => {
    const started = Date.now();
    const clock = () => from + Date.now() - started;
    const bus = await startBus({ dataDir, region: REGION, account: ACCOUNT, sqsEndpoint: queues.endpoint, clock });
    const client = busClient(bus.url);
    try {
      return await act(client);
    } finally {
      client.destroy();
      await bus.close();
    }
  };
  const target = (Rule: string, more: Partial<eb.Target> = {}) =>
    new eb.PutTargetsCommand({ Rule, Targets: [{ Id: 't', Arn: queue.arn, ...more }] });
  const bodies = async (count: number) => (await queues.receive(queue.url, count)).map(({ Body }) => JSON.parse(Body!));

  it('sends its event to its own targets when its time has come, and once for all it missed while nothing ran', async () => {
    await during(T0, async (client) => {
      await client.send(rule('tick', { ScheduleExpression: 'rate(5 minutes)' }));
      await client.send(target('tick'));
      await client.send(rule('all', { EventPattern: '{"source":["aws.events"]}' }));
      await client.send(target('all'));
    });

    const first = await during(T0 + 5 * MINUTE + 1000, () => bodies(1));
    const second = await during(T0 + 31 * MINUTE, () => bodies(1));
    const listed = await during(T0 + 32 * MINUTE, (client) => client.send(new eb.ListRulesCommand({})));

    const event = {
      version: '0',
      id: expect.any(String),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: ACCOUNT,
      region: REGION,
      resources: [`arn:aws:events:${REGION}:${ACCOUNT}:rule/tick`],
      detail: {},
    };
    expect(first).toEqual([{ ...event, time: '2026-03-01T10:05:30Z' }]);
    expect(second).toEqual([{ ...event, time: '2026-03-01T10:10:30Z' }]);
    expect(listed.Rules).toMatchObject([{ Name: 'all' }, { Name: 'tick', ScheduleExpression: 'rate(5 minutes)' }]);
  });

  it('fires while the bus runs, too, and its target may say what is sent', async () => {
    const sent = await during(Date.parse('2026-03-01T10:00:59.500Z'), async (client) => {
      await client.send(rule('minutely', { ScheduleExpression: 'cron(* * * * ? *)' }));
      await client.send(target('minutely', { Input: '{"detail-type":"sweep"}' }));
      return bodies(1);
    });

    expect(sent).toEqual([{ 'detail-type': 'sweep' }]);
  });

  it('goes on as it was when it is put again, and misses what falls into its time off', async () => {
    const put = rule('tick', { ScheduleExpression: 'rate(5 minutes)' });
    await during(T0, async (client) => {
      await client.send(put);
      await client.send(target('tick'));
    });
    await during(T0 + 4 * MINUTE, (client) => client.send(put));
    const kept = await during(T0 + 6 * MINUTE, () => bodies(1));
    await during(T0 + 7 * MINUTE, (client) => client.send(new eb.DisableRuleCommand({ Name: 'tick' })));
    await during(T0 + 20 * MINUTE, (client) => client.send(new eb.EnableRuleCommand({ Name: 'tick' })));

    const enabled = await during(T0 + 26 * MINUTE, () => bodies(1));

    expect(kept).toMatchObject([{ time: '2026-03-01T10:05:30Z' }]);
    expect(enabled).toMatchObject([{ time: expect.stringMatching(/^2026-03-01T10:25:3/) }]);
  });

  it('is refused when it is not valid, or not on the default bus', async () => {
    await during(T0, async (client) => {
      await expect(client.send(rule('bad', { ScheduleExpression: 'rate(1 minutes)' }))).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Parameter ScheduleExpression is not valid.',
      });
      await client.send(new eb.CreateEventBusCommand({ Name: 'other' }));
      const elsewhere = rule('bad', { ScheduleExpression: 'rate(1 minute)', EventBusName: 'other' });
      await expect(client.send(elsewhere)).rejects.toThrow(
        'ScheduleExpression is supported only on the default event bus.',
      );
      await client.send(rule('gone', { ScheduleExpression: 'rate(1 minute)' }));
      await client.send(new eb.DeleteRuleCommand({ Name: 'gone' }));
    });
    await during(T0 + 2 * MINUTE, async (client) => {
      expect((await client.send(new eb.ListRulesCommand({}))).Rules).toEqual([]);
    });
  });
});
