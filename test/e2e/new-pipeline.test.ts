import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { copyRepository } from './copy.ts';
import { withDirectory } from './firn.ts';

const RETURNS = [
  {
    id: 71,
    updated_at: '2026-01-05T09:30:00Z',
    shop: { country: 'NO' },
    items: [
      { sku: 'A', refund: '2.50' },
      { sku: 'B', refund: '1.25' },
    ],
  },
  { id: 72, updated_at: '2026-01-05T09:31:00Z', shop: { country: 'SE' }, items: [{ sku: 'A', refund: '2.50' }] },
];
const NEWER = [
  { ...RETURNS[1], updated_at: '2026-01-06T00:00:00Z', items: [{ sku: 'C', refund: '9.99' }] },
  { ...RETURNS[0], id: null },
];

describe('firn new pipeline', () => {
  it('makes a pipeline that flows, in a copy of this repository, beside the one that is there', async () => {
    await withDirectory(async (directory) => {
      const call = await copyRepository(directory);
      const files = { sample: join(directory, 'sample.json'), newer: join(directory, 'newer.ndjson') };
      await writeFile(files.sample, JSON.stringify({ returns: RETURNS }));
      await writeFile(files.newer, NEWER.map((it) => JSON.stringify(it)).join('\n'));
      const firn = async (...args: readonly string[]): Promise<unknown> =>
        JSON.parse((await call(...args, '--json')).stdout);
      const data = ['--data', join(directory, 'data')];

      const made = await firn('new', 'pipeline', 'returns', '--sample', files.sample, '--date', 'updated_at', '--yes');
      const sample = join(directory, 'test/fixtures/pipelines/returns.ndjson');
      const ran = await firn('run', '--pipeline', 'returns', sample, files.newer, ...data);
      const rows = await firn(
        'sql',
        'SELECT ID, SHOP_COUNTRY, LINE_NUMBER, SKU, REFUND, LINE_COUNT FROM DEV_ANALYTICS.ANALYTICS_STAGING.STG_RETURNS ORDER BY ID, LINE_NUMBER',
        ...data,
      );

      expect(made).toMatchObject({ key: 'ID', leftOut: [] });
      expect(await readFile(join(directory, 'services/extract/pipelines/registry.ts'), 'utf8')).toContain(
        '[orders, returns]',
      );
      expect(ran).toMatchObject({ documents: { in: 4, loaded: 2, superseded: 1, quarantined: 1 } });
      expect(rows).toEqual([
        { ID: '71', SHOP_COUNTRY: 'NO', LINE_NUMBER: 1, SKU: 'A', REFUND: '2.5000', LINE_COUNT: 2 },
        { ID: '71', SHOP_COUNTRY: 'NO', LINE_NUMBER: 2, SKU: 'B', REFUND: '1.2500', LINE_COUNT: 2 },
        { ID: '72', SHOP_COUNTRY: 'SE', LINE_NUMBER: 1, SKU: 'C', REFUND: '9.9900', LINE_COUNT: 1 },
      ]);
    });
  }, 120_000);
});
