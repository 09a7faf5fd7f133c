import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FINGERPRINT, ended, firn, query, said, start, withDirectory } from './firn.ts';

const SAMPLE = resolve(import.meta.dirname, '../fixtures/sample');
const FILES = [1, 2, 3].map((it) => join(SAMPLE, `orders-${it}.ndjson.gz`));
const EXPECTED = JSON.parse(readFileSync(join(SAMPLE, 'EXPECTED.json'), 'utf8')) as {
  files: readonly { lineItems: { loaded: number }; controlTotal: string }[];
  all: { documents: Record<string, number>; lineItems: { loaded: number }; controlTotal: string };
};

describe('firn run', () => {
  it('accounts for every document of the sample, to the figure computed apart', async () => {
    await withDirectory(async (data) => {
      const first = await firn('run', ...FILES, '--data', data, '--json');
      const [target] = await query(data, FINGERPRINT);

      expect(first.code).toBe(0);
      const report = JSON.parse(first.stdout) as { documents: unknown; rows: number };
      expect(report.documents).toEqual(EXPECTED.all.documents);
      expect(report.rows).toBe(EXPECTED.all.lineItems.loaded);
      expect(target).toMatchObject({ ITEMS: EXPECTED.all.lineItems.loaded, TOTAL: EXPECTED.all.controlTotal });
    });
  }, 120_000);

  it('goes on where everything was killed in the middle, and loads nothing twice', async () => {
    await withDirectory(async (data) => {
      const [first] = EXPECTED.files;
      const killed = start('run', FILES[0]!, '--data', data);
      await said(killed, 'claimed');
      killed.kill('SIGKILL');
      await ended(killed);

      const again = await firn('run', FILES[0]!, '--data', data, '--json');
      const [target] = await query(data, FINGERPRINT);

      expect(again.code).toBe(0);
      expect(target).toMatchObject({ ITEMS: first!.lineItems.loaded, TOTAL: first!.controlTotal });
    });
  }, 120_000);
});
