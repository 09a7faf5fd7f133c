import { expect, it } from '@jest/globals';
import { failedIds } from './batch-response.ts';

const batch = ['a', 'b', 'c'];
const failed = (answer: unknown) => [...failedIds(batch, JSON.stringify(answer))];

it.each<[unknown]>([
  [null],
  [{}],
  [''],
  [{ batchItemFailures: null }],
  [{ batchItemFailures: [] }],
  [{ statusCode: 200 }],
])('takes %j for success', (answer) => {
  expect(failed(answer)).toEqual([]);
});

it('keeps the messages that the handler names', () => {
  expect(failed({ batchItemFailures: [{ itemIdentifier: 'c' }, { itemIdentifier: 'a' }] })).toEqual(['c', 'a']);
});

it.each<[unknown]>([
  [[{ itemIdentifier: '' }]],
  [[{ itemIdentifier: null }]],
  [[{ itemIdentifier: 7 }]],
  [[{ itemId: 'a' }]],
  [[{ itemIdentifier: 'a' }, { itemIdentifier: 'unknown' }]],
  [[null]],
  [['a']],
  ['a'],
  [{ itemIdentifier: 'a' }],
])('keeps the whole batch when the failures are %j', (batchItemFailures) => {
  expect(failed({ batchItemFailures })).toEqual(batch);
});

it.each<[unknown]>([['done'], [7], [true], [[]]])('keeps the whole batch when the answer is %j', (answer) => {
  expect(failed(answer)).toEqual(batch);
});
