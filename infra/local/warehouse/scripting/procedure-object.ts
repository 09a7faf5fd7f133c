import type { ColumnType } from '../catalog/column-types.ts';
import type { CatalogObject } from '../catalog/object.ts';
import type { Column } from '../contract.ts';

/** One argument of a procedure. */
export interface Parameter {
  readonly name: string;
  readonly type: ColumnType;
  /** Its DEFAULT as written. */
  readonly fallback?: string;
  /** Whether what it ends up as goes to the variable that the caller gave. */
  readonly out?: boolean;
}

/** What a procedure's catalog entry holds; its path ends in the name with the types of its arguments. */
export interface ProcedureDetails {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Undefined for RETURNS TABLE. */
  readonly returns: ColumnType | undefined;
  /** The columns of RETURNS TABLE (...), where it names any. */
  readonly table?: readonly Column[];
  readonly returnsText: string;
  readonly body: string;
  readonly executeAs: 'OWNER' | 'CALLER';
  /** Without it, the body is Snowflake Scripting. */
  readonly language?: 'JAVASCRIPT';
  /** Whether a NULL among the arguments is the result, without a call. */
  readonly strict?: boolean;
}

export type ProcedureObject = CatalogObject<ProcedureDetails> & { readonly kind: 'PROCEDURE' };
