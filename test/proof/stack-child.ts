import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Endpoints } from '../../infra/local/stack.types.ts';

/** A stack that runs in processes of its own, to be killed. */
export interface StackChild {
  readonly endpoints: Endpoints;
  /** Kills one service's function, wherever it is; false if it has none at the moment. */
  killFunction(service: string): Promise<boolean>;
  /** Kills the stack with all its functions, at once. */
  killAll(): Promise<void>;
  /** Ends it as a person would. */
  stop(): Promise<void>;
}

const argumentsOf = (pid: number): Promise<string> =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (text) => text.replaceAll('\0', ' '),
    () => '',
  );

const parentOf = (pid: number): Promise<number> =>
  readFile(`/proc/${pid}/stat`, 'utf8').then(
    (text) => Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]),
    () => 0,
  );

const childrenOf = async (pid: number): Promise<readonly number[]> => {
  const all = (await readdir('/proc')).filter((it) => /^\d+$/.test(it)).map(Number);
  const parents = await Promise.all(all.map(parentOf));
  return all.filter((_, at) => parents[at] === pid);
};

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
};

/** Starts `firn up` of the repository in `root` on a data directory; resolves when it can be reached. */
export const startStackChild = async (root: string, data: string): Promise<StackChild> => {
  const child: ChildProcess = spawn(join(root, 'firn'), ['up', '--json', '--data', data, '--max-age', '1'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout!), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`firn up ended with ${String(code)}`))),
  ])) as [string];
  const endpoints = JSON.parse(line) as Endpoints;
  return {
    endpoints,
    async killFunction(service) {
      const workers = await childrenOf(endpoints.pid);
      const lines = await Promise.all(workers.map(argumentsOf));
      const found = workers.filter((_, at) => lines[at]!.includes(`services/${service}/handler.ts`));
      found.forEach(kill);
      return found.length > 0;
    },
    async killAll() {
      const workers = await childrenOf(endpoints.pid);
      [endpoints.pid, ...workers].forEach(kill);
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
