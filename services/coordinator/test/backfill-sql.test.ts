import { describe, expect, it } from '@jest/globals';
import { TableRef } from '../../../events/contract.ts';
import type { Statement } from '../../../shared/sql/statement.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { callProcedure } from '../backfill/sql/call-procedure.ts';
import { claimDocuments, countChunks, countUnsettled, giveBack, noteBatches } from '../backfill/sql/claim-documents.ts';
import { countDifferences, measureTables, sampleDifferences } from '../backfill/sql/compare-tables.ts';
import { keepComparison, readComparison } from '../backfill/sql/keep-comparison.ts';
import { readColumns, readDependents } from '../backfill/sql/preflight.ts';
import { readFates } from '../backfill/sql/read-fates.ts';
import { batchesInFlight, expirable, openBackfills, readBackfill } from '../backfill/sql/read-backfill.ts';
import { PIPELINES } from '../pipelines/registry.ts';
import * as tables from '../tables.ts';

const expectGolden = golden(import.meta.url);
const [orders] = PIPELINES;
const stage = 'dev';
const backfillId = 'BF20260105110000_A1B2C3D4';
const now = new Date('2026-01-05T11:00:00.000Z');
const log = tables.batchLog(stage);
const claim = {
  backfillId,
  pipeline: orders!,
  raw: tables.rawTable(stage, orders!),
  stream: tables.rawStream(stage, orders!),
  streamed: tables.streamed(stage, orders!),
  batches: tables.backfillBatches(stage),
  source: tables.backfillSource(stage, orders!, backfillId),
  log,
};
const live = TableRef.parse('DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS');
const comparison = {
  backfillId,
  batches: tables.backfillBatches(stage),
  dateColumn: 'ORDER_DATE',
  isLive: true,
  tolerances: { GROSS_AMOUNT: 0.01 },
  announced: ['SKU'],
  from: '2026-01-01',
  to: '2026-01-31',
  shape: {
    live,
    shadow: TableRef.parse(`${live}_BACKFILL_${backfillId}`),
    key: ['ORDER_NUMBER', 'LINE_NUMBER'],
    columns: [
      { name: 'ORDER_NUMBER', type: 'VARCHAR' },
      { name: 'LINE_NUMBER', type: 'NUMBER(10,0)' },
      { name: 'SKU', type: 'VARCHAR' },
      { name: 'GROSS_AMOUNT', type: 'NUMBER(18,3)' },
      { name: 'ORDER_DATE', type: 'TIMESTAMP_NTZ' },
      { name: 'BATCH_ID', type: 'VARCHAR' },
    ],
  },
};
const report = { backfillId, pipeline: 'orders', verdict: { open: [], barred: false }, tables: [] };

describe('the SQL of a backfill', () => {
  const statements: readonly (readonly [Statement, string?])[] = [
    [noteBatches(claim)],
    [claimDocuments({ ...claim, chunks: 8 })],
    [claimDocuments({ ...claim, chunks: 8, from: '2026-01-01', to: '2026-01-31' }), 'window'],
    [countUnsettled(claim)],
    [giveBack(claim)],
    [countChunks(claim)],
    [measureTables(comparison)],
    [countDifferences(comparison)],
    [sampleDifferences(comparison)],
    [measureTables({ ...comparison, isLive: false }), 'no-live-table'],
    [readColumns(live)],
    [readDependents(tables.dependentsProcedure(stage, orders!))],
    [keepComparison({ into: tables.backfillComparisons(stage), backfillId, pipeline: 'orders', report, now })],
    [readComparison({ from: tables.backfillComparisons(stage), backfillId })],
    [readBackfill({ from: log, backfillId })],
    [openBackfills({ from: log })],
    [batchesInFlight({ log, outbox: tables.triggerOutbox(stage), pipeline: 'orders' })],
    [
      readFates({
        fates: tables.backfillFates(stage),
        batches: tables.backfillBatches(stage),
        batchId: `${backfillId}_C001`,
        chunkOf: backfillId,
      }),
    ],
    [expirable({ from: tables.backfillFates(stage), now })],
    [callProcedure(tables.publishProcedure(stage, orders!), [backfillId, '2026-01-01', null])],
  ];

  it.each(statements.map(([statement, variant]) => ({ name: statement.name, variant, statement })))(
    'is as its golden file shows: $name $variant',
    ({ statement, variant }) => expect(() => expectGolden(statement, variant)).not.toThrow(),
  );
});
