import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { manifest } from '../tables.ts';
import type { LoadParams } from './load-params.ts';

/** What the batch has loaded, by its latest attempt; no row if nothing yet. */
export const readManifest = (p: Pick<LoadParams, 'batchId' | 'into'>): Statement => sql('read-manifest')`
  select ATTEMPT, ROWS_LOADED, DOCUMENTS_LOADED, ROWS_SUPERSEDED, DOCUMENTS_SUPERSEDED
  from ${ident(manifest(p.into))}
  where BATCH_ID = ${p.batchId}
  order by ATTEMPT desc
  limit 1
`;
