import type { Column } from '../contract.ts';
import type { Cell } from '../session/outcome.ts';
import type { Warehouse } from '../warehouse.ts';
import type { NameScope } from './names.ts';

/** A value, or the DuckDB text of one that is computed when the view is read. */
export type ViewCell = Cell | { readonly sql: string };

/** A view of INFORMATION_SCHEMA: its columns, and its rows for one database. */
export interface VirtualView {
  readonly columns: readonly Column[];
  rows(warehouse: Warehouse, database: string, scope: NameScope): ViewCell[][];
  /** DuckDB text of a subquery with these columns, where the rows do not come from the catalog. */
  read?(warehouse: Warehouse, database: string, scope: NameScope): string;
}
