import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Endpoints } from '../../infra/local/stack.types.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** A stack in a process of its own, as `firn up` starts it, on a directory that goes with it. */
export interface StackProcess {
  readonly endpoints: Endpoints;
  readonly data: string;
  /** Ends the process, and starts another on the same directory. */
  restart(): Promise<StackProcess>;
  /** The most memory that the stack's process has held so far, its functions apart. */
  peakMiB(): Promise<number>;
  close(): Promise<void>;
}

export const startStackProcess = async (): Promise<StackProcess> =>
  startOn(await mkdtemp(join(tmpdir(), 'firn-bench-')));

const startOn = async (data: string): Promise<StackProcess> => {
  const child = spawn(join(ROOT, 'firn'), ['up', '--json', '--data', data], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`firn up ended with ${String(code)}`))),
  ])) as [string];
  return {
    endpoints: JSON.parse(line) as Endpoints,
    data,
    async peakMiB() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024);
    },
    async restart() {
      child.kill('SIGINT');
      await ended;
      return startOn(data);
    },
    async close() {
      child.kill('SIGINT');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
};
