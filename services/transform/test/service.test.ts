import { beforeEach, describe, expect, it } from '@jest/globals';
import { BatchCompleted } from '../../../events/batch-completed.v1.ts';
import { BatchTransformed } from '../../../events/batch-transformed.v1.ts';
import { BatchValidated } from '../../../events/batch-validated.v1.ts';
import { RetryLater } from '../../../shared/errors.ts';
import { example, exampleTransformedStage } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse, type Answers } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { dropTransformed, transformBatch } from '../service.ts';

const expectGolden = golden(import.meta.url);
const validated = example(BatchValidated);
const transformed = example(BatchTransformed);
const now = () => new Date(transformed.time);
const counts = { ROWS_IN: '1797', DOCUMENTS_IN: '498', ORDERS_IN: '496', ROWS_OUT: '1792', DOCUMENTS_OUT: '496' };
const counted = (changes: Partial<typeof counts> = {}): Answers => ({
  'count-valid': [{ ...counts, ...changes }],
  'count-transformed': [{ ...counts, ...changes }],
});

let bus: FakeBus;
beforeEach(() => {
  bus = fakeBus();
});

describe('transformBatch', () => {
  it('applies the rules to the newest valid version of each order, and says what it left out', async () => {
    const warehouse = fakeWarehouse(counted());

    await transformBatch({ warehouse, publish: bus.publish, now })(validated);

    // What it sees of the quarantine before it applies the rules, it sees while it does, and not the other way round.
    expect(warehouse.journal).toEqual(['count-valid', 'apply-rules', 'count-transformed']);
    warehouse.statements.forEach((statement) => expectGolden(statement));
    expect(bus.events).toEqual([transformed]);
  });

  it('does not look into the quarantine when nothing was held back', async () => {
    const warehouse = fakeWarehouse(counted({ DOCUMENTS_IN: '501' }));
    const clean = example(BatchValidated, {}, { quarantined: { documents: 0, rows: 0, unreadable: 0 } });

    await transformBatch({ warehouse, publish: bus.publish, now })(clean);

    warehouse.statements.slice(0, 2).forEach((statement) => expectGolden(statement, 'nothing-held-back'));
    expect(bus.events).toMatchObject([{ data: { superseded: { documents: 5, rows: 5 } } }]);
  });

  it('has nothing to do with rows that it has transformed itself', async () => {
    const warehouse = fakeWarehouse();

    await transformBatch({ warehouse, publish: bus.publish, now })(exampleTransformedStage());

    expect(warehouse.journal).toEqual([]);
    expect(bus.events).toEqual([]);
  });

  it('says the same again, under the same id, when its message comes twice', async () => {
    const warehouse = fakeWarehouse(counted());
    const transform = transformBatch({ warehouse, publish: bus.publish, now });

    await transform(validated);
    await transform(validated);

    expect(bus.events).toEqual([transformed, transformed]);
  });

  it('writes a later attempt into a table of its own, from the table that the event names', async () => {
    const warehouse = fakeWarehouse(counted());

    await transformBatch({ warehouse, publish: bus.publish, now })(example(BatchValidated, { attempt: 2 }));

    const table = transformed.data.table.replace(/_1$/, '_2');
    expect(bus.events).toMatchObject([{ attempt: 2, data: { table } }]);
    expect(warehouse.statements[1]!.text).toContain(`"${table.split('.')[2]}"`);
    expect(warehouse.statements[1]!.text).toContain(`"${validated.data.table.split('.')[2]}"`);
  });

  it.each(['497', '501'])(
    'retries later when it sees %s valid documents instead of the 498 that validate left, and touches nothing',
    async (DOCUMENTS_IN) => {
      const warehouse = fakeWarehouse(counted({ DOCUMENTS_IN }));

      await expect(transformBatch({ warehouse, publish: bus.publish, now })(validated)).rejects.toMatchObject({
        kind: 'RetryLater',
        message: `sees ${DOCUMENTS_IN} valid documents where validate left 498`,
      });
      expect(warehouse.journal).toEqual(['count-valid']);
      expect(bus.events).toEqual([]);
    },
  );

  it('takes rules that lose an order for a defect', async () => {
    const warehouse = fakeWarehouse(counted({ DOCUMENTS_OUT: '495' }));

    await expect(transformBatch({ warehouse, publish: bus.publish, now })(validated)).rejects.toMatchObject({
      kind: 'Defect',
      message: 'the rules of orders turned 496 orders into 495: reject orders by an expectation, not by a rule',
    });
    expect(bus.events).toEqual([]);
  });

  it('takes an answer without counts for a defect instead of a zero', async () => {
    const transform = transformBatch({ warehouse: fakeWarehouse(), publish: bus.publish, now });

    await expect(transform(validated)).rejects.toThrow('not a count: undefined');
  });

  it('refuses a pipeline that it has no rules for, before it touches the warehouse', async () => {
    const warehouse = fakeWarehouse();
    const transform = transformBatch({ warehouse, publish: bus.publish, now });

    await expect(transform(example(BatchValidated, { pipeline: 'returns' }))).rejects.toMatchObject({
      kind: 'BadMessage',
      message: 'transform knows no pipeline returns: add services/transform/pipelines/returns.sql',
    });
    expect(warehouse.journal).toEqual([]);
  });

  it('fails when the bus refuses its event, so that the message comes again', async () => {
    bus.refuseOnce(new RetryLater('throttled'));
    const transform = transformBatch({ warehouse: fakeWarehouse(counted()), publish: bus.publish, now });

    await expect(transform(validated)).rejects.toMatchObject({ kind: 'RetryLater', message: 'throttled' });
  });
});

describe('dropTransformed', () => {
  it('drops its temp tables of every attempt, and nothing else', async () => {
    const warehouse = fakeWarehouse();

    await dropTransformed({ warehouse, now: () => new Date('2026-02-01T00:00:00.000Z') })(
      example(BatchCompleted, { attempt: 2 }),
    );

    expectGolden(warehouse.statements[0]);
    const table = `ORDERS_TRANSFORMED_TEMP_${validated.batchId}`;
    expect(warehouse.statements.slice(0, -1).map((it) => it.text)).toEqual(
      [1, 2].map((attempt) => `drop table if exists "DEV_RAW_PROCESSED"."ECOMM"."${table}_${attempt}"`),
    );
  });
});
