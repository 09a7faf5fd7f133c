import { buildApp } from 'fauxqs';
import { stores } from './fauxqs.ts';
import { returnUnheard } from './hang-ups.ts';
import { openLedger, reopen } from './ledger.ts';
import { listInByteOrder } from './listing.ts';
import { watchObjects, type ObjectWatch } from './objects.ts';
import { ACCOUNT, resources, type Resources } from './resources.ts';
import { refuseLongBodies } from './size-limit.ts';

export interface QueuesOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Where state is kept; in memory without it. */
  readonly dataDir?: string;
  readonly region?: string;
}

/** How many messages wait, are hidden until later, or are being handled. */
interface Depth {
  readonly ready: number;
  readonly delayed: number;
  readonly inFlight: number;
}

/** SQS, SNS and S3 on one loopback port, for any AWS SDK. */
export interface Queues extends Resources, Pick<ObjectWatch, 'onObjectCreated'> {
  readonly endpoint: string;
  readonly port: number;
  readonly region: string;
  readonly account: string;
  /** A queue's messages by state; throws for an unknown queue. */
  depth(name: string): Depth;
  /** Hangs up on every caller; may be called again. */
  close(): Promise<void>;
}

/** Starts SQS, SNS and S3; with `dataDir`, all that an earlier run acknowledged is there again, whatever became of that run. */
export const startQueues = async ({ port = 0, dataDir, region = 'eu-west-1' }: QueuesOptions = {}): Promise<Queues> => {
  const all = await stores();
  const { sqsStore, snsStore, s3Store } = all;
  const ledger = dataDir === undefined ? undefined : await openLedger(dataDir);
  // Without a host of its own the store names queues by the address that the caller used: resolvable everywhere.
  sqsStore.host = '';
  sqsStore.region = region;
  snsStore.region = region;
  listInByteOrder(s3Store);
  const watch = watchObjects(s3Store);

  const app = buildApp({ logger: false, stores: all });
  const loaded = Promise.withResolvers<void>();
  app.addHook('onRequest', () => loaded.promise);
  refuseLongBodies(app);
  returnUnheard(app, sqsStore);
  const endpoint = await app.listen({ port, host: '127.0.0.1' }).catch((error: unknown) => {
    ledger?.close();
    throw error;
  });
  if (ledger) {
    reopen(ledger, endpoint, ACCOUNT);
    ledger.load(sqsStore, snsStore, s3Store);
    for (const store of [sqsStore, snsStore, s3Store]) store.persistence = ledger;
    for (const queue of sqsStore.allQueues()) queue.persistence = ledger;
  }
  loaded.resolve();

  const close = async (): Promise<void> => {
    watch.close();
    await app.close();
    ledger?.close();
  };
  let closed: Promise<void> | undefined;

  return {
    ...resources(all, { endpoint, region }),
    onObjectCreated: (bucket, listener) => watch.onObjectCreated(bucket, listener),
    endpoint,
    port: Number(new URL(endpoint).port),
    region,
    account: ACCOUNT,
    depth: (name) => {
      const queue = sqsStore.getQueueByName(name);
      if (!queue) throw new Error(`there is no queue ${name}`);
      queue.processTimers();
      const { ready, delayed, inflight } = queue.inspectMessages();
      return { ready: ready.length, delayed: delayed.length, inFlight: inflight.length };
    },
    close: () => (closed ??= close()),
  };
};
