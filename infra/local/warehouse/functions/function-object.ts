import type { Catalog } from '../catalog/catalog.ts';
import type { ColumnType } from '../catalog/column-types.ts';
import type { CatalogObject } from '../catalog/object.ts';
import type { Column } from '../contract.ts';
import type { Remote } from '../external/remote.ts';
import type { Parameter } from '../scripting/procedure-object.ts';

/** What a SQL function's catalog entry holds; its path ends in the name with the types of its arguments. */
export interface FunctionDetails {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: ColumnType;
  /** The columns that it returns, where that is a table; `returns` says nothing then. */
  readonly table?: readonly Column[];
  /** As translation reads it: a query stands in parentheses. */
  readonly body: string;
  /** As written. */
  readonly text: string;
  readonly strict: boolean;
  readonly secure: boolean;
  readonly immutable: boolean;
  /** Without it, the body is SQL; otherwise only its text counts. */
  readonly language?: 'JAVASCRIPT';
  /** Whether it is a table function in JavaScript that keeps a state from row to row. */
  readonly stateful?: boolean;
  /** Whether its text is a block of Snowflake Scripting. */
  readonly scripted?: boolean;
  /** Where an external function is answered; its body is empty. */
  readonly remote?: Remote;
}

export type FunctionObject = CatalogObject<FunctionDetails> & { readonly kind: 'FUNCTION' };

/** The functions that share a name, by its full path. */
export const functionsNamed = (catalog: Catalog, path: readonly string[]): FunctionObject[] =>
  catalog
    .list('FUNCTION', path.slice(0, 2))
    .filter((object): object is FunctionObject => (object as FunctionObject).details.name === path[2]);
