import type { TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** Creates the table that keeps a backfill's rejected documents apart, unless another chunk has created it. */
export const createShadow = (p: { readonly table: TableRef; readonly like: TableRef }): Statement =>
  sql('create-shadow')`create transient table if not exists ${ident(p.table)} like ${ident(p.like)}`;
