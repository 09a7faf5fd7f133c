import {
  deadLettersName,
  faults,
  inboundTopicName,
  serviceName,
  visibilityTimeoutSeconds,
  type Stage,
  type Topology,
} from '../../../shared/topology.ts';
import type { S3Store, SnsStore, SqsStore } from './fauxqs.ts';

interface Queue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
}

/** The queues that follow from one topology. */
export interface ServiceQueues {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

/** Makes queues, topics and buckets be there as asked; what is there already keeps its messages. */
export interface Resources {
  createQueue(name: string, attributes?: Readonly<Record<string, string>>): Queue;
  createTopic(name: string): string;
  /** Delivers a topic's messages to a queue as they were published, without SNS's envelope. */
  subscribe(topicArn: string, queueArn: string): void;
  createBucket(name: string): void;
  /** One queue and one dead-letter queue a service, and the inbound topic for those that listen to it. */
  createServiceQueues(stage: Stage, topologies: readonly Topology[]): Readonly<Record<string, ServiceQueues>>;
}

export const ACCOUNT = '000000000000';
const FOURTEEN_DAYS = String(14 * 24 * 60 * 60);

/** Works on fauxqs' stores directly: no network, no credentials, done when it returns. */
export const resources = (
  { sqsStore, snsStore, s3Store }: { sqsStore: SqsStore; snsStore: SnsStore; s3Store: S3Store },
  at: { endpoint: string; region: string },
): Resources => {
  const createQueue: Resources['createQueue'] = (name, attributes = {}) => {
    const arn = `arn:aws:sqs:${at.region}:${ACCOUNT}:${name}`;
    const url = `${at.endpoint}/${ACCOUNT}/${name}`;
    const existing = sqsStore.getQueueByArn(arn);
    // Creating it again would replace its row, and delete its messages with it.
    if (existing) existing.setAttributes({ ...attributes });
    else sqsStore.createQueue(name, url, arn, { ...attributes });
    return { name, url, arn };
  };
  const createTopic = (name: string): string => snsStore.createTopic(name, undefined, undefined, at.region).arn;
  const subscribe: Resources['subscribe'] = (topicArn, queueArn) => {
    const subscription = snsStore.subscribe(topicArn, 'sqs', queueArn, { RawMessageDelivery: 'true' });
    if (!subscription) throw new Error(`there is no topic ${topicArn} to subscribe ${queueArn} to`);
  };
  const unsubscribe = (topicArn: string, queueArn: string): void => {
    const { subscriptions } = snsStore.listSubscriptionsByTopic(topicArn);
    for (const { arn, endpoint } of subscriptions) if (endpoint === queueArn) snsStore.unsubscribe(arn);
  };

  const createServiceQueue = (stage: Stage, topology: Topology, inboundArn: string): ServiceQueues => {
    const wrong = faults(topology);
    if (wrong.length > 0) throw new Error(`topology of ${topology.service}: ${wrong.join('; ')}`);
    const deadLetters = createQueue(deadLettersName(stage, topology.service), {
      MessageRetentionPeriod: FOURTEEN_DAYS,
    });
    const queue = createQueue(serviceName(stage, topology.service), {
      VisibilityTimeout: String(visibilityTimeoutSeconds(topology)),
      ReceiveMessageWaitTimeSeconds: '20',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: topology.maxReceives }),
    });
    if (topology.inbound) subscribe(inboundArn, queue.arn);
    else unsubscribe(inboundArn, queue.arn);
    return { queue, deadLetters };
  };

  return {
    createQueue,
    createTopic,
    subscribe,
    createBucket: (name) => s3Store.createBucket(name),
    createServiceQueues: (stage, topologies) => {
      const inboundArn = createTopic(inboundTopicName(stage));
      return Object.fromEntries(
        topologies.map((topology) => [topology.service, createServiceQueue(stage, topology, inboundArn)]),
      );
    },
  };
};
