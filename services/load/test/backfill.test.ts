import { beforeEach, describe, expect, it } from '@jest/globals';
import { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import { exampleTransformedStage, example } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { dropShadow, loadBatch } from '../service.ts';

const expectGolden = golden(import.meta.url);
const backfill = { id: 'BF20260105110000_A1B2C3D4' };
const now = () => new Date('2026-01-05T11:01:00.000Z');
const validated = exampleTransformedStage({}, { backfill });
let bus: FakeBus;
beforeEach(() => {
  bus = fakeBus();
});

describe('a chunk of a backfill', () => {
  it('is loaded into the shadow of the target, and touches nothing live', async () => {
    const warehouse = fakeWarehouse({
      'count-loadable': [{ ROWS_FOUND: String(validated.data.rows - validated.data.quarantined.rows) }],
      'read-manifest': {
        inTurn: [
          [],
          [
            {
              ATTEMPT: '1',
              ROWS_LOADED: '3',
              DOCUMENTS_LOADED: '1',
              ROWS_SUPERSEDED: '0',
              DOCUMENTS_SUPERSEDED: '0',
            },
          ],
        ],
      },
    });

    await loadBatch({ warehouse, publish: bus.publish, now, stage: 'dev' })(validated);

    warehouse.statements.filter((it) => it.name.includes('shadow')).forEach((it) => expectGolden(it));
    const writes = warehouse.statements.filter((it) => /^(insert|delete|update|create)/.test(it.text));
    expect(writes.filter((it) => !/_BACKFILL_BF|_TEMP_/.test(it.text.split('\n')[0]!))).toEqual([]);
    expect(bus.events[0]).toMatchObject({
      data: {
        backfill,
        target: 'DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS_BACKFILL_BF20260105110000_A1B2C3D4',
      },
    });
  });

  it('is forgotten when its backfill has ended', async () => {
    const warehouse = fakeWarehouse();

    await dropShadow({ warehouse, stage: 'dev', now })(example(BackfillEnded));

    expect(warehouse.statements.filter((it) => it.name === 'drop-temp').map((it) => it.text)).toEqual(
      ['', '_LOAD_MANIFEST', '_LOAD_LOCK'].map(
        (it) =>
          `drop table if exists "DEV_ANALYTICS"."ANALYTICS_STAGING"."STG_ECOMM_ORDER_ITEMS_BACKFILL_BF20260105110000_A1B2C3D4${it}"`,
      ),
    );
  });

  it('is forgotten two weeks later even if nobody has heard of its end', async () => {
    const warehouse = fakeWarehouse({ 'expired-temps': [{ TABLE_NAME: 'SHADOW_LEFT_BEHIND' }] });

    await dropShadow({ warehouse, stage: 'dev', now })(example(BackfillEnded));

    expect(warehouse.statements.at(-1)!.text).toMatch(/^drop table if exists .*"SHADOW_LEFT_BEHIND"$/);
    expect(warehouse.statements.find((it) => it.name === 'expired-temps')!.binds).toContain(
      'STG_ECOMM_ORDER_ITEMS_BACKFILL_BF',
    );
  });
});
