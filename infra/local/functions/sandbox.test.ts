import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startSandbox } from './sandbox.ts';

it('gives up on a function that does not end loading, and kills it', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'firn-sandbox-'));
  const log = openSync(devNull, 'w');
  const started = startSandbox({
    handler: join(import.meta.dirname, 'test', 'never-ready.ts'),
    memoryMb: 128,
    environment: {},
    root: import.meta.dirname,
    cacheDir,
    log,
    loadMs: 200,
  });

  await expect(started).rejects.toThrow('its process took more than 200 ms before it was ready');
  closeSync(log);
  rmSync(cacheDir, { recursive: true });
});
