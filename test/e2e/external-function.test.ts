import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { firn, query, withDirectory } from './firn.ts';

it('a claim reaches the coordinator by an external function as well, through the API', async () => {
  await withDirectory(async (directory) => {
    const [file, data] = [join(directory, 'orders.ndjson'), join(directory, 'data')];
    const order = { order_number: '1', date: '2026-01-05', products: [{ sku: 'A', quantity: 2, unit_price: 1.5 }] };
    await writeFile(file, `${JSON.stringify(order)}\n`);

    const ran = await firn('run', file, '--notify', 'external-function', '--data', data, '--json');

    expect(JSON.parse(ran.stdout)).toMatchObject({
      documents: { in: 1, loaded: 1 },
      batches: [{ status: 'complete', attempt: 1 }],
    });
    const asked = await query(data, 'SHOW EXTERNAL FUNCTIONS IN SCHEMA DEV_RAW.ECOMM');
    expect(asked).toMatchObject([{ name: 'ORDERS_NOTIFY' }]);
    expect(await query(data, 'SHOW NOTIFICATION INTEGRATIONS')).toEqual([]);
  });
});
