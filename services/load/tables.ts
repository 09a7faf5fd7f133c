import { TableRef, type Backfill } from '../../events/contract.ts';
import { sibling } from '../../shared/sql/table.ts';
import type { LoadPipeline } from './pipelines/definition.ts';

/** The table that analysts read. */
export const target = (stage: 'dev' | 'prod', { schema, table }: Pick<LoadPipeline, 'schema' | 'table'>): TableRef =>
  TableRef.parse([`${stage}_ANALYTICS`, schema, table].join('.').toUpperCase());

/** The target as a backfill rebuilds it, with a manifest and a lock of its own beside it; one table a backfill. */
export const targetShadow = (of: TableRef, { id }: Backfill): TableRef =>
  sibling(of, `${of.split('.')[2]}_BACKFILL_${id}`);

/** One row a batch and attempt that has been loaded, committed together with its rows. */
export const manifest = (of: TableRef): TableRef => sibling(of, `${of.split('.')[2]}_LOAD_MANIFEST`);

/** One row; whoever updates it first loads first. */
export const loadLock = (of: TableRef): TableRef => sibling(of, `${of.split('.')[2]}_LOAD_LOCK`);

/** What the names of all shadows of a target begin with, and of what stands beside them. */
export const shadowPrefix = (of: TableRef): string => `${of.split('.')[2]}_BACKFILL_BF`;
