import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runningStack } from '../local/claim-directory.ts';
import type { Endpoints, Pace } from '../local/stack.types.ts';
import type { Landing } from './source/landing.ts';
import { Refusal } from './refusal.ts';

/** Something reachable for as long as it is attached; `isOwn` where it ends with us. */
export interface Attached<At> {
  readonly at: At;
  readonly isOwn: boolean;
  close(): Promise<void>;
}

const leaveRunning = async (): Promise<void> => undefined;

/** The stack that runs on this directory, or one of our own that ends with us. */
export const attachStack = async (dataDir: string, pace: Pace): Promise<Attached<Endpoints>> => {
  const running = await runningStack(dataDir);
  if (running) return { at: running, isOwn: false, close: leaveRunning };
  const { startStack } = await import('../local/stack.ts');
  const stack = await startStack({ dataDir, pace });
  return { at: stack.endpoints, isOwn: true, close: () => stack.close() };
};

/** The warehouse of the stack that runs on this directory, or the warehouse alone on the same files. */
export const attachWarehouse = async (dataDir: string): Promise<Attached<string>> => {
  const running = await runningStack(dataDir);
  if (running) return { at: running.warehouse, isOwn: false, close: leaveRunning };
  const { startWarehouse } = await import('../local/warehouse/server.ts');
  const warehouse = await startWarehouse({ dataDir: join(dataDir, 'warehouse') });
  return { at: warehouse.url, isOwn: true, close: () => warehouse.close() };
};

/** Where files can be stored: the running stack's bucket, or the object store alone on the same files. */
export const attachLanding = async (dataDir: string): Promise<Attached<Landing>> => {
  const running = await runningStack(dataDir);
  if (running) return { at: running, isOwn: false, close: leaveRunning };
  const { startQueues } = await import('../local/queues/server.ts');
  const { BUCKET } = await import('../local/stack.ts');
  const queues = await startQueues({ dataDir: join(dataDir, 'queues') });
  queues.createBucket(BUCKET);
  const at = { queues: queues.endpoint, region: queues.region, bucket: BUCKET };
  return { at, isOwn: true, close: () => queues.close() };
};

/** Refuses a directory on which nothing has run yet. */
export const expectData = (dataDir: string, next: string): void => {
  if (!existsSync(join(dataDir, 'warehouse')))
    throw new Refusal(`nothing has run on ${dataDir} yet, so there is nothing to show`, { next });
};
