import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

/** A function's processes: kept warm, replaced when they die, one invocation each. */
export interface Pool {
  /** A free process, started if need be; rejects when it can't be started. */
  take(): Promise<Sandbox>;
  /** Takes a process back that answered; one that died is replaced by a fresh one. */
  give(sandbox: Sandbox, alive: boolean): void;
  /** Starts one ahead of the first message. */
  warm(): void;
  /** SIGKILL for all of them. */
  kill(): void;
  /** Starts nothing any more; what runs may finish. */
  close(): void;
  /** Ends all of them; close it first. */
  stop(): Promise<void>;
}

const SURPLUS_MS = 60_000;
const SLOWEST_RESTART_MS = 10_000;

/** Each failure in a row, to start or to stay alive, doubles the wait before the next start, from 100 ms on. */
export const restartDelayMs = (failures: number): number =>
  failures === 0 ? 0 : Math.min(50 * 2 ** failures, SLOWEST_RESTART_MS);

export const createPool = (options: SandboxOptions, report: (line: string) => void): Pool => {
  const idle: Sandbox[] = [];
  const all = new Set<Sandbox>();
  const stopping = new AbortController();
  let warming: Promise<Sandbox | undefined> | undefined;
  let failures = 0;

  const start = async (): Promise<Sandbox> => {
    await sleep(restartDelayMs(failures), undefined, { signal: stopping.signal });
    try {
      const sandbox = await startSandbox(options);
      all.add(sandbox);
      void sandbox.gone.then(() => all.delete(sandbox) && retire(sandbox));
      return sandbox;
    } catch (error) {
      failures += 1;
      report(`could not start: ${(error as Error).message}`);
      throw error;
    }
  };
  const retire = (sandbox: Sandbox): boolean => {
    const at = idle.indexOf(sandbox);
    if (at >= 0) idle.splice(at, 1);
    return at >= 0;
  };
  const warm = (): void => {
    if (warming || idle.length > 0 || stopping.signal.aborted) return;
    warming = start().catch(() => undefined);
    void warming.then((sandbox) => {
      warming = undefined;
      if (sandbox) idle.push(sandbox);
    });
  };

  return {
    take: async () => {
      if (idle.length === 0) await warming;
      return idle.pop() ?? start();
    },
    give: (sandbox, alive) => {
      failures = alive ? 0 : failures + 1;
      if (!alive) return warm();
      idle.push(sandbox);
      if (idle.length === 1) return;
      const surplus = setTimeout(() => {
        if (idle.length > 1 && retire(sandbox)) sandbox.kill();
      }, SURPLUS_MS);
      surplus.unref();
      void sandbox.gone.then(() => clearTimeout(surplus));
    },
    warm,
    kill: () => {
      for (const sandbox of all) sandbox.kill();
    },
    close: () => stopping.abort(),
    stop: async () => {
      await warming;
      for (const sandbox of all) sandbox.kill();
      await Promise.all([...all].map(({ gone }) => gone));
    },
  };
};
