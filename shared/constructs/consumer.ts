import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus, Match, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { deadLettersName, inboundTopicName, scheduledMessage, serviceName, type Topology } from '../topology.ts';
import { Alarms } from './alarms.ts';
import { busName } from '../names.ts';
import { letReadPrivateKey } from './private-key.ts';
import type { StageParameters } from './parameters.ts';
import { queueWithDeadLetters } from './queue-with-dead-letters.ts';
import { ServiceFunction } from './service-function.ts';

/** EventBridge goes on trying to reach the queue for a day, then keeps the event among the dead letters. */
const DELIVERY = { maxEventAge: Duration.hours(24), retryAttempts: 185 } as const;

/**
 * One service on AWS, all of it from its topology: rule, queue, dead-letter queue, function, schedules and alarms. The bus and the topics
 * are taken by name, so that no stack waits for another's exports.
 */
export class Consumer extends Construct {
  constructor(
    scope: Construct,
    topology: Topology,
    parameters: StageParameters,
    environment: Readonly<Record<string, string>>,
  ) {
    super(scope, 'Consumer');
    const { stage } = parameters;
    const name = serviceName(stage, topology.service);
    const { queue, deadLetterQueue } = queueWithDeadLetters(this, stage, topology);
    const bus = EventBus.fromEventBusName(this, 'Bus', busName(stage));

    const deliver = (input?: RuleTargetInput): SqsQueue =>
      new SqsQueue(queue, { ...DELIVERY, deadLetterQueue, ...(input ? { message: input } : {}) });
    if (topology.hears.length > 0) {
      new Rule(this, 'Rule', {
        ruleName: name,
        eventBus: bus,
        // Equal to the topology's own pattern, which the laptop uses (a test compares them).
        eventPattern: { source: Match.prefix('firn.'), detailType: [...topology.hears] },
        targets: [deliver()],
      });
    }
    for (const schedule of topology.schedules ?? []) {
      new Rule(this, `Schedule-${schedule.name}`, {
        ruleName: `${name}-${schedule.name}`,
        schedule: Schedule.rate(Duration.minutes(schedule.everyMinutes)),
        targets: [deliver(RuleTargetInput.fromObject(scheduledMessage(schedule.name)))],
      });
    }
    if (topology.inbound) this.hearInbound(queue, deadLetterQueue, inboundTopicName(stage));

    const { function: code } = new ServiceFunction(this, topology, parameters, environment);
    if (parameters.privateKeys) letReadPrivateKey(code, topology.service, parameters.privateKeys);
    bus.grantPutEventsTo(code);
    // A message comes again later while its statement goes on.
    queue.grantSendMessages(code);
    for (const service of topology.readsDeadLettersOf ?? []) {
      const resource = deadLettersName(stage, service);
      code.addToRolePolicy(
        new PolicyStatement({
          actions: ['sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
          resources: [Stack.of(this).formatArn({ service: 'sqs', resource })],
        }),
      );
    }
    code.addEventSource(
      new SqsEventSource(queue, {
        batchSize: topology.batchSize,
        maxBatchingWindow: Duration.seconds(topology.batchingWindowSeconds ?? 0),
        // Beyond its reserved concurrency Lambda would throttle, and each throttled delivery counts as a receive.
        maxConcurrency: Math.max(2, topology.reservedConcurrency),
        reportBatchItemFailures: true,
      }),
    );
    new Alarms(this, { name, queue, deadLetterQueue, code, parameters });
  }

  private hearInbound(queue: Queue, deadLetterQueue: Queue, topicName: string): void {
    const topic = Topic.fromTopicArn(
      this,
      'Inbound',
      Stack.of(this).formatArn({ service: 'sns', resource: topicName }),
    );
    topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true, deadLetterQueue }));
  }
}
