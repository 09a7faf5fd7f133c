import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fixture } from '../../test/client.ts';
import type { Client } from '../../test/client.ts';
import { valuesOf } from './expression.ts';
import { FAMILIES } from './families.ts';

const fixture = new Fixture();
let client: Client;
beforeAll(async () => {
  await fixture.start({ clock: () => new Date('2024-05-17T17:30:00Z') });
  client = await fixture.connect({ representNullAsStringNull: false });
  await client.run('ALTER SESSION SET JSON_INDENT = 0');
});
afterAll(() => fixture.stop());

describe.each(Object.entries(FAMILIES))('%s', (_, expressions) => {
  it('give what Snowflake documents', async () => {
    const values = await valuesOf(client, expressions);

    expect(expressions.map(([sql], i) => [sql, values[i]])).toEqual(expressions);
  });
});
