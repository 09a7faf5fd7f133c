import { beforeEach, describe, expect, it } from '@jest/globals';
import { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import { BatchValidated } from '../../../events/batch-validated.v1.ts';
import { RetryLater } from '../../../shared/errors.ts';
import { example, exampleTransformedStage } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse, type Answers } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { loadBatch } from '../service.ts';

const expectGolden = golden(import.meta.url);
const validated = exampleTransformedStage();
const loaded = example(BatchLoaded);
const now = () => new Date(loaded.time);
const stage = 'dev';
const entry = {
  ATTEMPT: '1',
  ROWS_LOADED: '1786',
  DOCUMENTS_LOADED: '494',
  ROWS_SUPERSEDED: '2',
  DOCUMENTS_SUPERSEDED: '1',
};
const notYet: Answers = {
  'read-manifest': { inTurn: [[], [entry]] },
  'count-loadable': [{ ROWS_FOUND: '1788' }],
};

let bus: FakeBus;
beforeEach(() => {
  bus = fakeBus();
});

describe('loadBatch', () => {
  it("replaces the batch's orders in one transaction with its manifest row, and says what became of them", async () => {
    const warehouse = fakeWarehouse(notYet);

    await loadBatch({ warehouse, publish: bus.publish, now, stage })(validated);

    expect(warehouse.journal).toEqual([
      'read-manifest',
      'count-loadable',
      'begin',
      'take-turn',
      'remove-replaced',
      'insert-orders',
      'record-load',
      'commit',
      'read-manifest',
    ]);
    warehouse.statements.forEach((statement) => expectGolden(statement));
    expect(bus.events).toEqual([loaded]);
  });

  it('loads nothing again when the manifest knows the batch, and says the same as before', async () => {
    const warehouse = fakeWarehouse({ 'read-manifest': [entry] });

    await loadBatch({ warehouse, publish: bus.publish, now, stage })(validated);

    expect(warehouse.journal).toEqual(['read-manifest']);
    expect(bus.events).toEqual([loaded]);
  });

  it('loads again for a newer attempt', async () => {
    const warehouse = fakeWarehouse({
      ...notYet,
      'read-manifest': { inTurn: [[entry], [{ ...entry, ATTEMPT: '2', ROWS_LOADED: '1788', ROWS_SUPERSEDED: '0' }]] },
    });

    await loadBatch({ warehouse, publish: bus.publish, now, stage })(exampleTransformedStage({ attempt: 2 }));

    expect(warehouse.journal.slice(2, -1)).toEqual([
      'begin',
      'take-turn',
      'withdraw-held',
      'remove-replaced',
      'insert-orders',
      'record-load',
      'commit',
    ]);
    expectGolden(warehouse.statements.find((it) => it.name === 'withdraw-held'));
    expect(bus.events).toMatchObject([{ attempt: 2, data: { rows: 1788, superseded: { rows: 0 } } }]);
  });

  it('does not load an older attempt over a newer one', async () => {
    const warehouse = fakeWarehouse({ 'read-manifest': [{ ...entry, ATTEMPT: '2' }] });

    await loadBatch({ warehouse, publish: bus.publish, now, stage })(validated);

    expect(warehouse.journal).toEqual(['read-manifest']);
  });

  it('has nothing to do with rows that the rules have not seen', async () => {
    const warehouse = fakeWarehouse();

    await loadBatch({ warehouse, publish: bus.publish, now, stage })(example(BatchValidated));

    expect(warehouse.journal).toEqual([]);
    expect(bus.events).toEqual([]);
  });

  it('loads into the tables of its own stage', async () => {
    const warehouse = fakeWarehouse(notYet);

    await loadBatch({ warehouse, publish: bus.publish, now, stage: 'prod' })(validated);

    expect(bus.events).toMatchObject([{ data: { target: 'PROD_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS' } }]);
    const written = warehouse.statements.filter((it) => /^(update|delete|insert)/.test(it.text));
    expect(written.map((it) => it.text.includes('"PROD_ANALYTICS"'))).toEqual([true, true, true, true]);
  });

  it.each(['1787', '1792'])(
    'retries later when it sees %s valid rows instead of the 1788 that validate left',
    async (found) => {
      const warehouse = fakeWarehouse({ ...notYet, 'count-loadable': [{ ROWS_FOUND: found }] });

      const load = loadBatch({ warehouse, publish: bus.publish, now, stage })(validated);

      await expect(load).rejects.toMatchObject({
        kind: 'RetryLater',
        message: `sees ${found} valid rows where validate left 1788`,
      });
      expect(warehouse.journal).toEqual(['read-manifest', 'count-loadable']);
      expect(bus.events).toEqual([]);
    },
  );

  it('takes a load that left no manifest row for a defect', async () => {
    const warehouse = fakeWarehouse({ ...notYet, 'read-manifest': [] });

    const load = loadBatch({ warehouse, publish: bus.publish, now, stage })(validated);

    await expect(load).rejects.toMatchObject({
      kind: 'Defect',
      message: 'the load was committed without its manifest row',
    });
  });

  it('says nothing when the load was rolled back', async () => {
    const warehouse = fakeWarehouse({ ...notYet, 'insert-orders': new RetryLater('busy') });

    const load = loadBatch({ warehouse, publish: bus.publish, now, stage })(validated);

    await expect(load).rejects.toMatchObject({ kind: 'RetryLater', message: 'busy' });
    expect(warehouse.journal.at(-1)).toBe('rollback');
    expect(bus.events).toEqual([]);
  });

  it('refuses a pipeline that it has no target for, before it touches the warehouse', async () => {
    const warehouse = fakeWarehouse();

    const load = loadBatch({ warehouse, publish: bus.publish, now, stage })(
      exampleTransformedStage({ pipeline: 'returns' }),
    );

    await expect(load).rejects.toMatchObject({
      kind: 'BadMessage',
      message: 'load knows no pipeline returns: add services/load/pipelines/returns.ts',
    });
    expect(warehouse.journal).toEqual([]);
  });

  it('fails when the bus refuses its event; the next delivery finds the load done and says so', async () => {
    bus.refuseOnce(new RetryLater('throttled'));
    const warehouse = fakeWarehouse(notYet);
    const load = loadBatch({ warehouse, publish: bus.publish, now, stage });

    await expect(load(validated)).rejects.toMatchObject({ kind: 'RetryLater', message: 'throttled' });
    await load(validated);

    expect(warehouse.journal.filter((it) => it === 'insert-orders')).toHaveLength(1);
    expect(bus.events).toEqual([loaded]);
  });
});
