import { describe, expect, it } from '@jest/globals';
import { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchFailed } from '../../events/batch-failed.v1.ts';
import { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import type { Contract } from '../../events/contract.ts';
import { SuspendRequested } from '../../events/suspend-requested.v1.ts';
import { example } from '../testing/examples.ts';
import { measured } from './measured.ts';
import { metrics } from './metrics.ts';

const now = (): Date => new Date('2026-01-05T09:30:00Z');

const linesOf = async (contract: Contract, data: object = {}): Promise<readonly Record<string, unknown>[]> => {
  const lines: string[] = [];
  const publish = measured(async () => undefined, metrics('dev', { now, write: (line) => lines.push(line) }));
  await publish([{ contract, event: example(contract, {}, data) }]);
  return lines.map((it) => JSON.parse(it) as Record<string, unknown>);
};

describe('a figure', () => {
  it('is one line that CloudWatch takes for a metric of the stage and of the pipeline', () => {
    const lines: string[] = [];

    metrics('prod', { now, write: (line) => lines.push(line) })(
      { WaitingDocuments: 3, OldestWaitingSeconds: 61 },
      { pipeline: 'orders' },
    );

    expect(lines.map((it) => JSON.parse(it) as unknown)).toEqual([
      {
        _aws: {
          Timestamp: now().getTime(),
          CloudWatchMetrics: [
            {
              Namespace: 'Firn',
              Dimensions: [['Stage'], ['Stage', 'Pipeline']],
              Metrics: [
                { Name: 'WaitingDocuments', Unit: 'Count' },
                { Name: 'OldestWaitingSeconds', Unit: 'Seconds' },
              ],
            },
          ],
        },
        Stage: 'prod',
        Pipeline: 'orders',
        WaitingDocuments: 3,
        OldestWaitingSeconds: 61,
      },
    ]);
    expect(lines[0]).toMatch(/^[^\n]*\n$/);
  });

  it.each<[string, Contract, object, object]>([
    [
      'loaded',
      BatchLoaded,
      { rows: 7, documents: 2, superseded: { rows: 0, documents: 1 } },
      { RowsLoaded: 7, DocumentsLoaded: 2, DocumentsSuperseded: 1 },
    ],
    ['rebuilt', BatchLoaded, { rows: 7, backfill: { id: 'F1' } }, { RowsRebuilt: 7 }],
    [
      'held back',
      BatchValidated,
      { quarantined: { documents: 2, rows: 5, unreadable: 0 } },
      { DocumentsQuarantined: 2 },
    ],
    ['failed', BatchFailed, {}, { Failures: 1 }],
  ])('tells what was %s', async (_, contract, data, figures) => {
    const [batches, rest] = await linesOf(contract, data);

    expect(batches).toMatchObject({ Batches: 1, Event: contract.type, Pipeline: 'orders', Stage: 'dev' });
    expect(rest).toMatchObject(figures);
  });

  it('tells of a backfill that has failed, and of no other end', async () => {
    expect(await linesOf(BackfillEnded, { outcome: 'failed' })).toMatchObject([{ BackfillsFailed: 1 }]);
    expect(await linesOf(BackfillEnded, { outcome: 'published' })).toEqual([]);
  });

  it('is not of what operators ask, nor of what the bus refused', async () => {
    const lines: string[] = [];
    const refusing = measured(
      async () => {
        throw new Error('refused');
      },
      metrics('dev', { now, write: (line) => lines.push(line) }),
    );

    await expect(refusing([{ contract: BatchFailed, event: example(BatchFailed) }])).rejects.toThrow('refused');
    expect(lines).toEqual([]);
    expect(await linesOf(SuspendRequested)).toEqual([]);
  });
});
