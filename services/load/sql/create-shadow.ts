import type { TableRef } from '../../../events/contract.ts';
import { ident, name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, trusted, type Statement } from '../../../shared/sql/statement.ts';
import type { LoadPipeline } from '../pipelines/definition.ts';
import { loadLock, manifest } from '../tables.ts';

interface Params {
  readonly pipeline: LoadPipeline;
  readonly table: TableRef;
  readonly live: TableRef;
}

/** Creates the table in which a backfill rebuilds the target, unless another chunk has created it. */
export const createShadow = (p: Params): Statement => {
  const columns = p.pipeline.columns.map((it) => fragment`${name(it.name)} ${trusted(it.type)}`);
  return sql('create-shadow')`create transient table if not exists ${ident(p.table)} (${join(columns, ', ')})`;
};

/** Creates the shadow's own manifest, so that a chunk is loaded once. */
export const createShadowManifest = (p: Params): Statement => sql('create-shadow-manifest')`
  create transient table if not exists ${ident(manifest(p.table))} like ${ident(manifest(p.live))}
`;

/** Creates the shadow's own lock. */
export const createShadowLock = (p: Params): Statement => sql('create-shadow-lock')`
  create transient table if not exists ${ident(loadLock(p.table))} like ${ident(loadLock(p.live))}
`;

/** Puts the lock's row in; two chunks at once may both do so, and a load updates every row there is. */
export const fillShadowLock = (p: Params): Statement => sql('fill-shadow-lock')`
  insert into ${ident(loadLock(p.table))} (BATCH_ID)
  select null where not exists (select 1 from ${ident(loadLock(p.table))})
`;
