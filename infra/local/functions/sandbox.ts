import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Invocation, Outcome, Saying } from './invocation.ts';

/** How to start a function's process. */
export interface SandboxOptions {
  /** The module that exports `handler`, as an absolute path. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The working folder. */
  readonly root: string;
  /** Where Node keeps compiled modules, so that the next start is quicker. */
  readonly cacheDir: string;
  /** An open file that takes what it prints. */
  readonly log: number;
  /** How long loading its handler may take: half a minute unless given. */
  readonly loadMs?: number;
}

/** One process of a function, good for one invocation at a time. */
export interface Sandbox {
  /** Settles whatever happens; after a time-out or a crash the process is gone. */
  invoke(invocation: Invocation): Promise<Outcome>;
  /** SIGKILL, as Lambda ends its own: nothing of the function's runs any more. */
  kill(): void;
  /** Fulfilled when the process is gone. */
  readonly gone: Promise<void>;
}

// Lambda gives ten seconds, on a machine that has nothing else to do.
const LOAD_MS = 30_000;

/** Starts a process and waits until its handler is loaded; rejects when it ends before that, or takes too long. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { loadMs = LOAD_MS } = options;
  const child = fork(join(import.meta.dirname, 'worker.ts'), [options.handler, options.cacheDir], {
    cwd: options.root,
    env: { ...options.environment },
    execArgv: [`--max-old-space-size=${options.memoryMb}`],
    // The last one carries nothing: its end tells the process that the stack is gone.
    stdio: ['ignore', options.log, options.log, 'ipc', 'pipe'],
  });
  const end = Promise.withResolvers<string>();
  child.on('exit', (code, signal) => end.resolve(signal ? `was ended by ${signal}` : `ended with status ${code}`));
  child.on('error', (error) => end.resolve(`could not be started: ${error.message}`));

  child.stdio[4]?.on('error', () => undefined);

  const tooLong = setTimeout(() => {
    end.resolve(`took more than ${loadMs} ms`);
    child.kill('SIGKILL');
  }, loadMs);
  const first = await Promise.race([once(child, 'message'), end.promise]);
  clearTimeout(tooLong);
  if (typeof first === 'string') throw new Error(`its process ${first} before it was ready`);

  return {
    invoke: (invocation) => invoke(child, invocation, end.promise),
    kill: () => void child.kill('SIGKILL'),
    gone: end.promise.then(() => undefined),
  };
};

const invoke = async (child: ChildProcess, invocation: Invocation, end: Promise<string>): Promise<Outcome> => {
  const outcome = Promise.withResolvers<Outcome>();
  const hear = (saying: Saying): void => {
    if (saying.kind === 'ready' || saying.requestId !== invocation.requestId) return;
    outcome.resolve(saying);
  };
  const timer = setTimeout(() => {
    outcome.resolve({ kind: 'timed out', message: 'ran out of time' });
    child.kill('SIGKILL');
  }, invocation.deadline - Date.now());
  void end.then((how) => outcome.resolve({ kind: 'crashed', message: `its process ${how}` }));
  child.on('message', hear);
  try {
    // A process that has just died takes no message; its end settles the invocation.
    if (child.connected) child.send(invocation, () => undefined);
    return await outcome.promise;
  } finally {
    clearTimeout(timer);
    child.off('message', hear);
  }
};
