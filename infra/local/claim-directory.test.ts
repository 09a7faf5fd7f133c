import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { announce, runningStack } from './claim-directory.ts';
import type { Endpoints } from './stack.types.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'firn-claim-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const at = (warehouse: string): Endpoints => ({ warehouse, pid: process.pid }) as Endpoints;

describe('a stack on a directory', () => {
  it('is found while it runs, and no more once it has taken its announcement back', async () => {
    const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await new Promise((ready) => server.once('listening', ready));
    const endpoints = at(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    try {
      const withdraw = await announce(directory, endpoints);

      expect(await runningStack(directory)).toEqual(endpoints);

      await withdraw();
      expect(await runningStack(directory)).toBeUndefined();
    } finally {
      server.close();
    }
  });

  it('is not taken to run because a killed one left its announcement, whole or torn', async () => {
    await announce(directory, { ...at('http://127.0.0.1:1'), pid: 2 ** 30 });
    expect(await runningStack(directory)).toBeUndefined();

    await writeFile(join(directory, 'stack.json'), '');
    expect(await runningStack(directory)).toBeUndefined();
  });

  it('announces itself in one file that its owner alone may read, and leaves no draft of it', async () => {
    await announce(directory, at('http://127.0.0.1:1'));

    expect(await readdir(directory)).toEqual(['stack.json']);
    expect((await stat(join(directory, 'stack.json'))).mode & 0o077).toBe(0);
  });
});
