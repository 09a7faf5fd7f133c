import { beforeEach, describe, expect, it } from '@jest/globals';
import { BatchCompleted } from '../../../events/batch-completed.v1.ts';
import { BatchExtracted } from '../../../events/batch-extracted.v1.ts';
import { BatchTransformed } from '../../../events/batch-transformed.v1.ts';
import { BatchValidated } from '../../../events/batch-validated.v1.ts';
import { RetryLater } from '../../../shared/errors.ts';
import { documentId } from '../../../shared/sql/document-id.ts';
import { example, exampleTransformedStage } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse, type Answers } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { dropVerdicts, validateBatch } from '../service.ts';

const expectGolden = golden(import.meta.url);
const extracted = example(BatchExtracted);
const validated = example(BatchValidated);
const now = () => new Date(validated.time);
const sums = {
  DOCUMENTS: '501',
  ROWS_JUDGED: '1804',
  REJECTED_DOCUMENTS: '3',
  REJECTED_ROWS: '7',
  UNREADABLE_DOCUMENTS: '1',
};
const someRejected: Answers = { 'sum-verdicts': [sums], 'hold-back': 3 };
const noneRejected: Answers = {
  'sum-verdicts': [{ ...sums, REJECTED_DOCUMENTS: '0', REJECTED_ROWS: '0', UNREADABLE_DOCUMENTS: '0' }],
};

let bus: FakeBus;
beforeEach(() => {
  bus = fakeBus();
});

describe('validateBatch', () => {
  it('judges the extracted rows in one scan, holds rejected documents back, and says how many', async () => {
    const warehouse = fakeWarehouse(someRejected);

    await validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    expect(warehouse.journal).toEqual([
      'judge-rows',
      'sum-verdicts',
      'begin',
      'clear-quarantine',
      'hold-back',
      'note-held',
      'note-result',
      'commit',
    ]);
    warehouse.statements.forEach((statement) => expectGolden(statement, 'extracted'));
    expect(bus.events).toEqual([validated]);
  });

  it('judges the transformed rows by their own suite', async () => {
    const { documents, rows } = example(BatchTransformed).data;
    const warehouse = fakeWarehouse({
      'sum-verdicts': [
        {
          DOCUMENTS: String(documents),
          ROWS_JUDGED: String(rows),
          REJECTED_DOCUMENTS: '1',
          REJECTED_ROWS: '4',
          UNREADABLE_DOCUMENTS: '0',
        },
      ],
      'hold-back': 1,
    });
    const told = exampleTransformedStage();
    const deps = { warehouse, publish: bus.publish, now: () => new Date(told.time) };

    await validateBatch(deps, 'transformed')(example(BatchTransformed));

    warehouse.statements.forEach((statement) => expectGolden(statement, 'transformed'));
    expect(bus.events).toEqual([told]);
  });

  it('leaves the quarantine alone when every document passes', async () => {
    const warehouse = fakeWarehouse(noneRejected);

    await validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    expect(warehouse.journal).toEqual(['judge-rows', 'sum-verdicts', 'note-result']);
    expect(bus.events).toMatchObject([{ data: { quarantined: { documents: 0, rows: 0, unreadable: 0 } } }]);
  });

  it('takes back what an earlier attempt held back when every document passes now', async () => {
    const warehouse = fakeWarehouse(noneRejected);

    await validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(example(BatchExtracted, { attempt: 2 }));

    expect(warehouse.journal).toEqual([
      'judge-rows',
      'sum-verdicts',
      'begin',
      'clear-quarantine',
      'note-result',
      'commit',
    ]);
  });

  it('says the same again, under the same id, when its message comes twice', async () => {
    const warehouse = fakeWarehouse(someRejected);
    const validate = validateBatch({ warehouse, publish: bus.publish, now }, 'extracted');

    await validate(extracted);
    await validate(extracted);

    expect(bus.events).toEqual([validated, validated]);
    expect(warehouse.statements.slice(6)).toEqual(warehouse.statements.slice(0, 6));
  });

  it('retries later when it sees fewer rows than the event promises, and holds nothing back', async () => {
    const warehouse = fakeWarehouse({ 'sum-verdicts': [{ ...sums, ROWS_JUDGED: '1803' }] });

    const validate = validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    await expect(validate).rejects.toMatchObject({
      kind: 'RetryLater',
      message: `sees 1803 of 1804 rows of ${extracted.data.table}`,
    });
    expect(warehouse.journal).toEqual(['judge-rows', 'sum-verdicts']);
    expect(bus.events).toEqual([]);
  });

  it('retries later when fewer documents reached the quarantine than it rejected', async () => {
    const warehouse = fakeWarehouse({ ...someRejected, 'hold-back': 2 });

    const validate = validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    await expect(validate).rejects.toMatchObject({
      kind: 'RetryLater',
      message: 'held back 2 of the 3 documents it rejected',
    });
    expect(bus.events).toEqual([]);
  });

  it('takes more documents in quarantine than it rejected for a defect', async () => {
    const warehouse = fakeWarehouse({ ...someRejected, 'hold-back': 4 });

    const validate = validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    await expect(validate).rejects.toMatchObject({
      kind: 'Defect',
      message: 'held back 4 documents where it rejected 3',
    });
    expect(bus.events).toEqual([]);
  });

  it('refuses a pipeline that it has no suites for, before it touches the warehouse', async () => {
    const warehouse = fakeWarehouse();
    const validate = validateBatch({ warehouse, publish: bus.publish, now }, 'extracted');

    await expect(validate(example(BatchExtracted, { pipeline: 'returns' }))).rejects.toMatchObject({
      kind: 'BadMessage',
      message: 'validate has no suites for returns: add services/validate/suites/returns.*',
    });
    expect(warehouse.journal).toEqual([]);
  });

  it('says nothing when the quarantine was rolled back', async () => {
    const warehouse = fakeWarehouse({ ...someRejected, 'hold-back': new RetryLater('busy') });

    const validate = validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    await expect(validate).rejects.toMatchObject({ kind: 'RetryLater', message: 'busy' });
    expect(warehouse.journal.at(-1)).toBe('rollback');
    expect(bus.events).toEqual([]);
  });

  it('fails when the bus refuses its event, so that the message comes again', async () => {
    bus.refuseOnce(new RetryLater('throttled'));
    const deps = { warehouse: fakeWarehouse(someRejected), publish: bus.publish, now };

    await expect(validateBatch(deps, 'extracted')(extracted)).rejects.toMatchObject({
      kind: 'RetryLater',
      message: 'throttled',
    });
  });
});

