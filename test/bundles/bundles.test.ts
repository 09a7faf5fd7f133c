import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TOPOLOGIES } from '../../infra/local/topologies.ts';
import { bundle } from '../../infra/bundle/bundle.ts';
import { LAMBDA_ENVIRONMENT } from './lambda-environment.ts';

const IMPORT =
  'const { handler } = await import(process.argv[1]); process.stdout.write(typeof handler); process.exit(0);';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firn-bundles-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each(TOPOLOGIES.map((topology) => topology.service))(
  '%s starts from its bundle alone, far from the repository',
  async (service) => {
    const file = await bundle(service, folder);

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', IMPORT, file], {
      cwd: folder,
      env: LAMBDA_ENVIRONMENT,
    });

    expect(stdout).toBe('function');
  },
);
