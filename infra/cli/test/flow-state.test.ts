import { describe, expect, it } from '@jest/globals';
import { isQuiet, landedOf, progressMark, whatStands } from '../flow/flow-state.ts';
import { failed, stateOf, wholeBatch } from './events.ts';

const files = [
  { key: 'orders/a/1.ndjson', documents: 6 },
  { key: 'orders/b/2.ndjson', documents: 4 },
];
const landed = new Map([
  ['orders/a/1.ndjson', 6],
  ['orders/b/2.ndjson', 4],
]);
const quiet = { landed, events: wholeBatch() };

describe('a run', () => {
  it('is quiet when all has landed, nothing waits, and every batch is complete', () => {
    expect(isQuiet(stateOf(quiet), files)).toBe(true);
  });

  it('is quiet when a batch has failed: nothing more happens by itself', () => {
    expect(isQuiet(stateOf({ ...quiet, events: [...wholeBatch().slice(0, 4), failed('x', { at: 900 })] }), files)).toBe(
      true,
    );
  });

  it.each([
    [
      'a file has not landed whole',
      { landed: new Map([['orders/a/1.ndjson', 6]]) },
      'Snowpipe has loaded 0 of 4 documents of orders/b/2.ndjson',
    ],
    ['the stream holds documents', { inStream: 3 }, '3 documents wait in the stream for TASK1'],
    [
      'documents wait for the trigger',
      { waiting: 7, oldestSeconds: 9 },
      '7 documents wait for TASK2, the oldest for 9 s',
    ],
    ['a claim was not heard', { unheard: 1 }, 'the coordinator has not heard of 1 claimed batches'],
    ['a batch is under way', { events: wholeBatch().slice(0, 5) }, 'batch B1 is running, last done: transform'],
    ['a batch is loaded but not complete', { events: wholeBatch().slice(0, 7) }, 'batch B1 is loaded, last done: load'],
  ])('is not quiet when %s, and says where it stands', (_, change, words) => {
    const state = stateOf({ ...quiet, ...change });
    expect(isQuiet(state, files)).toBe(false);
    expect(whatStands(state, files)).toEqual([words]);
  });

  it('counts documents that landed twice once', () => {
    expect(landedOf(stateOf({ landed: new Map([['orders/a/1.ndjson', 12]]) }), files)).toEqual({ done: 6, all: 10 });
  });

  it('has moved when anything but an age has changed', () => {
    const mark = progressMark(stateOf({ waiting: 1, oldestSeconds: 1 }));
    expect(progressMark(stateOf({ waiting: 1, oldestSeconds: 2 }))).toBe(mark);
    expect(progressMark(stateOf({ waiting: 2, oldestSeconds: 1 }))).not.toBe(mark);
    expect(progressMark(stateOf({ waiting: 1, events: wholeBatch() }))).not.toBe(mark);
  });
});
