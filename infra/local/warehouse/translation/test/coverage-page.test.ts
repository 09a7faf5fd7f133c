import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { coveragePage } from './coverage-page.ts';

const PAGE = new URL('../../COVERAGE.md', import.meta.url);

it('is the page that the cases make: node infra/tools/coverage-page.ts writes it anew', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(coveragePage());
});
