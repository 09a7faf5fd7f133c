import { describe, expect, it } from '@jest/globals';
import { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import { BackfillInstructed } from '../../../events/backfill-instructed.v1.ts';
import { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import { BatchFailed } from '../../../events/batch-failed.v1.ts';
import { BatchTriggered } from '../../../events/batch-triggered.v1.ts';
import type { StoryEvent } from '../../../services/coordinator/backfill/backfill-event.ts';
import { evolveBackfill, initialBackfill } from '../../../services/coordinator/backfill/evolve.ts';
import type { BackfillReport, TableReport } from '../../../services/coordinator/backfill/report.ts';
import { example } from '../../../shared/testing/examples.ts';
import { statusOf } from '../flow/backfill-state.ts';
import { backfillView } from '../flow/backfill-view.ts';
import { tolerancesOf, dayOf, namesOf } from '../verbs/backfill-arguments.ts';
import { backfillHtml } from '../view/backfill-html.ts';
import { backfillLines, percent } from '../view/backfill-lines.ts';
import { widthOf } from '../view/text.ts';
import { fakeTerminal } from './fake-terminal.ts';

const request = example(BackfillRequested, {}, { by: 'ada', expect: [{ column: 'ORDER_TOTAL', tolerance: 0.5 }] });
const id = request.batchId;
const step = (data: object): BackfillAdvanced => ({
  ...example(BackfillAdvanced, { time: request.time }),
  data: data as BackfillAdvanced['data'],
});
const chunks = [1, 2].map((it) => ({ batchId: `${id}_C00${it}`, documents: 5 }));
const begun = [
  request,
  step({ step: 'held' }),
  step({ step: 'drained' }),
  step({ step: 'claimed', source: 'A.B.C', chunks }),
];
const asked = [...begun, step({ step: 'compared', open: ['ITEMS: 1 row more'], barred: false })];
const ended = (outcome: string) => example(BackfillEnded, {}, { outcome });
const instructed = (instruction: string) => example(BackfillInstructed, {}, { instruction, by: 'grace' });
const known = (events: readonly StoryEvent[]) => ({
  id,
  events: events.filter((it) => it.batchId === id),
  state: events.reduce(evolveBackfill, initialBackfill),
});

const table: TableReport = {
  live: 'A.B.ITEMS',
  shadow: 'A.B.ITEMS_X',
  isLive: true,
  missing: [],
  surplus: [],
  dependents: { streams: ['A.B.S'], grants: ['SELECT to READER'], views: [], policies: [] },
  key: ['ORDER_NUMBER'],
  rows: { live: 1200, rebuilt: 1201 },
  identical: false,
  added: 1,
  removed: 0,
  changed: 3,
  matched: 1200,
  duplicateKeys: { live: 0, rebuilt: 0 },
  withoutKey: { live: 2, rebuilt: 2 },
  apartEqual: true,
  columns: [
    { column: 'ORDER_TOTAL', changed: 3, matchRate: 0.9975, exceeding: 1, sums: { live: '10.5', rebuilt: '11.5' } },
    { column: 'COUNTRY', changed: 0, matchRate: 1 },
  ],
  samples: [
    {
      kind: 'changed',
      key: ['<b>O1</b>'],
      changes: [{ column: 'ORDER_TOTAL', live: '\u001b[31m1', rebuilt: null }],
    },
  ],
};
const report: BackfillReport = {
  backfillId: id,
  pipeline: 'orders',
  verdict: { open: [], barred: false },
  tables: [table],
};

describe('a backfill, for people,', () => {
  it.each<[string, readonly StoryEvent[]]>([
    ['asked for', [request]],
    ['running', begun],
    ['waits for approval', asked],
    ['barred', [...begun, step({ step: 'compared', open: ['x'], barred: true })]],
    ['running', [...begun, step({ step: 'compared', open: [], barred: false })]],
    ['running', [...asked, step({ step: 'published' })]],
    ['published', [...asked, step({ step: 'published' }), ended('published')]],
    ['rolled back', [...asked, step({ step: 'published' }), ended('published'), step({ step: 'restored' })]],
    ['cancelled', [...asked, instructed('cancel'), ended('cancelled')]],
    ['failed', [...begun, ended('failed')]],
    ['refused', [request, { ...step({ step: 'refused', reason: 'another' }), causationId: request.id }]],
  ])('%s', (status, events) => {
    expect(statusOf(known(events).state)).toBe(status);
  });

  it('shows its steps, who said what, and which chunk failed why', () => {
    const failed = example(BatchFailed, { batchId: `${id}_C001` });
    const view = backfillView(
      known([...asked, example(BatchTriggered, { batchId: `${id}_C001` }), failed, instructed('approve')]),
    )!;

    expect(view.moments.map((it) => it.what)).toEqual([
      'asked for by ada',
      'the trigger stands still',
      'no batch is in flight',
      'documents taken, 2 chunks',
      'compared: somebody has to approve',
      'approved by grace',
    ]);
    expect(view.chunks).toMatchObject({
      all: 2,
      documents: 10,
      loaded: 0,
      failed: [{ error: failed.data.error.message }],
    });
  });

  it('fits the terminal, and lets no data steer it', () => {
    const lines = backfillLines(fakeTerminal().terminal, backfillView(known(asked))!, report);
    const text = lines.join('\n');

    expect(text).toContain('1,200 rows live, 1,201 rebuilt; 1 added, 0 removed, 3 changed of 1,200');
    expect(text).toContain('ORDER_TOTAL up to 0.5');
    expect(text).toContain('Not announced:\n  ITEMS: 1 row more');
    expect(text).toContain('ORDER_TOTAL: \\e[31m1 -> NULL');
    for (const line of lines.filter((it) => it.includes('──') || it.includes('99.75%')))
      expect(widthOf(line)).toBeLessThanOrEqual(80);
  });

  it('is a page that needs nothing from elsewhere, and in which data is text', () => {
    const page = backfillHtml(backfillView(known(asked))!, report);

    expect(page).toContain('&lt;b&gt;O1&lt;/b&gt;');
    expect(page).not.toMatch(/<script|<b>O1|https?:|<link|<img|@import|url\(/);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('99.75%');
  });

  it('rounds no share up to all', () => {
    expect([1, 0.99999, 0.5, 0.000001, 0].map(percent)).toEqual(['100%', '99.99%', '50.00%', '0.01%', '0%']);
  });
});

describe('what is typed', () => {
  it('is read as columns, tolerances and days', () => {
    expect(namesOf('sku, country')).toEqual(['SKU', 'COUNTRY']);
    expect(tolerancesOf('gross_amount=0.01,ORDER_TOTAL=2')).toEqual({ GROSS_AMOUNT: 0.01, ORDER_TOTAL: 2 });
    expect(dayOf('2011-03-31')).toBe('2011-03-31');
  });

  it.each(['GROSS_AMOUNT', 'GROSS_AMOUNT=x', '=1', 'A=-1'])('is no tolerance: %s', (text) => {
    expect(() => tolerancesOf(text)).toThrow('Give columns with numbers');
  });

  it.each(['2011-02-30', '31.3.2011', 'yesterday', ''])('is no day: %s', (text) => {
    expect(() => dayOf(text)).toThrow('Give a day');
  });
});
