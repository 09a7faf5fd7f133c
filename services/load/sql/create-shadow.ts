import type { TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Statement } from '../../../shared/sql/statement.ts';
import type { LoadPipeline } from '../pipelines/definition.ts';
import { loadLock, manifest } from '../tables.ts';

/** Creates the table in which a backfill rebuilds the target, its manifest and its lock, unless another chunk has. */
export const createShadow = (p: {
  readonly pipeline: LoadPipeline;
  readonly table: TableRef;
  readonly live: TableRef;
}): readonly Statement[] => {
  const columns = p.pipeline.columns.map((it) => fragment`${name(it.name)} ${trusted(it.type)}`);
  const lock = ident(loadLock(p.table));
  return [
    sql('create-shadow')`create transient table if not exists ${ident(p.table)} (${join(columns, ', ')})`,
    sql('create-shadow-manifest')`
      create transient table if not exists ${ident(manifest(p.table))} like ${ident(manifest(p.live))}
    `,
    sql('create-shadow-lock')`create transient table if not exists ${lock} like ${ident(loadLock(p.live))}`,
    // Two chunks at once may both fill it: a load updates every row there is.
    sql('fill-shadow-lock')`insert into ${lock} (BATCH_ID) select null where not exists (select 1 from ${lock})`,
  ];
};
