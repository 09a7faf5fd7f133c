import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SuspendRequested } from '../../../events/suspend-requested.v1.ts';
import { example } from '../../../shared/testing/examples.ts';
import { startBus } from '../../local/bus/server.ts';
import { put } from '../operate/ask.ts';
import { workOn } from '../target.ts';

const ASIDE = { ...process.env };

const dropped: string[] = [];
let bus: Awaited<ReturnType<typeof startBus>>;
beforeAll(async () => {
  bus = await startBus({
    region: 'eu-west-1',
    account: '000000000000',
    sqsEndpoint: 'http://127.0.0.1:9',
    log: (line) => void dropped.push(line),
  });
  // What an AWS profile says, as the SDK's own variables.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
});
afterAll(async () => {
  process.env = ASIDE;
  await bus.close();
});

it("puts an operator's events on the stage's own bus, found as any AWS SDK finds it", async () => {
  workOn({ stage: 'prod' });
  const at = { warehouse: { stage: 'prod' as const } };
  await put(at, [example(SuspendRequested)]);
  // As on AWS, a bus that is not there takes an event, and drops it.
  expect(dropped).toEqual([expect.stringContaining('event bus firn-prod does not exist')]);

  const client = new EventBridgeClient({});
  await client.send(new CreateEventBusCommand({ Name: 'firn-prod' }));
  client.destroy();

  await put(at, [example(SuspendRequested)]);
  expect(dropped).toHaveLength(1);
});
