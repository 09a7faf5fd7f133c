import type { Column } from '../contract.ts';
import type { NameScope } from '../catalog/name-scope.ts';
import { boolean, integer, text, timestamp, type Cell } from '../session/outcome.ts';
import type { Warehouse } from '../warehouse.ts';

/** A value, or the DuckDB text of one that is computed when the view is read. */
export type ViewCell = Cell | { readonly sql: string };

/** A view of INFORMATION_SCHEMA or ACCOUNT_USAGE: its columns, and its rows for one database, or for all of them. */
export interface VirtualView {
  readonly columns: readonly Column[];
  rows(warehouse: Warehouse, database: string | undefined, scope: NameScope): ViewCell[][];
  /** DuckDB text of a subquery with these columns, where the rows do not come from the catalog. */
  read?(warehouse: Warehouse, database: string | undefined, scope: NameScope): string;
}

/** How one column of a view comes about; without a value it is NULL. */
export interface Field<T> {
  readonly column: (name: string) => Column;
  readonly value?: (thing: T, warehouse: Warehouse) => ViewCell;
}

/** Columns by name, for all the views that show such things. */
export type Fields<T> = Readonly<Record<string, Field<T>>>;

type MakeField = <T>(value?: Field<T>['value']) => Field<T>;

const field =
  (column: Field<never>['column']): MakeField =>
  (value) => ({ column, ...(value && { value }) });

export const words = field(text);
export const number = field(integer);
export const time = field(timestamp);
export const flag = field(boolean);
export const real = field((name) => ({ name, type: 'real', nullable: true }));
export const variant = field((name) => ({ name, type: 'variant', nullable: true }));
export const list = field((name) => ({ name, type: 'array', nullable: true }));

/** A view of things whose columns are named in order; one that has no field is a text that is always NULL. */
export const viewOf = <T>(
  names: string,
  fields: Fields<T>,
  things: (warehouse: Warehouse, database: string | undefined, scope: NameScope) => readonly T[],
): VirtualView => {
  const chosen = names
    .trim()
    .split(/\s+/)
    .map((name) => ({ name, ...(fields[name] ?? words<T>()) }));
  return {
    columns: chosen.map(({ name, column }) => column(name)),
    rows: (warehouse, database, scope) =>
      things(warehouse, database, scope).map((thing) => chosen.map(({ value }) => value?.(thing, warehouse))),
  };
};

/** How the standard spells truth. */
export const yes = (value: boolean | undefined): string => (value ? 'YES' : 'NO');
