import { beforeEach, describe, expect, it } from '@jest/globals';
import { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import { BatchExtracted } from '../../../events/batch-extracted.v1.ts';
import { example } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { dropShadow, validateBatch } from '../service.ts';

const expectGolden = golden(import.meta.url);
const backfill = { id: 'BF20260105110000_A1B2C3D4' };
const now = () => new Date('2026-01-05T11:01:00.000Z');
let bus: FakeBus;
beforeEach(() => {
  bus = fakeBus();
});

describe('a chunk of a backfill', () => {
  it('keeps what it rejects apart, and touches nothing live but the results of validations', async () => {
    const warehouse = fakeWarehouse({
      'judge-rows': [{ ROWS_JUDGED: '1804', ROWS_DEFECTIVE: '0', BROKEN_7: '2' }],
      'note-result': 1,
      'weigh-held': [{ DOCUMENTS: '1', FOUND: '1', ROWS_HELD: '2', UNREADABLE: '0' }],
    });

    await validateBatch(
      { warehouse, publish: bus.publish, now },
      'extracted',
    )(example(BatchExtracted, {}, { backfill }));

    warehouse.statements.filter((it) => it.name.includes('shadow')).forEach((it) => expectGolden(it));
    const writes = warehouse.statements.filter((it) => /^(insert|delete|update|create)/.test(it.text));
    expect(
      writes.filter((it) => !/_BACKFILL_BF|_TEMP_|_VALIDATIONS"|_QUARANTINE_LOCK"/.test(it.text.split('\n')[0]!)),
    ).toEqual([]);
    const note = warehouse.statements.find((it) => it.name === 'note-result');
    expect(note!.binds.join()).toContain(`"backfill":"${backfill.id}"`);
    expect(bus.events[0]).toMatchObject({
      data: { backfill, quarantine: 'DEV_RAW_PROCESSED.ECOMM.ORDERS_QUARANTINE_BACKFILL_BF20260105110000_A1B2C3D4' },
    });
  });

  it('is forgotten when its backfill has ended', async () => {
    const warehouse = fakeWarehouse();

    await dropShadow({ warehouse, now })(example(BackfillEnded));

    expect(warehouse.statements.filter((it) => it.name === 'drop-temp').map((it) => it.text)).toEqual([
      'drop table if exists "DEV_RAW_PROCESSED"."ECOMM"."ORDERS_QUARANTINE_BACKFILL_BF20260105110000_A1B2C3D4"',
    ]);
  });

  it('is forgotten two weeks later even if nobody has heard of its end', async () => {
    const warehouse = fakeWarehouse({ 'expired-temps': [{ TABLE_NAME: 'SHADOW_LEFT_BEHIND' }] });

    await dropShadow({ warehouse, now })(example(BackfillEnded));

    expect(warehouse.statements.at(-1)!.text).toMatch(/^drop table if exists .*"SHADOW_LEFT_BEHIND"$/);
    expect(warehouse.statements.find((it) => it.name === 'expired-temps')!.binds).toContain(
      'ORDERS_QUARANTINE_BACKFILL_BF',
    );
  });
});
