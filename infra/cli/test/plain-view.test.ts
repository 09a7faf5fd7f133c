import { describe, expect, it } from '@jest/globals';
import { batchLine, bar, snowpipeLine, streamLine, triggerLine } from '../view/bars.ts';
import { eventLine } from '../view/event-line.ts';
import { changes } from '../view/plain-view.ts';
import { failed, stateOf, wholeBatch } from './events.ts';

const files = [{ key: 'k', documents: 10 }];

describe('a run in a log', () => {
  it('says each thing once, when it has happened', () => {
    const landed = stateOf({ landed: new Map([['k', 10]]), inStream: 10 });
    const streamed = stateOf({ landed: landed.landed, waiting: 10 });
    const claimed = stateOf({ landed: landed.landed, events: wholeBatch().slice(0, 2) });

    expect(changes(undefined, landed, files)).toEqual(['Snowpipe has loaded 10 of 10 documents']);
    expect(changes(landed, streamed, files)).toEqual(['TASK1 has drained the stream', '10 documents wait for TASK2']);
    expect(changes(streamed, claimed, files)).toEqual([
      '12:00:00  orders  B1  claimed: 10 documents',
      '12:00:00  orders  B1  triggered: 10 documents',
    ]);
    expect(changes(claimed, claimed, files)).toEqual([]);
  });

  it('has one line for every kind of event', () => {
    expect([...wholeBatch(), failed('no column', { at: 61_000, attempt: 2 })].map(eventLine)).toEqual([
      '12:00:00  orders  B1  claimed: 10 documents',
      '12:00:00  orders  B1  triggered: 10 documents',
      '12:00:00  orders  B1  extracted: 30 rows',
      '12:00:00  orders  B1  validated (extracted): 30 rows, 5 rows of 2 documents to quarantine',
      '12:00:01  orders  B1  transformed: 22 rows, 1 document superseded',
      '12:00:01  orders  B1  validated (transformed): 30 rows',
      '12:00:01  orders  B1  loaded: 18 rows into DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS, 1 document superseded',
      '12:00:01  orders  B1  complete',
      '12:01:01  orders  B1 (attempt 2)  FAILED in transform: no column',
    ]);
  });
});

describe('bars', () => {
  it('are as full as the work is done, and full where there is none', () => {
    expect(bar(0, 10, 4)).toBe('░░░░');
    expect(bar(5, 10, 4)).toBe('██░░');
    expect(bar(10, 10, 4)).toBe('████');
    expect(bar(0, 0, 4)).toBe('████');
  });

  it('show where documents are', () => {
    const state = stateOf({ landed: new Map([['k', 8]]), inStream: 2, waiting: 3, oldestSeconds: 4 });
    expect(snowpipeLine(state, files)).toContain('8 of 10 documents');
    expect(streamLine(state, files)).toContain(`${bar(6, 10)} 2 wait in the stream`);
    expect(triggerLine(state, files)).toContain(`${bar(3, 10)} 3 wait to be claimed, the oldest for 4 s`);
  });

  it('show what a batch is doing', () => {
    const doing = (events: number): string => batchLine(stateOf({ events: wholeBatch().slice(0, events) }).batches[0]!);
    expect(doing(2)).toContain('░░░░░░░░░░ extracting 10 documents');
    expect(doing(3)).toContain('██░░░░░░░░ validating 30 rows');
    expect(doing(4)).toContain('████░░░░░░ transforming 30 rows');
    expect(doing(6)).toContain('████████░░ loading 30 rows');
    expect(doing(8)).toContain('██████████ 18 rows loaded');
  });
});
