import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runningStack } from '../local/claim-directory.ts';
import type { Endpoints, Notify, Pace } from '../local/stack.types.ts';
import { landingBucket } from '../../shared/names.ts';
import { Refusal } from './refusal.ts';
import type { Landing } from './source/landing.ts';
import { remoteTarget, type Remote } from './target.ts';
import { whenFree } from './when-free.ts';

/** Something reachable for as long as it is attached; `isOwn` where it ends with us. */
export interface Attached<At> {
  readonly at: At;
  readonly isOwn: boolean;
  close(): Promise<void>;
}

/** Where a session is opened: a local warehouse's address, or an account's. */
export type Address = string | Remote;

/** What operators' events and statements reach: the laptop's stack, or a stage on AWS and Snowflake. */
export type Place = Endpoints | { readonly warehouse: Remote };

const far = <At>(at: At): Attached<At> => ({ at, isOwn: false, close: async () => undefined });

/** The stage that this process works on, or the stack of this directory, or one of our own that ends with us. */
export const attachPlace = async (dataDir: string, pace: Pace): Promise<Attached<Place>> => {
  const remote = remoteTarget();
  return remote ? far({ warehouse: remote }) : attachStack(dataDir, pace);
};

/** What runs on this directory, or what `start` starts there; waits a little while another process holds the files. */
const attach = <At>(
  dataDir: string,
  existing: (running: Endpoints) => At,
  start: () => Promise<{ readonly at: At; close(): Promise<void> }>,
): Promise<Attached<At>> =>
  whenFree(dataDir, async () => {
    const running = await runningStack(dataDir);
    if (running) return { at: existing(running), isOwn: false, close: async () => undefined };
    await mkdir(dataDir, { recursive: true });
    return { ...(await start()), isOwn: true };
  });

/** The stack that runs on this directory, or one of our own that ends with us. */
export const attachStack = (dataDir: string, pace: Pace, notify: Notify = 'sns'): Promise<Attached<Endpoints>> =>
  attach(
    dataDir,
    (running) => running,
    async () => {
      const { startStack } = await import('../local/stack.ts');
      const stack = await startStack({ dataDir, pace, notify });
      return { at: stack.endpoints, close: () => stack.close() };
    },
  );

/** The account of the stage that this process works on, or the warehouse of this directory's stack, or the warehouse alone on its files. */
export const attachWarehouse = async (dataDir: string): Promise<Attached<Address>> => {
  const remote = remoteTarget();
  return remote ? far<Address>(remote) : attachLocalWarehouse(dataDir);
};

/** The warehouse of the stack that runs on this directory, or the warehouse alone on the same files. */
export const attachLocalWarehouse = (dataDir: string): Promise<Attached<string>> =>
  attach(
    dataDir,
    (running) => running.warehouse,
    async () => {
      const { startWarehouse } = await import('../local/warehouse/server.ts');
      const warehouse = await startWarehouse({ dataDir: join(dataDir, 'warehouse') });
      return { at: warehouse.url, close: () => warehouse.close() };
    },
  );

/** Where files can be stored: a stage's bucket, the running stack's, or the object store alone on the same files. */
export const attachLanding = async (dataDir: string): Promise<Attached<Landing>> => {
  const remote = remoteTarget();
  return remote ? far<Landing>({ bucket: landingBucket(remote.stage) }) : attachLocalLanding(dataDir);
};

const attachLocalLanding = (dataDir: string): Promise<Attached<Landing>> =>
  attach<Landing>(
    dataDir,
    (running) => running,
    async () => {
      const { startQueues } = await import('../local/queues/server.ts');
      const { BUCKET } = await import('../local/stack.ts');
      const queues = await startQueues({ dataDir: join(dataDir, 'queues') });
      queues.createBucket(BUCKET);
      const at = { queues: queues.endpoint, region: queues.region, bucket: BUCKET };
      return { at, close: () => queues.close() };
    },
  );

/** Refuses a laptop's directory on which nothing has run yet. */
export const expectData = (dataDir: string, next: string): void => {
  if (remoteTarget()) return;
  if (!existsSync(join(dataDir, 'warehouse')))
    throw new Refusal(`nothing has run on ${dataDir} yet, so there is nothing to show`, { next });
};
