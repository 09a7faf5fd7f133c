import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Topology } from '../../shared/topology.ts';
import { type RunningBus, startBus } from './bus/server.ts';
import { type Deliver, DeliveryFailed } from './bus/delivery/message.ts';
import { type Queues, startQueues } from './queues/server.ts';
import { wireBus } from './wire-bus.ts';

const load: Topology = {
  service: 'load',
  hears: ['batch.validated.v1'],
  handler: 'services/load/handler.ts',
  timeoutSeconds: 30,
  memoryMb: 128,
  batchSize: 1,
  maxReceives: 5,
  reservedConcurrency: 1,
};
const clockwork: Topology = {
  ...load,
  service: 'clockwork',
  hears: [],
  schedules: [{ name: 'tick', everyMinutes: 1 }],
};
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const BUS = 'firn-dev';

describe('the wiring of a service', () => {
  let queues: Queues;
  let bus: RunningBus;
  let events: EventBridgeClient;
  let sqs: SQSClient;
  let refused = false;

  const refusing =
    (deliver: Deliver): Deliver =>
    async (message) => {
      if (refused && message.queueArn.endsWith(':firn-dev-load'))
        throw new DeliveryFailed('NO_PERMISSIONS', 'no', true);
      return deliver(message);
    };
  const wire = () => {
    const made = queues.createServiceQueues('dev', [load, clockwork]);
    const services = [load, clockwork].map((topology) => ({ topology, queues: made[topology.service]! }));
    return wireBus(events, 'dev', BUS, services).then(() => made['load']!);
  };
  const send = (source: string) => {
    const entry = { EventBusName: BUS, Source: source, DetailType: 'batch.validated.v1', Detail: '{"n":1}' };
    return events.send(new PutEventsCommand({ Entries: [entry] }));
  };

  beforeEach(async () => {
    refused = false;
    queues = await startQueues();
    const { endpoint, region, account } = queues;
    bus = await startBus({ region, account, sqsEndpoint: endpoint, deliver: refusing });
    events = new EventBridgeClient({ endpoint: bus.url, region, credentials });
    sqs = new SQSClient({ endpoint, region, credentials });
  });
  afterEach(async () => {
    events.destroy();
    sqs.destroy();
    await bus.close();
    await queues.close();
  });

  it('brings it what its own kind says, and nothing else', async () => {
    const { queue } = await wire();

    await send('firn.validate');
    await send('stranger');

    expect(queues.depth(queue.name).ready).toBe(1);
  });

  it('keeps its dead letters in one place, whether its queue could not be reached or its function failed', async () => {
    const { queue, deadLetters } = await wire();

    const { Targets } = await events.send(new ListTargetsByRuleCommand({ EventBusName: BUS, Rule: 'firn-dev-load' }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ['RedrivePolicy'] }),
    );
    refused = true;
    await send('firn.validate');
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: deadLetters.url, WaitTimeSeconds: 5, MessageAttributeNames: ['All'] }),
    );

    expect(Targets).toEqual([{ Id: 'queue', Arn: queue.arn, DeadLetterConfig: { Arn: deadLetters.arn } }]);
    expect(JSON.parse(Attributes!['RedrivePolicy']!)).toEqual({
      deadLetterTargetArn: deadLetters.arn,
      maxReceiveCount: 5,
    });
    expect(JSON.parse(Messages![0]!.Body!)).toMatchObject({ source: 'firn.validate', detail: { n: 1 } });
    expect(Messages![0]!.MessageAttributes!['ERROR_CODE']!.StringValue).toBe('NO_PERMISSIONS');
  });

  it('may be done again, and gives one that only runs on schedules no rule', async () => {
    await wire();
    await wire();

    const { Rules } = await events.send(new ListRulesCommand({ EventBusName: BUS }));

    expect(Rules!.map(({ Name }) => Name)).toEqual(['firn-dev-load']);
  });
});
