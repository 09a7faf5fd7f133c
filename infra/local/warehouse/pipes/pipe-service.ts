import { pipeLoads } from '../copy/pipe-load.ts';
import type { StartService } from '../services.ts';
import { execute } from '../session/execute.ts';
import type { Warehouse } from '../warehouse.ts';
import { copyHistory } from './copy-history-function.ts';
import { createPipeFiles, dequeue, queuedFor } from './pipe-files.ts';
import { firstFiles } from './first-files.ts';
import type { PipeObject } from './pipe-object.ts';
import { asOwner, pendingFor } from './pipe-source.ts';
import { pipeErrors } from './pipe-status.ts';

const RETRY_MS = 500;

/**
 * Loads what is uploaded to the stages of auto-ingest pipes, and what REFRESH queues: at the start, and whenever an object is created.
 * The stage's listing and each pipe's own history say what is pending, so that a notification lost in a crash loses nothing and a
 * repeated one loads nothing twice.
 */
export const startPipes: StartService = async (warehouse) => {
  await createPipeFiles(warehouse.database.own);
  warehouse.tableFunctions.set('INFORMATION_SCHEMA.COPY_HISTORY', copyHistory);
  let wanted = true;
  let running: Promise<void> | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const ingest = async (): Promise<void> => {
    wanted = false;
    let failed = false;
    for (const pipe of await busyPipes(warehouse)) {
      try {
        if (await load(warehouse, pipe)) wanted = true;
        pipeErrors(warehouse).delete(pipe.id);
      } catch (error) {
        pipeErrors(warehouse).set(pipe.id, { message: (error as Error).message, at: warehouse.clock() });
        failed = true;
      }
    }
    running = undefined;
    if (failed && !closed) retry = setTimeout(wake, RETRY_MS).unref();
    else if (wanted) wake();
  };
  const wake = (): void => {
    wanted = true;
    if (!closed) running ??= new Promise((resolve) => setImmediate(() => void ingest().then(resolve)));
  };
  warehouse.onObjectCreated.push(wake);
  wake();
  return {
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await running;
    },
  };
};

const busyPipes = async ({ catalog, database }: Warehouse): Promise<PipeObject[]> => {
  const busy: PipeObject[] = [];
  for (const pipe of catalog.list('PIPE') as unknown as PipeObject[]) {
    if (pipe.details.paused === true) continue;
    if (pipe.details.autoIngest || (await queuedFor(database.own, pipe.id)).length > 0) busy.push(pipe);
  }
  return busy;
};

/**
 * Loads the first files of what is pending, and says whether any are left. One file that can't be loaded is in the history as such, and
 * stops no other; what fails as a whole is tried again.
 */
const load = (warehouse: Warehouse, pipe: PipeObject): Promise<boolean> =>
  asOwner(warehouse, pipe, async (session) => {
    let settled: readonly string[] = [];
    let isMore = false;
    pipeLoads.set(session, {
      pipeId: pipe.id,
      path: pipe.path,
      choose: async (staged, root) => {
        const pending = await pendingFor(session, pipe, staged, root);
        const first = firstFiles(pending.files);
        isMore = first.length < pending.files.length;
        settled = isMore ? first.map(({ key }) => root + key) : pending.queued;
        return first;
      },
      settle: (run) => dequeue(run, pipe.id, settled),
    });
    await execute(session, pipe.details.copy);
    return isMore;
  });
