import type { Names, Relation } from '../contract.ts';
import type { Sites } from './external-call.ts';
import type { Place } from './failures.ts';
import type { Scope } from './scope.ts';
import type { Node, Parts } from './tree.ts';
import type { Type, Typed } from './types.ts';

/** A translated query: its DuckDB text and the columns that come out, with the names they have there. */
export interface Query {
  readonly sql: string;
  readonly columns: readonly QueryColumn[];
}

export interface QueryColumn {
  /** The name on Snowflake. */
  readonly name: string;
  /** The name in DuckDB, where two names may not differ in case alone; not quoted. */
  readonly duckName: string;
  readonly type: Type;
  /** Whether it is known to be never NULL. */
  readonly required?: boolean;
}

/** What rules ask of the translation that they are part of. */
export interface Context {
  readonly names: Names;
  /** The places that call external functions. */
  readonly sites: Sites;
  /** Relations that the statement reads, in the order in which they were met. */
  readonly reads: Set<Relation>;
  expression(node: Node, scope: Scope): Typed;
  query(node: Node, scope: Scope): Query;
  /** A folded identifier part, such as an alias. */
  identifier(identifier: unknown): string;
  /** The text of a string literal. */
  string(value: string): string;
  /** The type that a cast names. */
  type(name: string): Type;
  /** The type of a lambda's parameter, by the number in its mark. */
  lambdaType(index: number): Type;
  routine(index: number): readonly string[];
  /** The texts of the select list with this mark. */
  items(mark: number): readonly string[];
  place(parts: Parts): Place | undefined;
  /** An expression that stands in another text, with what translates it there. */
  elsewhere(sql: string, names: Names): { readonly node: Node; readonly context: Context };
}

/** Translates one kind of node. */
export type Rule = (parts: Parts, context: Context, scope: Scope) => Typed;
