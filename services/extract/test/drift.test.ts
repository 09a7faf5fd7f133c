import { beforeEach, describe, expect, it } from '@jest/globals';
import { BatchExtracted } from '../../../events/batch-extracted.v1.ts';
import { example } from '../../../shared/testing/examples.ts';
import { fakeBus, type FakeBus } from '../../../shared/testing/fake-bus.ts';
import { fakeWarehouse } from '../../../shared/testing/fake-warehouse.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { decideDrift, MOST_COLUMNS, toRemember, type Field } from '../drift/decide-drift.ts';
import { evolvedColumn, evolvedSource } from '../drift/evolved-column.ts';
import { evolvedPipeline, noticeDrift } from '../drift/service.ts';
import type { ExtractPipeline } from '../pipelines/definition.ts';
import { knownKeys, knownPaths, lookedAt } from '../pipelines/known-paths.ts';
import { orders } from '../pipelines/orders.ts';
import { addColumn } from '../sql/find-fields.ts';
import { normalizeDocuments } from '../sql/normalize-documents.ts';
import { addColumnProcedure } from '../tables.ts';

const expectGolden = golden(import.meta.url);
const evolving: ExtractPipeline = { ...orders, drift: 'evolve' };
const field = (path: string, kind = 'VARCHAR'): Field => ({ path, kind });
const usual = [
  field('order_number'),
  field('customer', 'OBJECT'),
  field('customer.id'),
  field('products', 'ARRAY'),
  field('products[].sku'),
];
const changes = (before: readonly Field[], found: readonly Field[], documents = 100, pipeline = orders) =>
  decideDrift(pipeline, before, found, documents).map((it) => `${it.what} ${it.path} ${it.kind} ${it.before.join()}`);

describe('the fields of a pipeline', () => {
  it('are those of its columns, and all that lead to one', () => {
    const paths = [...knownPaths(orders)];

    expect(paths).toEqual(
      expect.arrayContaining(['order_number', 'customer', 'customer.id', 'products', 'products[].sku']),
    );
    expect(lookedAt(orders).map((it) => it.prefix)).toEqual(['', 'customer.', 'products[].']);
    expect(lookedAt(orders).map((it) => knownKeys(orders, it).length)).toEqual([4, 2, 4]);
  });
});

describe('drift', () => {
  it('is nothing where all is as described, seen before or for the first time', () => {
    expect(changes([], usual)).toEqual([]);
    expect(changes(usual, usual)).toEqual([]);
  });

  it.each<[string, readonly Field[], readonly Field[], readonly string[]]>([
    ['a field that nobody has defined', usual, [...usual, field('vip', 'BOOLEAN')], ['appeared vip BOOLEAN ']],
    [
      'another kind of value',
      usual,
      [...usual, field('customer.id', 'NUMBER')],
      ['changed customer.id NUMBER VARCHAR'],
    ],
    ['a field that is gone', usual, usual.slice(0, 4), ['vanished products[].sku ABSENT VARCHAR']],
  ])('is %s', (_, before, found, then) => {
    expect(changes(before, found)).toEqual(then);
  });

  it('is told once: what it has shown before is remembered', () => {
    const found = [...usual.slice(0, 4), field('vip', 'BOOLEAN')];
    const news = decideDrift(orders, usual, found, 100);
    const remembered = [...usual, ...toRemember(usual, found, news)];

    expect(news.map((it) => it.what)).toEqual(['appeared', 'vanished']);
    expect(changes(remembered, found)).toEqual([]);
    expect(toRemember(remembered, found, [])).toEqual([]);
  });

  it('is not that a value is null, nor that a small batch lacks a field', () => {
    expect(changes(usual, [...usual, field('customer.id', 'NULL_VALUE'), field('x', 'NULL_VALUE')])).toEqual([]);
    expect(changes(usual, usual.slice(0, 4), 99)).toEqual([]);
  });
});

