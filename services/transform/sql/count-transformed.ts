import type { TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** Counts what came out of the rules. */
export const countTransformed = (p: { readonly table: TableRef }): Statement => sql('count-transformed')`
  select count(*) as ROWS_OUT, count(distinct ROW_VERSION) as DOCUMENTS_OUT from ${ident(p.table)}
`;
