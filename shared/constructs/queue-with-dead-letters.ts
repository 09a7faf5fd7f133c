import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { deadLettersName, serviceName, visibilityTimeoutSeconds, type Stage, type Topology } from '../topology.ts';
import { acknowledge } from './acknowledge.ts';

/** A service's queue, and the one that keeps for two weeks what it failed to handle. */
export const queueWithDeadLetters = (
  scope: Construct,
  stage: Stage,
  topology: Topology,
): { readonly queue: Queue; readonly deadLetterQueue: Queue } => {
  const common = {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  };
  const deadLetterQueue = new Queue(scope, 'DeadLetters', {
    ...common,
    queueName: deadLettersName(stage, topology.service),
  });
  acknowledge(deadLetterQueue, 'AwsSolutions::AwsSolutions-SQS3', 'it is the dead-letter queue');
  acknowledge(deadLetterQueue, 'Serverless::Serverless-SQSRedrivePolicy', 'it is the dead-letter queue');
  const queue = new Queue(scope, 'Queue', {
    ...common,
    queueName: serviceName(stage, topology.service),
    visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds(topology)),
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: topology.maxReceives },
  });
  return { queue, deadLetterQueue };
};
