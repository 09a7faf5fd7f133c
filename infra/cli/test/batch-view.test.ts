import { describe, expect, it } from '@jest/globals';
import { foldBatches } from '../flow/batch-view.ts';
import { extracted, failed, transformed, triggered, wholeBatch } from './events.ts';

describe('a batch as its events tell of it', () => {
  it('counts rows and documents, and takes the seconds of each stage from event to event', () => {
    expect(foldBatches(wholeBatch())).toEqual([
      {
        batchId: 'B1',
        began: '2024-01-01T12:00:00.000Z',
        pipeline: 'orders',
        status: 'complete',
        attempt: 1,
        done: ['extract', 'validate-extracted', 'transform', 'validate-transformed', 'load'],
        rows: 30,
        loaded: 18,
        quarantined: 5,
        superseded: 7,
        documents: { in: 10, loaded: 6, superseded: 2, quarantined: 1, rejected: 1 },
        seconds: {
          extract: 0.5,
          validate: 0.35,
          'validate-extracted': 0.2,
          transform: 0.3,
          'validate-transformed': 0.15,
          load: 0.4,
        },
      },
    ]);
  });

  it('is the same in whatever order events come', () => {
    expect(foldBatches(wholeBatch().toReversed())).toEqual(foldBatches(wholeBatch()));
  });

  it('knows of a batch under way what is known so far', () => {
    const [batch] = foldBatches(wholeBatch().slice(0, 3));
    expect(batch).toMatchObject({
      status: 'running',
      done: ['extract'],
      rows: 30,
      loaded: 0,
      seconds: { extract: 0.5 },
    });
    expect(batch!.seconds).not.toHaveProperty('validate');
  });

  it('keeps batches apart, oldest first', () => {
    const both = foldBatches([...wholeBatch('B2', 5000), ...wholeBatch('B1')]);
    expect(both.map((it) => it.batchId)).toEqual(['B1', 'B2']);
  });

  it('tells who gave up, and why', () => {
    const [batch] = foldBatches([...wholeBatch().slice(0, 4), failed('no such column X', { at: 900 })]);
    expect(batch).toMatchObject({
      status: 'failed',
      failure: { service: 'transform', message: 'no such column X' },
    });
  });

  it('goes by the newest attempt, and keeps counts of what a replay did not do again', () => {
    const replay = transformed(25, { documents: 0, rows: 0 }, { at: 9000, attempt: 2 });
    const [batch] = foldBatches([...wholeBatch().slice(0, 4), failed('boom', { at: 900 }), replay]);
    expect(batch).toMatchObject({ status: 'running', attempt: 2, rows: 30, quarantined: 5, done: ['transform'] });
    expect(batch).not.toHaveProperty('failure');
  });

  it('counts an event that was delivered twice once', () => {
    const twice = extracted(10, 30, { at: 600 });
    const [batch] = foldBatches([triggered(10, { at: 100 }), twice, twice]);
    expect(batch!.rows).toBe(30);
  });
});
