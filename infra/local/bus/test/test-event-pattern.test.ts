import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Local, startLocal } from './local-bus.ts';

const EVENT = {
  id: '1',
  source: 'shop',
  'detail-type': 'order',
  account: '123456789012',
  region: 'eu-west-1',
  time: '2026-01-01T00:00:00Z',
  resources: ['arn:a'],
  detail: { total: 12.5, lines: [{ sku: 'a', quantity: 1 }] },
};

describe('TestEventPattern', () => {
  let local: Local;
  beforeAll(async () => {
    local = await startLocal();
  });
  afterAll(() => local.close());

  const ask = (EventPattern: string, Event = JSON.stringify(EVENT)) =>
    local.client.send(new TestEventPatternCommand({ EventPattern, Event }));

  it('says whether the event matches', async () => {
    expect((await ask('{"detail":{"total":[{"numeric":[">",12]}]}}')).Result).toBe(true);
    expect((await ask('{"detail":{"lines":{"sku":["b"]}}}')).Result).toBe(false);
  });

  it('refuses a pattern with the reason and the place', async () => {
    await expect(ask('{"detail": {"total": [{"NUMERIC": ["=", 5]}]}}')).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: expect.stringMatching(
        /^Event pattern is not valid\. Reason: Unrecognized match type NUMERIC\n at \[Source: .*; line: 1, column: 36\]$/,
      ),
    });
  });

  it('wants an event with all that EventBridge puts into one', async () => {
    for (const name of ['id', 'source', 'detail-type', 'account', 'region', 'time']) {
      const { [name as 'id']: _, ...rest } = EVENT;
      await expect(ask('{"source":["shop"]}', JSON.stringify(rest))).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Parameter Event is not valid.',
      });
    }
    const { resources: _, detail: __, ...rest } = EVENT;
    expect((await ask('{"source":["shop"]}', JSON.stringify(rest))).Result).toBe(true);
    await expect(ask('{"source":["shop"]}', 'plain')).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(ask('{"source":["shop"]}', '["x"]')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
