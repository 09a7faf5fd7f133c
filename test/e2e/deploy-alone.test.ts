import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { copyRepository } from './copy.ts';
import { withDirectory } from './firn.ts';

const NEIGHBOURS = ['extract', 'validate', 'load', 'coordinator'];

const breakCode = async (directory: string): Promise<number> => {
  const files = (await readdir(directory, { recursive: true })).filter((it) => it.endsWith('.ts'));
  for (const file of files) await writeFile(join(directory, file), 'this is (no code');
  return files.length;
};

describe('firn deploy', () => {
  it('tests, builds and checks one service while none of its neighbours would even load', async () => {
    await withDirectory(async (directory) => {
      const firn = await copyRepository(directory);
      for (const it of NEIGHBOURS) expect(await breakCode(join(directory, 'services', it))).toBeGreaterThan(5);

      const { code, stdout, stderr } = await firn('deploy', 'transform', '--dry-run', '--json');

      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(JSON.parse(stdout)).toMatchObject({ stack: 'firn-dev-transform', isDeployed: false });
    });
  }, 120_000);

  it('refuses a service that breaks what a neighbour has agreed to, or that nobody gives a column any more, and no other', async () => {
    await withDirectory(async (directory) => {
      const firn = await copyRepository(directory);
      const cut = async (path: string, what: RegExp): Promise<void> => {
        const file = join(directory, path);
        await writeFile(file, (await readFile(file, 'utf8')).replace(what, '\n'));
      };
      await cut('events/batch-transformed.v1.ts', /\n +rows: Count,/);
      await cut('services/extract/pipelines/orders.ts', /\n.*name: 'COUNTRY'.*/);
      const noColumn =
        'services/load/pipelines/orders.ts needs COUNTRY, which services/transform/pipelines/orders.sql does not give';

      const [transform, load, contracts] = await Promise.all([
        firn('deploy', 'transform', '--dry-run'),
        firn('deploy', 'load', '--dry-run'),
        firn('contracts', '--json'),
      ]);

      expect([transform.code, load.code, contracts.code]).toEqual([1, 1, 1]);
      expect(transform.stderr).toContain('batch.transformed.v1 (transform to validate): data.rows is no longer sent');
      expect(load.stderr).toContain(noColumn);
      expect(load.stderr).not.toContain('data.rows');
      expect(JSON.parse(contracts.stdout)).toMatchObject({
        events: [
          'batch.transformed.v1 (transform to coordinator): data.rows is no longer sent',
          'batch.transformed.v1 (transform to validate): data.rows is no longer sent',
        ],
        columns: expect.arrayContaining([noColumn]),
      });
    });
  }, 120_000);
});
