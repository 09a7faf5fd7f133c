import {
  CreateEventBusCommand,
  type EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-eventbridge';
import { eventPattern, serviceName, type Stage, type Topology } from '../../shared/topology.ts';
import type { ServiceQueues } from './queues/resources.ts';

/** Puts the bus, and the rule of each service that hears events, with its queue as target, in place; what is there already is left as it should be. */
export const wireBus = async (
  client: EventBridgeClient,
  stage: Stage,
  busName: string,
  services: readonly { readonly topology: Topology; readonly queues: ServiceQueues }[],
): Promise<void> => {
  await client.send(new CreateEventBusCommand({ Name: busName })).catch((error: unknown) => {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  });
  for (const { topology, queues } of services) {
    if (topology.hears.length === 0) continue;
    const rule = { Name: serviceName(stage, topology.service), EventBusName: busName };
    await client.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify(eventPattern(topology)) }));
    const target = { Id: 'queue', Arn: queues.queue.arn, DeadLetterConfig: { Arn: queues.deadLetters.arn } };
    const { FailedEntries = [] } = await client.send(
      new PutTargetsCommand({ Rule: rule.Name, EventBusName: busName, Targets: [target] }),
    );
    const [failed] = FailedEntries;
    if (failed) throw new Error(`the rule ${rule.Name} took no target: ${failed.ErrorCode} ${failed.ErrorMessage}`);
  }
};