describe('dropVerdicts', () => {
  it('drops the verdicts of both stages and every attempt, and nothing else', async () => {
    const warehouse = fakeWarehouse();

    await dropVerdicts({ warehouse, now: () => new Date('2026-02-01T00:00:00.000Z') })(
      example(BatchCompleted, { attempt: 2 }),
    );

    expectGolden(warehouse.statements[0]);
    expect(warehouse.statements.slice(0, -1).map((it) => it.text.split('"').at(-2))).toEqual([
      `ORDERS_VERDICTS_TEMP_EXTRACTED_${extracted.batchId}_1`,
      `ORDERS_VERDICTS_TEMP_TRANSFORMED_${extracted.batchId}_1`,
      `ORDERS_VERDICTS_TEMP_EXTRACTED_${extracted.batchId}_2`,
      `ORDERS_VERDICTS_TEMP_TRANSFORMED_${extracted.batchId}_2`,
    ]);
    expect(warehouse.journal).toEqual([...Array.from({ length: 4 }, () => 'drop-temp'), 'expired-temps']);
  });
});

describe('holdBack', () => {
  it('tells two documents of one file name and row apart: the file may have been replaced within a batch', async () => {
    const warehouse = fakeWarehouse(someRejected);

    await validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    const holdBack = warehouse.statements.find((it) => it.name === 'hold-back');
    expect(holdBack?.text).toContain(`endswith(v.ROW_VERSION, ${documentId.text})`);
  });
});
