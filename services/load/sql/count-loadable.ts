import { ident } from '../../../shared/sql/identifier.ts';
import { notQuarantined } from '../../../shared/sql/not-quarantined.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import type { LoadParams } from './load-params.ts';

/** Counts what may be loaded, to be held against what validate promised. */
export const countLoadable = (p: LoadParams): Statement => sql('count-loadable')`
  select count(*) as ROWS_FOUND from ${ident(p.from)} t where ${notQuarantined(p.validated, p.batchId)}
`;
