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

  it('refuses a service whose events would break what a neighbour has agreed to, and no other', async () => {
    await withDirectory(async (directory) => {
      const firn = await copyRepository(directory);
      const contract = join(directory, 'events/batch-transformed.v1.ts');
      await writeFile(contract, (await readFile(contract, 'utf8')).replace(/\n +rows: Count,/, '\n'));

      const transform = await firn('deploy', 'transform', '--dry-run');
      const contracts = await firn('contracts', '--json');

      expect(transform.code).toBe(1);
      expect(transform.stderr).toContain('batch.transformed.v1 (transform to validate): data.rows is no longer sent');
      expect(contracts.code).toBe(1);
      expect(JSON.parse(contracts.stdout)).toEqual({
        events: [
          'batch.transformed.v1 (transform to coordinator): data.rows is no longer sent',
          'batch.transformed.v1 (transform to validate): data.rows is no longer sent',
        ],
        columns: [],
      });
    });
  }, 120_000);

  it('refuses a service that reads a column which nobody gives any more', async () => {
    await withDirectory(async (directory) => {
      const firn = await copyRepository(directory);
      const definition = join(directory, 'services/extract/pipelines/orders.ts');
      await writeFile(definition, (await readFile(definition, 'utf8')).replace(/\n.*name: 'COUNTRY'.*/, ''));

      const load = await firn('deploy', 'load', '--dry-run');

      expect(load.code).toBe(1);
      expect(load.stderr).toContain(
        'services/load/pipelines/orders.ts needs COUNTRY, which services/transform/pipelines/orders.sql does not give',
      );
    });
  }, 120_000);
});
