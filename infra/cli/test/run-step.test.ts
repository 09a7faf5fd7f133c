import { describe, expect, it } from '@jest/globals';
import { orders } from '../../../services/extract/pipelines/orders.ts';
import { isClassic, readClassic } from '../step/classic-document.ts';
import { nestRows } from '../step/nest-rows.ts';

const KNOWN = {
  pipelines: ['orders', 'returns'],
  steps: ['coordinator', 'extract', 'validate', 'transform', 'load'],
  stages: ['dev', 'local'],
};
const classic = (more: object) => readClassic({ stage: 'dev', task: 'orders', data: [{}], ...more }, KNOWN);

describe('a classic document', () => {
  it('is told from an event', () => {
    expect(isClassic({ task: 'orders', data: [] })).toBe(true);
    expect(isClassic({ 'detail-type': 'batch.loaded.v1', detail: { data: {} } })).toBe(false);
    expect(isClassic(null)).toBe(false);
  });

  it('says whose data it is, which step is meant, and whether all that follow are', () => {
    expect(classic({ env: 'dev', mode: 'all', lambdaName: 'firn-dev-Transform', kwarg: { batchId: 'B1' } })).toEqual({
      pipeline: 'orders',
      step: 'transform',
      isAll: true,
      batchId: 'B1',
      hasExtraction: true,
      data: [{}],
    });
    expect(classic({ task: 'load', kwarg: { pipeline: 'returns' }, data: { a: 1 } })).toMatchObject({
      pipeline: 'returns',
      step: 'load',
      isAll: false,
      data: [{ a: 1 }],
    });
  });

  it.each<[string, object, string]>([
    ['another stage', { stage: 'prod' }, 'the classic document is for prod'],
    ['another environment', { env: 'qa' }, 'the classic document is for qa'],
    ['a mode that means nothing', { mode: 'turbo' }, 'mode turbo has no meaning here'],
    ['nobody', { task: 'carts' }, 'whose data is it?'],
    ['no step', { lambdaName: 'firn-dev-archive' }, 'lambdaName firn-dev-archive is no step'],
    ['neither a pipeline nor a step', { task: 'x', kwarg: { pipeline: 'orders' } }, 'task x is neither'],
    ['no data', { data: [] }, "can't be read"],
    ['more than is known', { retries: 3 }, "can't be read"],
    ['a batch id that no table could be named by', { kwarg: { batchId: 'b-1' } }, "can't be read"],
  ])('is refused when it is for %s', (_, more, message) => {
    expect(() => classic(more)).toThrow(message);
  });
});

describe('rows that are tabular already', () => {
  const row = (more: object) => ({ ORDER_NUMBER: '1', ORDER_DATE: '2026-01-05', CUSTOMER_ID: '7', ...more });

  it('become the documents that extract makes them from, in the order of their positions', () => {
    const rows = [
      row({ LINE_NUMBER: 2, SKU: 'B', QUANTITY: 1 }),
      row({ line_number: 1, sku: 'A', quantity: 2 }),
      { ORDER_NUMBER: '2', SKU: 'C' },
    ];

    expect(nestRows(orders, rows)).toEqual([
      {
        order_number: '1',
        date: '2026-01-05',
        customer: { id: '7' },
        products: [
          { sku: 'A', quantity: 2 },
          { sku: 'B', quantity: 1 },
        ],
      },
      { order_number: '2', products: [{ sku: 'C' }] },
    ]);
  });

  it('without a key stay apart', () => {
    expect(nestRows(orders, [{ SKU: 'A' }, { SKU: 'B' }])).toHaveLength(2);
  });

  it('are refused where they contradict each other, or name a column that is not there', () => {
    expect(() => nestRows(orders, [row({}), row({ CUSTOMER_ID: '8' })])).toThrow('row 2: its CUSTOMER_ID is another');
    expect(() => nestRows(orders, [row({ COLOUR: 'red' })])).toThrow('row 1 has COLOUR, which is no column of orders');
  });

  it('are one document each where a document is one row', () => {
    const { explode: _, ...flat } = orders;
    const columns = orders.columns.filter((it) => 'document' in it.from);

    expect(nestRows({ ...flat, columns }, [row({}), row({})])).toHaveLength(2);
  });
});
