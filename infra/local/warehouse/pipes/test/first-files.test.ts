import { expect, it } from '@jest/globals';
import { firstFiles } from '../first-files.ts';

const KIB = 1024;
const sizes = (...files: readonly number[]) => firstFiles(files.map((size) => ({ size }))).map(({ size }) => size);

it('takes files as long as they come to a mebibyte at the most', () => {
  expect(sizes(400 * KIB, 624 * KIB, 1)).toEqual([400 * KIB, 624 * KIB]);
  expect(sizes(1, 2, 3)).toEqual([1, 2, 3]);
  expect(sizes()).toEqual([]);
});

it('takes a file of any size alone', () => {
  expect(sizes(5000 * KIB, 1)).toEqual([5000 * KIB]);
  expect(sizes(1, 5000 * KIB)).toEqual([1]);
});
