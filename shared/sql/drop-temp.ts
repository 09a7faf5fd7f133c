import type { TableRef } from '../../events/contract.ts';
import { ident } from './identifier.ts';
import { sql, type Statement } from './statement.ts';

/** Drops a temp table of one's own; a table that is gone already is fine. */
export const dropTemp = (table: TableRef): Statement => sql('drop-temp')`drop table if exists ${ident(table)}`;
