import { mkdirSync, writeFileSync } from 'node:fs';
import { pipelineParts } from '../snowflake/definition.ts';
import { tablesPage } from '../tables-page/tables-page.ts';

mkdirSync(new URL('../../docs/', import.meta.url), { recursive: true });
// Rewrites the page from the definitions that create the tables.
writeFileSync(new URL('../../docs/tables.md', import.meta.url), tablesPage(pipelineParts()));
