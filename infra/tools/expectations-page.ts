import { writeFileSync } from 'node:fs';
import { expectationsPage } from '../expectations-page/expectations-page.ts';

// Rewrites the page from the kinds that suites may use.
writeFileSync(new URL('../../docs/expectations.md', import.meta.url), expectationsPage());
