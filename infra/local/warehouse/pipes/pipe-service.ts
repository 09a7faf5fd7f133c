import type { StartService } from '../services.ts';
import { execute } from '../session/execute.ts';
import type { Warehouse } from '../warehouse.ts';
import type { PipeObject } from './pipe-object.ts';

const RETRY_MS = 500;

/**
 * Loads what lies in the stages of auto-ingest pipes: at the start, and whenever an object is created. The stage's listing and the
 * load history say what is pending, so that a notification lost in a crash loses nothing and a repeated one loads nothing twice.
 */
export const startPipes: StartService = async (warehouse) => {
  let wanted = true;
  let running: Promise<void> | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const ingest = async (): Promise<void> => {
    wanted = false;
    let failed = false;
    for (const pipe of pipes(warehouse)) {
      await load(warehouse, pipe).catch(() => (failed = true));
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

const pipes = ({ catalog }: Warehouse): PipeObject[] =>
  (catalog.list('PIPE') as unknown as PipeObject[]).filter(({ details }) => details.autoIngest);

/** One file that can't be loaded is in the history as such, and stops no other; what fails as a whole is tried again. */
const load = async (warehouse: Warehouse, { owner, path, details }: PipeObject): Promise<void> => {
  const [database, schema] = path as [string, string, string];
  const session = await warehouse.openSession({ user: 'SYSTEM', role: owner, database, schema });
  try {
    await execute(session, details.copy);
  } finally {
    await session.close();
  }
};
