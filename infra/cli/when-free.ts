import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from './refusal.ts';

const PATIENCE_MS = 10_000;
const POLL_MS = 200;

/** DuckDB's words for a file that another process has open. */
const HELD = /Could not set lock on file.*?\(PID (?<pid>\d+)\)/s;

/** Does the work as soon as no other process holds the files; a Refusal that names the process if that takes too long. */
export const whenFree = async <T>(
  dataDir: string,
  work: () => Promise<T>,
  { now = Date.now, pause = sleep }: { now?: () => number; pause?: (milliseconds: number) => Promise<unknown> } = {},
): Promise<T> => {
  const began = now();
  for (;;) {
    try {
      return await work();
    } catch (cause) {
      const pid = HELD.exec(cause instanceof Error ? cause.message : '')?.groups?.['pid'];
      if (pid === undefined) throw cause;
      if (now() - began >= PATIENCE_MS)
        throw new Refusal(`process ${pid} holds the warehouse in ${dataDir}`, { next: `ps -fp ${pid}`, cause });
      await pause(POLL_MS);
    }
  }
};
