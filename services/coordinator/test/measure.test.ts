import { describe, expect, it } from '@jest/globals';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { PIPELINES } from '../pipelines/registry.ts';
import { measureCredits } from '../measure/credits.ts';
import { measureWaiting } from '../measure/service.ts';

const expectGolden = golden(import.meta.url);

describe('what waits', () => {
  it('is measured in front of every pipeline', async () => {
    const warehouse = fakeWarehouse({ 'read-waiting': [{ WAITING: '12', OLDEST_SECONDS: '340' }] });
    const said: unknown[] = [];

    await measureWaiting({
      warehouse,
      measure: (figures, about) => said.push({ ...about, ...figures }),
      now: () => new Date('2026-01-05T12:00:00.000Z'),
      stage: 'dev',
    })();

    const waits = { WaitingDocuments: 12, OldestWaitingSeconds: 340 };
    expect(said).toEqual(PIPELINES.map(({ pipeline }) => ({ pipeline, ...waits })));
    expectGolden(warehouse.statements[0]);
  });
});

it("credits are measured of the stage's own warehouse, and of no pipeline", async () => {
  const warehouse = fakeWarehouse({ 'read-credits': [{ CREDITS: '0.734166667' }] });
  const said: unknown[] = [];

  await measureCredits({ warehouse, measure: (...it) => said.push(it), stage: 'dev' })();

  expect(said).toEqual([[{ Credits: 0.734166667 }, {}]]);
  expectGolden(warehouse.statements[0]);
});
