import type { TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import type { ExtractPipeline } from '../pipelines/definition.ts';
import { name } from '../../../shared/sql/identifier.ts';

/** Counts rows and documents: each document has one first row, or one row without a position. */
export const countExtracted = (p: { readonly pipeline: ExtractPipeline; readonly table: TableRef }): Statement => {
  const position = p.pipeline.columns.find((it) => 'position' in it.from);
  if (!position) {
    return sql('count-extracted')`
      select count(*) as ROWS_FOUND, count(distinct ROW_VERSION) as DOCUMENTS_FOUND from ${ident(p.table)}
    `;
  }
  return sql('count-extracted')`
    select count(*) as ROWS_FOUND, count_if(${name(position.name)} is null or ${name(position.name)} = 1) as DOCUMENTS_FOUND
    from ${ident(p.table)}
  `;
};
