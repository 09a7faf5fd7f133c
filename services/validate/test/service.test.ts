import { beforeEach, describe, expect, it } from '@jest/globals';
import { BatchExtracted } from '../../../events/batch-extracted.v1.ts';
import { BatchTransformed } from '../../../events/batch-transformed.v1.ts';
import { BatchValidated } from '../../../events/batch-validated.v1.ts';
import { RetryLater } from '../../../shared/errors.ts';
import { documentId } from '../../../shared/sql/document-id.ts';
import { example, exampleTransformedStage } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse, type Answers } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { validateBatch } from '../service.ts';
import type { Expectation } from '../suites/expectation.ts';
import { suiteOf } from '../suites/registry.ts';

const expectGolden = golden(import.meta.url);
const extracted = example(BatchExtracted);
const validated = example(BatchValidated);
const now = () => new Date(validated.time);
const sums = { ROWS_JUDGED: '1804', ROWS_DEFECTIVE: '2', BROKEN_1: '1', BROKEN_7: '5', BROKEN_8: '1' };
const someRejected: Answers = {
  'judge-rows': [sums],
  'note-result': 1,
  'weigh-held': [{ DOCUMENTS: '3', FOUND: '3', ROWS_HELD: '7', UNREADABLE: '1' }],
};
const noneRejected: Answers = { 'judge-rows': [{ ROWS_JUDGED: '1804', ROWS_DEFECTIVE: '0' }], 'note-result': 1 };

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
      'begin',
      'take-turn',
      'note-result',
      'clear-quarantine',
      'hold-back',
      'weigh-held',
      'note-held',
      'commit',
    ]);
    warehouse.statements.forEach((statement) => expectGolden(statement, 'extracted'));
    expect(bus.events).toEqual([validated]);
  });

  it('judges the transformed rows by their own suite', async () => {
    const { rows } = example(BatchTransformed).data;
    const warehouse = fakeWarehouse({
      'judge-rows': [{ ROWS_JUDGED: String(rows), ROWS_DEFECTIVE: '0', BROKEN_5: '2' }],
      'note-result': 1,
      'weigh-held': [{ DOCUMENTS: '1', FOUND: '1', ROWS_HELD: '4', UNREADABLE: '0' }],
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

    expect(warehouse.journal).toEqual(['judge-rows', 'note-result']);
    expect(bus.events).toMatchObject([{ data: { quarantined: { documents: 0, rows: 0, unreadable: 0 } } }]);
  });

  it('takes back what an earlier attempt held back when every document passes now', async () => {
    const warehouse = fakeWarehouse(noneRejected);

    await validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(example(BatchExtracted, { attempt: 2 }));

    expect(warehouse.journal).toEqual(['judge-rows', 'begin', 'note-result', 'clear-quarantine', 'commit']);
  });

  it('says the same again, under the same id, when its message comes twice', async () => {
    const warehouse = fakeWarehouse(someRejected);
    const validate = validateBatch({ warehouse, publish: bus.publish, now }, 'extracted');

    await validate(extracted);
    await validate(extracted);

    expect(bus.events).toEqual([validated, validated]);
    expect(warehouse.statements.slice(7)).toEqual(warehouse.statements.slice(0, 7));
  });

  it.each([
    ['some are held', someRejected],
    ['all have passed', noneRejected],
  ])('tells what this attempt was judged to be before, and changes nothing of it, where %s', async (_, answers) => {
    const warehouse = fakeWarehouse({
      ...answers,
      'note-result': 0,
      'weigh-held': [{ DOCUMENTS: '3', FOUND: '3', ROWS_HELD: '7', UNREADABLE: '1' }],
    });

    await validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    expect(warehouse.journal).not.toContain('commit');
    expect(warehouse.journal.at(-1)).toBe('weigh-held');
    expect(bus.events).toEqual([validated]);
  });

  it('retries later when it sees fewer rows than the event promises, and holds nothing back', async () => {
    const warehouse = fakeWarehouse({ 'judge-rows': [{ ...sums, ROWS_JUDGED: '1803' }] });

    const validate = validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    await expect(validate).rejects.toMatchObject({
      kind: 'RetryLater',
      message: `sees 1803 of 1804 rows of ${extracted.data.table}`,
    });
    expect(warehouse.journal).toEqual(['judge-rows']);
    expect(bus.events).toEqual([]);
  });

  it.each([
    [2, 'RetryLater', 'sees 2 of the 3 documents that it holds back'],
    [4, 'Defect', 'found 4 documents where it holds back 3'],
  ])('holds nothing back when it finds %i of 3 documents as they arrived', async (found, kind, message) => {
    const weighed = { DOCUMENTS: '3', FOUND: String(found), ROWS_HELD: '7', UNREADABLE: '1' };
    const warehouse = fakeWarehouse({ ...someRejected, 'weigh-held': [weighed] });

    const validate = validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    await expect(validate).rejects.toMatchObject({ kind, message });
    expect(warehouse.journal.at(-1)).toBe('rollback');
    expect(bus.events).toEqual([]);
  });

  it.each([
    [0, 'batch.failed.v1'],
    [1, 'batch.validated.v1'],
  ])('stops a batch with a verdict unless the attempt has gone on before (%i)', async (times, type) => {
    const warehouse = fakeWarehouse({
      'judge-rows': [{ ROWS_JUDGED: '1804', ROWS_DEFECTIVE: '0', MET_9: false }],
      'has-gone-on': [{ N: String(times) }],
      'weigh-held': [{ DOCUMENTS: '0', FOUND: '0', ROWS_HELD: '0', UNREADABLE: '0' }],
    });
    const stopping = { ...suiteOf('orders', 'extracted').expectations[8]!, severity: 'fail' as const };
    const suite = suiteOf('orders', 'extracted').expectations as Expectation[];
    const [kept] = suite.splice(8, 1, stopping);

    await validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);
    suite.splice(8, 1, kept!);

    expectGolden(warehouse.statements.find((it) => it.name === 'has-gone-on'));
    expect(bus.events).toMatchObject([{ type }]);
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

describe('holdBack', () => {
  it('tells two documents of one file name and row apart: the file may have been replaced within a batch', async () => {
    const warehouse = fakeWarehouse(someRejected);

    await validateBatch({ warehouse, publish: bus.publish, now }, 'extracted')(extracted);

    const holdBack = warehouse.statements.find((it) => it.name === 'hold-back');
    expect(holdBack?.text).toContain(`endswith(v.ROW_VERSION, ${documentId.text})`);
  });
});
