import type { TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Statement } from '../../../shared/sql/statement.ts';
import { LINEAGE, type ExtractPipeline } from '../pipelines/definition.ts';

/** Creates the table in which a backfill rebuilds the history, unless another chunk has created it. */
export const createShadow = (p: { readonly pipeline: ExtractPipeline; readonly table: TableRef }): Statement => {
  const columns = [...p.pipeline.columns, ...LINEAGE].map((it) => fragment`${name(it.name)} ${trusted(it.type)}`);
  return sql('create-shadow')`
    create transient table if not exists ${ident(p.table)} (${join(columns, ', ')})
  `;
};
