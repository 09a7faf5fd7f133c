import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { KINDS } from '../../../services/validate/suites/kinds.ts';
import { expectationsPage } from '../expectations-page.ts';

// As the formatter leaves it: without differences in white space.
const plain = (text: string): string => text.replace(/\s+/g, '');

describe('the page of expectations', () => {
  it('is what the kinds say (rewrite it by npm run expectations-page)', () => {
    const page = readFileSync(new URL('../../../docs/expectations.md', import.meta.url), 'utf8');

    expect(plain(page)).toBe(plain(expectationsPage()));
    for (const { type } of KINDS) expect(page).toContain(`### ${type}\n`);
  });
});
