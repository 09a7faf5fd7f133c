import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Endpoints } from './stack.types.ts';
import { writeWhole } from './write-whole.ts';

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

// An older Firn may have been killed while it wrote the file.
const whole = (text: string): Endpoints | undefined => {
  try {
    return JSON.parse(text) as Endpoints;
  } catch {
    return undefined;
  }
};

/** The stack that runs on this directory now, if there is one; a file that a killed stack left behind doesn't count. */
export const runningStack = async (dataDir: string): Promise<Endpoints | undefined> => {
  const endpoints = await readFile(join(dataDir, FILE), 'utf8').then(whole, () => undefined);
  if (endpoints === undefined || !isAlive(endpoints.pid)) return undefined;
  // Another process may have been given the same number since.
  return (await answers(endpoints.warehouse)) ? endpoints : undefined;
};

// Every command asks, and loading what is behind `fetch` would take it longer than all the rest of the question.
const answers = async (url: string): Promise<boolean> => {
  try {
    const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
    response.resume();
    return true;
  } catch {
    return false;
  }
};

/** Writes down where the stack can be reached; the returned function takes it back. */
export const announce = async (dataDir: string, endpoints: Endpoints): Promise<() => Promise<void>> => {
  await mkdir(dataDir, { recursive: true });
  await writeWhole(join(dataDir, FILE), `${JSON.stringify(endpoints, null, 2)}\n`);
  return () => rm(join(dataDir, FILE), { force: true });
};
