import type { ColumnType } from '../catalog/column-types.ts';
import { SnowflakeError } from '../contract.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import type { Fragment, Handler, NestedProcedure } from './ast.ts';
import type { Result } from './host.ts';
import type { TypedValue } from './value.ts';

/** What a name may stand for in a block. */
export type Variable =
  | { readonly kind: 'value'; readonly type: ColumnType | undefined; value: TypedValue; readonly counter?: boolean }
  | { readonly kind: 'row'; readonly fields: ReadonlyMap<string, TypedValue> }
  | { readonly kind: 'resultset'; result: Result | undefined; job?: Job | undefined }
  | { readonly kind: 'procedure'; readonly procedure: NestedProcedure; readonly scope: Scope }
  | { readonly kind: 'cursor'; readonly source: Fragment; open: OpenCursor | undefined }
  | { readonly kind: 'exception'; readonly code: number; readonly message: string };

/** A statement that was started by ASYNC: how it ended, kept until AWAIT. */
export type Job = { readonly result: Result } | { readonly error: unknown };

/** A cursor between OPEN and CLOSE. */
export interface OpenCursor {
  readonly result: Result;
  readonly rows: AsyncIterator<readonly TypedValue[]>;
}

/** The exception handlers of a block, with the names that they see: not those of its LET. */
export interface Handling {
  readonly handlers: readonly Handler[];
  readonly scope: Scope;
}

/** The names of a block and of the blocks around it. */
export class Scope {
  readonly #names = new Map<string, Variable>();
  readonly #outer: Scope | undefined;
  /** The exception handlers of the block that this scope is part of. */
  readonly handling: Handling | undefined;

  constructor(outer?: Scope, handling: Handling | undefined = outer?.handling) {
    this.#outer = outer;
    this.handling = handling;
  }

  declare(name: string, variable: Variable): void {
    this.#names.set(name, variable);
  }

  find(name: string): Variable | undefined {
    return this.#names.get(name) ?? this.#outer?.find(name);
  }

  /** The variable of this kind, or the error that there is none. */
  need<Kind extends Variable['kind']>(kind: Kind, name: string): Extract<Variable, { kind: Kind }> {
    const found = this.find(name);
    if (found?.kind !== kind) throw unknownName(name);
    return found as Extract<Variable, { kind: Kind }>;
  }
}

/** The error of a name that stands for nothing here. */
export const unknownName = (name: string): SnowflakeError =>
  new SnowflakeError('000904', '42000', `SQL compilation error:\ninvalid identifier '${displayIdentifier(name)}'`);
