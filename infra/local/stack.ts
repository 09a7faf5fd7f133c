import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { inboundTopicName } from '../../shared/topology.ts';
import { apply } from '../snowflake/apply.ts';
import { definition, pipelineParts } from '../snowflake/definition.ts';
import type { Deployment } from '../snowflake/deployment.ts';
import { SERVICES, type Identities } from '../snowflake/objects/access.ts';
import { startBus } from './bus/server.ts';
import { announce, runningStack } from './claim-directory.ts';
import { snowflakeTrustRole } from '../../shared/names.ts';
import { closeInOrder, type Closer } from './close-in-order.ts';
import { startCallIn } from './call-in/server.ts';
import { startFunctions } from './functions/functions.ts';
import { serviceKeys } from './keys.ts';
import { operate } from './operator.ts';
import { startQueues } from './queues/server.ts';
import { scheduleSecondsAt } from './schedule-pace.ts';
import { serviceEnvironment } from './service-environment.ts';
import type { Endpoints, Stack, StackOptions } from './stack.types.ts';
import { TOPOLOGIES } from './topologies.ts';
import { startWarehouse } from './warehouse/server.ts';
import { wireBus } from './wire-bus.ts';

const STAGE = 'dev';
const BUS = `firn-${STAGE}`;
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The bucket in which files land. */
export const BUCKET = `firn-${STAGE}-landing`;

/** Starts the whole cloud on loopback, puts Firn's objects in place and goes on with whatever was in flight. */
export const startStack = async ({ dataDir, pace, chaos, notify = 'sns' }: StackOptions): Promise<Stack> => {
  const running = await runningStack(dataDir);
  if (running)
    throw new Error(`a stack runs on ${dataDir} already (process ${running.pid}): stop it, or take another --data`);
  const at = (part: string): string => join(resolve(dataDir), part);
  await mkdir(resolve(dataDir), { recursive: true });
  const closers: Closer[] = [];
  // Functions finish what they hold while all they talk to is still there.
  const close = (): Promise<void> => closeInOrder(closers.splice(0));
  const closing = (name: string, stop: () => Promise<unknown>): void => void closers.push({ name, close: stop });

  try {
    const keys = await serviceKeys(at('keys'), SERVICES);
    const queues = await startQueues({ dataDir: at('queues') });
    closing('queues', () => queues.close());
    const { endpoint, region, account } = queues;
    const bus = await startBus({ dataDir: at('bus'), region, account, sqsEndpoint: endpoint });
    closing('bus', () => bus.close());
    const remote = { endpoint, region, ...CREDENTIALS };
    const warehouse = await startWarehouse({ dataDir: at('warehouse'), s3: remote, sns: remote });
    closing('warehouse', () => warehouse.close());

    queues.createBucket(BUCKET);
    const serviceQueues = queues.createServiceQueues(STAGE, TOPOLOGIES);
    const client = new EventBridgeClient({ endpoint: bus.url, region, credentials: CREDENTIALS });
    const wired = TOPOLOGIES.map((topology) => ({ topology, queues: serviceQueues[topology.service]! }));
    await wireBus(client, STAGE, BUS, wired);
    client.destroy();

    const topicArn = queues.createTopic(inboundTopicName(STAGE));
    const callIn =
      notify === 'sns'
        ? undefined
        : await startCallIn({ stage: STAGE, topicArn, endpoint, region, credentials: CREDENTIALS });
    if (callIn) closing('call-in', () => callIn.close());
    const operator = await operate(warehouse.url);
    const deployment: Deployment = {
      stage: STAGE,
      bucket: BUCKET,
      storageIntegration: 'FIRN_DEV_LANDING',
      landingRoleArn: `arn:aws:iam::${account}:role/${snowflakeTrustRole(STAGE, 'reader')}`,
      inboundTopicArn: topicArn,
      ...(callIn && {
        callIn: {
          url: callIn.url,
          // Its port is another one at each start.
          prefix: 'http://127.0.0.1',
          roleArn: `arn:aws:iam::${account}:role/${snowflakeTrustRole(STAGE, 'caller')}`,
        },
      }),
      inboundRoleArn: `arn:aws:iam::${account}:role/${snowflakeTrustRole(STAGE, 'notifier')}`,
      schedule: `${pace.scheduleSeconds} SECONDS`,
      thresholdRows: pace.thresholdRows,
      maxAgeSeconds: pace.maxAgeSeconds,
    };
    const identities = Object.fromEntries(SERVICES.map((it) => [it, keys[it].publicKey])) as Identities;
    for (const parts of pipelineParts()) await apply(definition(deployment, parts, identities), operator.execute);
    await operator.close();
    // Functions start last: messages that wait from an earlier run find every object in place.
    const functions = startFunctions({
      topologies: TOPOLOGIES,
      queueUrls: Object.fromEntries(wired.map((it) => [it.topology.service, it.queues.queue.url])),
      environment: (service) =>
        serviceEnvironment({
          stage: STAGE,
          service,
          privateKey: keys[service as (typeof SERVICES)[number]].privateKey,
          warehouseUrl: warehouse.url,
          busName: BUS,
        }),
      sqsEndpoint: endpoint,
      eventBridgeEndpoint: bus.url,
      dataDir: at(''),
      stage: STAGE,
      region,
      // A laptop's functions share its few cores; one process each keeps a pipeline of five busy.
      maxProcesses: 1,
      retryDelaySeconds: 1,
      scheduleSeconds: scheduleSecondsAt(pace),
      ...(chaos && { chaos }),
    });
    closing('functions', () => functions.close());
    const unwatch = queues.onObjectCreated(BUCKET, () => warehouse.notifyPipes());
    closing('watch', async () => unwatch());

    const endpoints: Endpoints = {
      pid: process.pid,
      warehouse: warehouse.url,
      queues: endpoint,
      bus: bus.url,
      bucket: BUCKET,
      region,
    };
    closing('announcement', await announce(resolve(dataDir), endpoints));
    return { endpoints, close };
  } catch (error) {
    await close();
    throw error;
  }
};
