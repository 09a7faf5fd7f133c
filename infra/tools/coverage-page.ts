import { writeFileSync } from 'node:fs';
import { coveragePage } from '../local/warehouse/translation/test/coverage-page.ts';

// Rewrites the page from the cases that prove it.
writeFileSync(new URL('../local/warehouse/COVERAGE.md', import.meta.url), coveragePage());
