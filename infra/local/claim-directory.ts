import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Endpoints } from './stack.types.ts';

const FILE = 'stack.json';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The stack that runs on this directory now, if there is one; a file that a killed stack left behind doesn't count. */
export const runningStack = async (dataDir: string): Promise<Endpoints | undefined> => {
  const text = await readFile(join(dataDir, FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const endpoints = JSON.parse(text) as Endpoints;
  if (!isAlive(endpoints.pid)) return undefined;
  // Another process may have been given the same number since.
  const answers = await fetch(endpoints.warehouse).then(
    () => true,
    () => false,
  );
  return answers ? endpoints : undefined;
};

/** Writes down where the stack can be reached; the returned function takes it back. */
export const announce = async (dataDir: string, endpoints: Endpoints): Promise<() => Promise<void>> => {
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, FILE), `${JSON.stringify(endpoints, null, 2)}\n`, { mode: 0o600 });
  return () => rm(join(dataDir, FILE), { force: true });
};
