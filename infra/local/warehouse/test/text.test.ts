import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { assert, asyncProperty, string } from 'fast-check';
import { startWarehouse, type StartedWarehouse } from '../server.ts';
import { connectClient, type Client } from './client.ts';

let warehouse: StartedWarehouse;
let client: Client;
beforeAll(async () => {
  warehouse = await startWarehouse();
  client = await connectClient(warehouse);
});
afterAll(async () => {
  await client.close();
  await warehouse.close();
});

it.each(['\uFEFF', '\uFEFFmarked', 'a\uFEFF', '\u0001\u007F', '\u2028', '😀', "'", '\\', '', ' '])(
  'gives back %j as it was bound',
  async (text) => {
    expect(await client.run('SELECT ? AS T, LENGTH(?) AS L', [text, text])).toEqual([
      { T: text, L: Array.from(text).length },
    ]);
  },
);

it('gives back any text as it was bound', async () => {
  await assert(
    asyncProperty(string({ unit: 'binary', maxLength: 40 }), async (text) => {
      expect(await client.run('SELECT ? AS T', [text])).toEqual([{ T: text }]);
    }),
    { numRuns: 50 },
  );
});
