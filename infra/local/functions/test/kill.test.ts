import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

it.each(['wait', 'spin'])('ends with its stack, even by kill -9 while its handler is told to %s', async (then) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'firn-stack-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stack = fork(join(import.meta.dirname, 'stack.ts'), [dataDir, String(port), then], { execArgv: [] });
  const gone = once(stack, 'exit');
  try {
    const [line] = (await once(server, 'connection')) as [Socket];
    const hungUp = once(line.on('error', () => undefined).resume(), 'close');

    stack.kill('SIGKILL');

    expect(await hungUp).toHaveLength(1);
  } finally {
    stack.kill('SIGKILL');
    await gone;
    server.close();
    rmSync(dataDir, { recursive: true });
  }
});