describe('a pipeline that evolves', () => {
  it.each([
    ['vip', 'BOOLEAN', 'X_VIP'],
    ['products[].colour', 'VARCHAR', 'X_PRODUCTS_COLOUR'],
    ['a"; drop table X; --', 'NUMBER', 'X_A_DROP_TABLE_X'],
    ['größe', 'VARCHAR', 'X_GR_E'],
    ['tags', 'ARRAY', undefined],
    ['!!', 'VARCHAR', undefined],
    ['order_number', 'VARCHAR', undefined],
  ])('gives %j of kind %s the column %s', (path, kind, column) => {
    expect(evolvedColumn(evolving, { path, kind })).toBe(column);
    expect(evolvedColumn(orders, { path, kind })).toBeUndefined();
  });

  it('reads it where it was found', () => {
    expect(evolvedSource(evolving, { path: 'customer.vip' })).toEqual({ document: ['customer', 'vip'] });
    expect(evolvedSource(evolving, { path: 'products[].colour' })).toEqual({ element: ['colour'] });
    expect(evolvedSource(evolving, { path: 'a..b' })).toBeUndefined();
  });

  it('adds a column by a procedure, since it owns no table to alter', () => {
    expectGolden(addColumn({ procedure: addColumnProcedure('dev', orders), column: 'X_VIP' }));
    expect(addColumnProcedure('dev', orders)).toBe('DEV_RAW_PROCESSED.ECOMM.ORDERS_ADD_COLUMN');
  });

  it('gives a name once, and no more columns than a history can bear', () => {
    const many = Array.from({ length: MOST_COLUMNS + 5 }, (_, at) => field(`f${at}`));
    const columns = decideDrift(evolving, [], [field('a-b'), field('a_b'), ...many], 1).map((it) => it.column);

    expect(columns.slice(0, 2)).toEqual(['X_A_B', null]);
    expect(columns.filter((it) => it !== null)).toHaveLength(MOST_COLUMNS);
  });

  it('extracts the columns that it has got, unless their fields are defined by now', async () => {
    const rows = [
      { PATH: 'products[].colour', KIND: 'VARCHAR', COLUMN_NAME: 'X_PRODUCTS_COLOUR' },
      { PATH: 'order_number', KIND: 'VARCHAR', COLUMN_NAME: 'X_ORDER_NUMBER' },
    ];
    const warehouse = fakeWarehouse({ 'read-evolved': rows });
    const { source } = example(BatchExtracted).data;

    const grown = await evolvedPipeline(warehouse, evolving, source, example(BatchExtracted));

    expect(grown.columns.slice(orders.columns.length)).toEqual([
      { name: 'X_PRODUCTS_COLOUR', from: { element: ['colour'] }, type: 'VARCHAR' },
    ]);
    expectGolden(warehouse.statements[0]);
    expect(await evolvedPipeline(warehouse, orders, source, example(BatchExtracted))).toBe(orders);
  });
});

describe('a pipeline that holds drift back', () => {
  it('names documents and elements with fields that nobody has defined', () => {
    const { source: from, table: into } = example(BatchExtracted).data;

    const strict = normalizeDocuments({ pipeline: { ...orders, drift: 'quarantine' }, from, into, batchId: 'B1' });

    expectGolden(strict, 'strict');
    expect(strict.text).toContain("array_except(object_keys(f.VALUE), array_construct('sku', ");
  });
});

describe('noticeDrift', () => {
  let bus: FakeBus;
  beforeEach(() => {
    bus = fakeBus();
  });
  const row = (SIDE: string, { path: PATH, kind: KIND }: Field, TIMES = 1) => ({ SIDE, PATH, KIND, TIMES });
  const notice = async (known: readonly Field[], found: readonly Field[], answers = {}) => {
    const rows = [
      ...known.map((it) => row('known', it)),
      ...found.map((it) => row('found', it)),
      row('documents', field(''), 501),
    ];
    const warehouse = fakeWarehouse({ 'find-fields': rows, ...answers });
    const deps = {
      warehouse,
      publish: bus.publish,
      now: () => new Date('2026-01-05T09:30:05.000Z'),
      stage: 'dev' as const,
    };
    await noticeDrift(deps)(example(BatchExtracted));
    return warehouse;
  };

  it('costs one statement where nothing is new', async () => {
    const warehouse = await notice(usual, usual);

    warehouse.statements.forEach((it) => expectGolden(it));
    expect(warehouse.journal).toEqual(['find-fields']);
    expect(bus.events).toEqual([]);
  });

  it('tells what is new before it remembers it, under an id that follows from the news', async () => {
    const warehouse = await notice(usual, [...usual, field('vip', 'BOOLEAN')]);
    await notice(usual, [...usual, field('vip', 'BOOLEAN')]);

    expect(warehouse.journal).toEqual(['find-fields', 'keep-fields']);
    expectGolden(warehouse.statements.at(-1));
    expect(bus.events).toMatchObject([
      { type: 'schema.drifted.v1', batchId: 'SCHEMA', data: { policy: 'ignore', changes: [{ path: 'vip' }], more: 0 } },
      { id: bus.events[0]!.id },
    ]);
  });

  it('only remembers what a pipeline describes when it sees it first', async () => {
    const warehouse = await notice([], usual);

    expect(warehouse.journal).toEqual(['find-fields', 'keep-fields']);
    expect(bus.events).toEqual([]);
  });

  it('names some of many, and counts the rest', async () => {
    await notice(usual, [...usual, ...Array.from({ length: 30 }, (_, at) => field(`x${at}`))]);

    const [{ data }] = bus.events as unknown as readonly [{ data: { changes: unknown[]; more: number } }];
    expect([data.changes.length, data.more]).toEqual([20, 10]);
  });

  it('leaves chunks of a backfill alone', async () => {
    const warehouse = fakeWarehouse();
    const deps = { warehouse, publish: bus.publish, now: () => new Date(), stage: 'dev' as const };

    await noticeDrift(deps)(example(BatchExtracted, {}, { backfill: { id: 'BF20260105110000_A1B2C3D4' } }));

    expect(warehouse.journal).toEqual([]);
  });
});
