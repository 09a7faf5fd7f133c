import type { ColumnType } from '../catalog/column-types.ts';
import type { Column } from '../contract.ts';
import type { Token } from '../sql/token.ts';

/** A stretch of source with its tokens (ended by `end`), to be evaluated or executed with the variables of the moment. */
export interface Fragment {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** Where a statement began, for the message of an error that nothing handles. */
export interface Place {
  readonly line: number;
  readonly position: number;
}

/** A procedure that is declared in a block and known there alone. */
export interface NestedProcedure {
  readonly parameters: readonly { readonly name: string; readonly type: ColumnType }[];
  /** Undefined for RETURNS TABLE. */
  readonly returns: ColumnType | undefined;
  readonly table: readonly Column[];
  readonly block: Block;
}

export type Declaration =
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly type: ColumnType | undefined;
      readonly value: Fragment | undefined;
    }
  | { readonly kind: 'cursor'; readonly name: string; readonly source: Fragment }
  | { readonly kind: 'resultset'; readonly name: string; readonly query: Fragment | undefined }
  | { readonly kind: 'procedure'; readonly name: string; readonly procedure: NestedProcedure }
  | { readonly kind: 'exception'; readonly name: string; readonly code: number; readonly message: string };

export interface Handler {
  /** Names of exceptions; OTHER takes whatever the others left. */
  readonly names: readonly string[];
  readonly goesOn: boolean;
  readonly body: readonly Statement[];
}

export interface Block {
  readonly declarations: readonly (Declaration & Place)[];
  readonly body: readonly Statement[];
  readonly handlers: readonly Handler[];
}

export interface Branch {
  readonly condition: Fragment;
  readonly body: readonly Statement[];
}

export type Action =
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'let'; readonly declaration: Declaration }
  | { readonly kind: 'assign'; readonly name: string; readonly value: Fragment }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: readonly Statement[] }
  | {
      readonly kind: 'case';
      readonly subject: Fragment | undefined;
      readonly branches: readonly Branch[];
      readonly otherwise: readonly Statement[] | undefined;
    }
  | {
      readonly kind: 'range';
      readonly name: string;
      readonly reverse: boolean;
      readonly from: Fragment;
      readonly to: Fragment;
      readonly body: readonly Statement[];
      readonly label: string | undefined;
    }
  | {
      readonly kind: 'each';
      readonly name: string;
      readonly source: Fragment;
      readonly body: readonly Statement[];
      readonly label: string | undefined;
    }
  | {
      readonly kind: 'while';
      readonly condition: Fragment;
      readonly body: readonly Statement[];
      readonly label: string | undefined;
    }
  | {
      readonly kind: 'repeat';
      readonly body: readonly Statement[];
      readonly until: Fragment;
      readonly label: string | undefined;
    }
  | { readonly kind: 'loop'; readonly body: readonly Statement[]; readonly label: string | undefined }
  | { readonly kind: 'break' | 'continue'; readonly label: string | undefined }
  | { readonly kind: 'open'; readonly cursor: string; readonly using: readonly Fragment[] }
  | { readonly kind: 'fetch'; readonly cursor: string; readonly into: readonly string[] }
  | { readonly kind: 'close'; readonly cursor: string }
  | { readonly kind: 'return'; readonly value: Fragment | undefined }
  | { readonly kind: 'return-table'; readonly source: Fragment }
  | { readonly kind: 'raise'; readonly name: string | undefined }
  | { readonly kind: 'execute'; readonly query: Query }
  | { readonly kind: 'async'; readonly query: Query }
  /** Without a name, it is for all jobs. */
  | { readonly kind: 'await'; readonly name: string | undefined }
  | { readonly kind: 'cancel'; readonly name: string }
  | { readonly kind: 'nothing' };

export type Statement = Action & Place;

/** Something that runs as SQL: written out, or the text that an expression gives (EXECUTE IMMEDIATE). */
export type Query =
  | { readonly dynamic: false; readonly sql: Fragment; readonly into: readonly string[] }
  | {
      readonly dynamic: true;
      readonly text: Fragment;
      readonly using: readonly Fragment[];
      readonly into: readonly string[];
    };
