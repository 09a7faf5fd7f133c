import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from '@jest/globals';
import { Duck } from '../duck.ts';

it('is closed only when what runs on it has ended', async () => {
  const instance = await DuckDBInstance.create();
  const duck = new Duck(await instance.connect());

  const running = duck.rows('SELECT count(*) AS n FROM range(20_000_000) t(i) WHERE i % 2 = 0');
  await duck.close();
  instance.closeSync();

  expect(await running).toEqual([{ n: 10_000_000n }]);
});
