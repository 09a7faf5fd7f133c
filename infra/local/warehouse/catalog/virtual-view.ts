import type { Column } from '../contract.ts';
import type { Cell } from '../session/outcome.ts';
import type { Warehouse } from '../warehouse.ts';
import type { NameScope } from './names.ts';

/** A view of INFORMATION_SCHEMA: its columns, and its rows for one database. */
export interface VirtualView {
  readonly columns: readonly Column[];
  rows(warehouse: Warehouse, database: string, scope: NameScope): Cell[][];
}
