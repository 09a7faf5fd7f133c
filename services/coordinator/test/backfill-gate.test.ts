import { describe, expect, it } from '@jest/globals';
import { judge } from '../backfill/gate.ts';
import type { TableReport } from '../backfill/report.ts';

const column = (name: string, changed = 0, exceeding?: number) => ({
  column: name,
  changed,
  matchRate: 1 - changed / 10,
  ...(exceeding !== undefined && { exceeding }),
});
const table = (more: Partial<TableReport> = {}): TableReport => ({
  live: 'A.B.ITEMS',
  shadow: 'A.B.ITEMS_X',
  isLive: true,
  missing: [],
  surplus: [],
  dependents: { streams: [], grants: [], views: [], policies: [] },
  key: ['K'],
  rows: { live: 10, rebuilt: 10 },
  identical: false,
  added: 0,
  removed: 0,
  changed: 0,
  matched: 10,
  duplicateKeys: { live: 0, rebuilt: 0 },
  withoutKey: { live: 0, rebuilt: 0 },
  apartEqual: true,
  columns: [column('PRICE'), column('COUNTRY')],
  samples: [],
  ...more,
});
const changed = (price: number, country: number, exceeding?: number) =>
  table({
    changed: Math.max(price, country),
    columns: [column('PRICE', price, exceeding), column('COUNTRY', country)],
  });

describe('the gate', () => {
  it.each<[string, TableReport, Parameters<typeof judge>[1]]>([
    ['what is identical', table({ identical: true }), {}],
    ['a difference in a column that was announced', changed(3, 0), { expect: [{ column: 'PRICE' }] }],
    ['a difference within what was announced', changed(3, 0, 0), { expect: [{ column: 'PRICE', tolerance: 0.01 }] }],
    ['a difference in the only columns that may change', changed(3, 0), { columns: ['PRICE'] }],
    ['the first rows of a table that is not there yet', table({ isLive: false, added: 10 }), {}],
  ])('opens for %s', (_, found, request) => {
    expect(judge([found], request)).toEqual({ open: [], barred: false });
  });

  it.each<[string, TableReport, Parameters<typeof judge>[1], string]>([
    ['a column that nobody announced', changed(3, 2), { expect: [{ column: 'PRICE' }] }, 'ITEMS: COUNTRY differs in 2'],
    [
      'more than the tolerance',
      changed(3, 0, 1),
      { expect: [{ column: 'PRICE', tolerance: 0.01 }] },
      'ITEMS: PRICE differs by more than announced in 1',
    ],
    ['rows more', table({ added: 1 }), {}, 'ITEMS: 1 row more'],
    ['rows fewer', table({ removed: 2 }), {}, 'ITEMS: 2 rows fewer'],
    [
      'rows that can not be told apart, and differ',
      table({ apartEqual: false, withoutKey: { live: 1, rebuilt: 2 } }),
      {},
      'ITEMS: 3 rows with no key or one that others share, differ',
    ],
    [
      'a column that no table has',
      table({ identical: true }),
      { expect: [{ column: 'NOPE' }] },
      'NOPE was announced, but no table has it',
    ],
    [
      'a column of the live table that is not rebuilt',
      table({ identical: true, surplus: ['X_CHANNEL'] }),
      {},
      'ITEMS: values of X_CHANNEL are not rebuilt, and would be gone for good',
    ],
    [
      'a table that is read through a policy',
      table({ identical: true, dependents: { streams: [], grants: [], views: [], policies: ['ROW_ACCESS_POLICY P'] } }),
      {},
      'ITEMS: is read through ROW_ACCESS_POLICY P',
    ],
    [
      'a table of which nobody could see whether it is read through a policy',
      table({
        identical: true,
        dependents: {
          streams: [],
          grants: [],
          views: [],
          policies: [],
          unseen: ['views: not authorized', 'policies: not authorized'],
        },
      }),
      {},
      'ITEMS: could not see its policies: not authorized',
    ],
  ])('asks a person about %s', (_, found, request, reason) => {
    expect(judge([found], request)).toEqual({ open: [reason], barred: false });
  });

  it('lets nobody approve what changes other columns than the only ones', () => {
    const verdict = judge([changed(3, 1)], { columns: ['PRICE'], expect: [{ column: 'COUNTRY' }] });

    expect(verdict.barred).toBe(true);
  });

  it('lets nobody publish into a table whose definition has not been applied', () => {
    expect(judge([table({ identical: true, missing: ['CHANNEL'] })], {})).toEqual({
      open: ['ITEMS: the live table has no column CHANNEL yet'],
      barred: true,
    });
  });

  it('names twenty reasons at most', () => {
    const columns = Array.from({ length: 30 }, (_, at) => column(`C${at}`, 1));

    expect(judge([table({ columns })], {}).open).toHaveLength(20);
  });
});
