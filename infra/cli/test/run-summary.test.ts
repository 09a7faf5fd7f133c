import { describe, expect, it } from '@jest/globals';
import { flows } from '../flow/flow-tables.ts';
import { widthOf } from '../view/text.ts';
import { exitCodeOf, summaryJson, summaryLines, type Summary } from '../view/run-summary.ts';
import { failed, stateOf, wholeBatch } from './events.ts';
import { fakeTerminal } from './fake-terminal.ts';

const documents = { in: 10, loaded: 6, superseded: 2, quarantined: 1, rejected: 1 };
const key = 'orders/0123456789ab/a.ndjson';
const source = { path: 'in/a.ndjson', folder: '0123456789ab', name: 'a.ndjson', bytes: 1, documents: 10 };
const clean: Summary = {
  flow: flows()[0]!,
  files: [{ source, key, wasThere: false, state: 'new' }],
  expected: [{ key, documents: 10 }],
  ending: 'quiet',
  state: stateOf({ landed: new Map([[key, 10]]), events: wholeBatch('20240101120000_0A1B2C3D') }),
  audit: { documents, byFile: new Map([[key, documents]]), problems: [] },
  rows: 18,
  sample: {
    columns: [
      { name: 'ORDER_NUMBER', isNumber: false },
      { name: 'QUANTITY', isNumber: true },
      { name: 'ORDER_DATE', isNumber: false },
    ],
    rows: [
      ['700001', 12, '2024-01-02 10:00:00.000'],
      ['700002', 7, null],
    ],
  },
  elapsedSeconds: 3.21,
};
const lost: Summary = {
  ...clean,
  audit: {
    ...clean.audit,
    documents: { ...documents, loaded: 5 },
    problems: [{ file: 'in/a.ndjson', line: 7, what: 'lost', batchId: 'B1' }],
  },
};
const broken: Summary = {
  ...clean,
  state: stateOf({ events: [...wholeBatch().slice(0, 4), failed('no column', { at: 900 })] }),
};
const lines = (summary: Summary, width?: number): readonly string[] =>
  summaryLines(fakeTerminal(width).terminal, summary, (command) => `firn ${command}`);

describe('the exit code of a run', () => {
  it('is 0 only if every document is accounted for and no batch failed', () => {
    expect(exitCodeOf(clean)).toBe(0);
    expect(exitCodeOf(lost)).toBe(1);
    expect(exitCodeOf(broken)).toBe(1);
    expect(exitCodeOf({ ...clean, ending: 'stuck' })).toBe(1);
    expect(exitCodeOf({ ...clean, ending: 'stopped' })).toBe(130);
  });
});

describe('a run as JSON', () => {
  it('holds documents, rows, batches and the target', () => {
    expect(JSON.parse(summaryJson(clean))).toMatchObject({
      documents,
      rows: 18,
      batches: [
        {
          batchId: '20240101120000_0A1B2C3D',
          pipeline: 'orders',
          status: 'complete',
          rows: 30,
          loaded: 18,
          quarantined: 5,
          superseded: 7,
          documents,
          seconds: { extract: 0.5, validate: 0.35, transform: 0.3, load: 0.4 },
        },
      ],
      target: 'DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS',
      files: [{ file: 'in/a.ndjson', key, state: 'new', documents }],
      problems: [],
      elapsedSeconds: 3.21,
    });
  });

  it('says of a file that was loaded before that it brought nothing', () => {
    const again: Summary = {
      ...clean,
      files: [{ ...clean.files[0]!, state: 'loaded before' }],
      audit: { ...clean.audit, byFile: new Map() },
    };
    expect(JSON.parse(summaryJson(again)).files[0]).toMatchObject({
      state: 'loaded before',
      documents: { in: 0, loaded: 0 },
    });
  });
});

describe('a run as a person reads it', () => {
  it('shows batches, the balance of documents, rows of the target and what to type next', () => {
    expect(lines(clean, 120)).toEqual([
      '',
      'batch                      rows in  loaded  quarantined  extract  validate  transform  load  superseded',
      '─────────────────────────  ───────  ──────  ───────────  ───────  ────────  ─────────  ────  ──────────',
      '✔ 20240101120000_0A1B2C3D       30      18            5      0.5       0.3        0.3   0.4           7',
      'Rows are line items; stages are in seconds.',
      '',
      '✔ 10 documents in = 6 loaded + 2 superseded + 1 quarantined + 1 rejected',
      '',
      '18 rows in DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS, among them:',
      'column        row 1                row 2',
      '────────────  ───────────────────  ──────',
      'ORDER_NUMBER  700001               700002',
      'QUANTITY      12                   7',
      'ORDER_DATE    2024-01-02 10:00:00  NULL',
      '',
      'Try next:',
      '  firn sql "SELECT * FROM DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS LIMIT 10"',
      '  firn quarantine explain orders',
      '  firn status',
      '',
      'orders: done in 3.2 s',
    ]);
  });

  it.each([40, 60, 80, 120])('puts its tables into %d columns', (width) => {
    for (const line of lines(clean, width).slice(1, 4)) expect(widthOf(line)).toBeLessThanOrEqual(width);
  });

  it('names each document that is lost by file and line', () => {
    expect(lines(lost).join('\n')).toContain('in/a.ndjson:7  neither loaded, superseded nor in quarantine (batch B1)');
    expect(lines(lost).join('\n')).toContain('1 NOT ACCOUNTED FOR');
  });

  it('names many of a kind by their ranges of lines', () => {
    const many = [9, 3, 2, 4].map((line) => ({ file: 'in/a.ndjson', line, what: 'not landed' as const }));
    const summary = { ...lost, audit: { ...lost.audit, problems: many } };
    expect(lines(summary)).toContain('  in/a.ndjson:2-4,9  not in the raw table');
  });

  it('says which service failed, and why', () => {
    expect(lines(broken).join('\n')).toContain('batch B1 failed in transform: no column');
  });

  it('says where things stand when nothing moves any more', () => {
    const stuck = lines({ ...clean, ending: 'stuck', state: stateOf({ waiting: 3, oldestSeconds: 99 }) }).join('\n');
    expect(stuck).toContain('Nothing has moved for too long:');
    expect(stuck).toContain('3 documents wait for TASK2, the oldest for 99 s');
    expect(stuck).toContain('firn up');
  });
});
