import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { firn, query, withDirectory } from './firn.ts';

const orderOf = (number: string, quantity: unknown) => ({
  order_number: number,
  date: '2026-01-05',
  products: [{ sku: 'A', quantity, unit_price: 2.5 }],
});
const classic = { stage: 'dev', env: 'dev', task: 'orders', hasExtraction: true, kwarg: { batchId: 'B1' } };

interface Message {
  readonly 'detail-type': string;
  readonly detail: { readonly data: object };
}

describe('firn run-step', () => {
  it('runs one step on an event, whose answer is good for the next, or all in one go', async () => {
    await withDirectory(async (directory) => {
      const file = (name: string): string => join(directory, name);
      const step = async (name: string, event: object, ...more: readonly string[]): Promise<Message[]> => {
        await writeFile(file('event.json'), JSON.stringify(event));
        const ran = await firn('run-step', name, '--event', file('event.json'), '--data', file('data'), ...more);
        expect({ code: ran.code, error: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, error: '' });
        return ran.stdout
          .trim()
          .split('\n')
          .map((it) => JSON.parse(it) as Message);
      };

      const extracted = await step('extract', { ...classic, data: [orderOf('1', 2), orderOf('2', 'x')] });
      const rest = await step('validate', extracted.at(-1)!, '--all');
      const loaded = await query(
        file('data'),
        'SELECT ORDER_NUMBER, GROSS_AMOUNT FROM DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS',
      );

      expect(extracted.map((it) => it['detail-type'])).toEqual(['batch.triggered.v1', 'batch.extracted.v1']);
      expect(rest[0]!.detail.data).toMatchObject({ stage: 'extracted', quarantined: { documents: 1 } });
      expect(rest.map((it) => it['detail-type']).slice(0, 5)).toEqual([
        'batch.validated.v1',
        'batch.transformed.v1',
        'batch.validated.v1',
        'batch.loaded.v1',
        'batch.completed.v1',
      ]);
      expect(loaded).toEqual([{ ORDER_NUMBER: '1', GROSS_AMOUNT: '5.000' }]);
    });
  }, 120_000);

  it('says what a step hears when it is given something else, and starts nothing', async () => {
    const event = resolve(import.meta.dirname, '../../events/examples/batch-loaded.v1.json');
    expect(await readFile(event, 'utf8')).toContain('batch.loaded.v1');

    const { code, stderr } = await firn('run-step', 'extract', '--event', event);

    expect(code).toBe(2);
    expect(stderr).toContain('extract does not hear batch.loaded.v1, but batch.triggered.v1');
  });
});
