import { beforeEach, describe, expect, it } from '@jest/globals';
import { BatchCompleted } from '../../../events/batch-completed.v1.ts';
import { BatchExtracted } from '../../../events/batch-extracted.v1.ts';
import { BatchTriggered } from '../../../events/batch-triggered.v1.ts';
import { RetryLater } from '../../../shared/errors.ts';
import { example } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse, type Answers } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { dropExtracted, extractBatch } from '../service.ts';

const expectGolden = golden(import.meta.url);
const triggered = example(BatchTriggered);
const extracted = example(BatchExtracted);
const now = () => new Date(extracted.time);
const allThere: Answers = { 'count-extracted': [{ ROWS_FOUND: '1804', DOCUMENTS_FOUND: '501' }] };

let bus: FakeBus;
beforeEach(() => {
  bus = fakeBus();
});

describe('extractBatch', () => {
  it('turns documents into rows, copies them into the history in one transaction, and says so', async () => {
    const warehouse = fakeWarehouse(allThere);

    await extractBatch({ warehouse, publish: bus.publish, now })(triggered);

    expect(warehouse.journal).toEqual([
      'normalize-documents',
      'count-extracted',
      'begin',
      'take-turn',
      'clear-history',
      'append-history',
      'commit',
    ]);
    warehouse.statements.forEach((statement) => expectGolden(statement));
    expect(bus.events).toEqual([extracted]);
  });

  it("tags every statement with the batch's pipeline, id and attempt", async () => {
    const warehouse = fakeWarehouse(allThere);

    await extractBatch({ warehouse, publish: bus.publish, now })(triggered);

    const tag = { pipeline: 'orders', batchId: triggered.batchId, attempt: 1 };
    expect(warehouse.tags).toEqual(warehouse.statements.map(() => tag));
  });

  it('says the same again, under the same id, when its message comes twice', async () => {
    const warehouse = fakeWarehouse(allThere);
    const extract = extractBatch({ warehouse, publish: bus.publish, now });

    await extract(triggered);
    await extract(triggered);

    expect(bus.events).toEqual([extracted, extracted]);
    expect(warehouse.statements.slice(5)).toEqual(warehouse.statements.slice(0, 5));
  });

  it('writes a later attempt into a table of its own', async () => {
    const warehouse = fakeWarehouse(allThere);

    await extractBatch({ warehouse, publish: bus.publish, now })(example(BatchTriggered, { attempt: 2 }));

    const table = extracted.data.table.replace(/_1$/, '_2');
    expect(warehouse.statements[0]!.text).toContain(`"${table.split('.')[2]}"`);
    expect(bus.events[0]).toMatchObject({ attempt: 2, data: { table } });
  });

  it('keeps one copy in the history of documents that go through again', async () => {
    const released = 'DEV_RAW_PROCESSED.ECOMM.ORDERS_RELEASED';
    const warehouse = fakeWarehouse(allThere);

    await extractBatch({ warehouse, publish: bus.publish, now })(example(BatchTriggered, {}, { source: released }));

    expectGolden(warehouse.statements.find((it) => it.name === 'clear-repeated'));
    expect(warehouse.journal).not.toContain('clear-history');
  });

  it('retries later when it sees fewer documents than the trigger claimed, and neither keeps nor says anything', async () => {
    const warehouse = fakeWarehouse({ 'count-extracted': [{ ROWS_FOUND: '1799', DOCUMENTS_FOUND: '500' }] });

    const extract = extractBatch({ warehouse, publish: bus.publish, now })(triggered);

    await expect(extract).rejects.toMatchObject({
      kind: 'RetryLater',
      message: "sees 500 of the batch's 501 documents",
    });
    expect(warehouse.journal).toEqual(['normalize-documents', 'count-extracted']);
    expect(bus.events).toEqual([]);
  });

  it('takes more documents than the trigger claimed for a defect', async () => {
    const warehouse = fakeWarehouse({ 'count-extracted': [{ ROWS_FOUND: '1804', DOCUMENTS_FOUND: '502' }] });

    const extract = extractBatch({ warehouse, publish: bus.publish, now })(triggered);

    await expect(extract).rejects.toMatchObject({
      kind: 'Defect',
      message: 'found 502 documents where the trigger claimed 501',
    });
    expect(bus.events).toEqual([]);
  });

  it('refuses a pipeline that it has no definition of, before it touches the warehouse', async () => {
    const warehouse = fakeWarehouse(allThere);

    const extract = extractBatch({ warehouse, publish: bus.publish, now })(
      example(BatchTriggered, { pipeline: 'returns' }),
    );

    await expect(extract).rejects.toMatchObject({
      kind: 'BadMessage',
      message: 'extract knows no pipeline returns: add services/extract/pipelines/returns.ts',
    });
    expect(warehouse.journal).toEqual([]);
  });

  it('says nothing when its copy into the history was rolled back', async () => {
    const warehouse = fakeWarehouse({ ...allThere, 'append-history': new RetryLater('busy') });

    const extract = extractBatch({ warehouse, publish: bus.publish, now })(triggered);

    await expect(extract).rejects.toMatchObject({ kind: 'RetryLater', message: 'busy' });
    expect(warehouse.journal.at(-1)).toBe('rollback');
    expect(bus.events).toEqual([]);
  });

  it('fails when the bus refuses its event, so that the message comes again', async () => {
    bus.refuseOnce(new RetryLater('throttled'));

    const extract = extractBatch({ warehouse: fakeWarehouse(allThere), publish: bus.publish, now })(triggered);

    await expect(extract).rejects.toMatchObject({ kind: 'RetryLater', message: 'throttled' });
  });
});

describe('dropExtracted', () => {
  it('drops its temp tables of every attempt, and nothing else', async () => {
    const warehouse = fakeWarehouse();

    await dropExtracted({ warehouse, now: () => new Date('2026-02-01T00:00:00.000Z') })(
      example(BatchCompleted, { attempt: 3 }),
    );

    expectGolden(warehouse.statements[0]);
    const table = `DEV_RAW_PROCESSED.ECOMM.ORDERS_NORMALIZED_TEMP_${triggered.batchId}`;
    expect(warehouse.statements.slice(0, -1).map((it) => it.text)).toEqual(
      [1, 2, 3].map((attempt) => `drop table if exists "${`${table}_${attempt}`.split('.').join('"."')}"`),
    );
  });

  it('drops its own temp tables of batches that never ended, once they are two weeks old', async () => {
    const old = 'ORDERS_NORMALIZED_TEMP_20260101093000_A1B2C3D4_1';
    const warehouse = fakeWarehouse({ 'expired-temps': [{ TABLE_NAME: old }] });

    await dropExtracted({ warehouse, now: () => new Date('2026-02-01T00:00:00.000Z') })(example(BatchCompleted));

    expect(warehouse.statements.at(-2)).toMatchObject({
      binds: ['ECOMM', 'ORDERS_NORMALIZED_TEMP_', '2026-01-18T00:00:00.000Z'],
    });
    expect(warehouse.statements.at(-1)!.text).toBe(`drop table if exists "DEV_RAW_PROCESSED"."ECOMM"."${old}"`);
  });
});
