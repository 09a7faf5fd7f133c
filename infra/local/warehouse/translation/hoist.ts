import type { Context } from './context.ts';
import { AGGREGATES } from './functions/aggregates.ts';
import { WINDOWS } from './functions/windows.ts';
import { MARK } from './prepare/functions.ts';
import { dottedName } from './rules/columns.ts';
import type { Scope, ScopeColumn, Source } from './scope.ts';
import { kindOf, partsOf, shape, textAt } from './tree.ts';
import type { Node } from './tree.ts';
import type { Typed } from './types.ts';

const NEVER = new Set([
  'select',
  'subquery',
  'exists',
  'window_function',
  'within_group',
  'star',
  'union',
  'except',
  'intersect',
  'interval',
]);
const VOLATILE = new Set([
  'RANDOM',
  'UUID_STRING',
  'SEQ1',
  'SEQ2',
  'SEQ4',
  'SEQ8',
  'UNIFORM',
  'NORMAL',
  'ZIPF',
  'RANDSTR',
  'NEXTVAL',
]);

/** One value that is computed once for each document and carried to its exploded rows. */
export interface Carried {
  readonly name: string;
  readonly sql: string;
}

/** Collects the expressions that need only what stands left of a FLATTEN. */
export class Hoist {
  readonly columns: Carried[] = [];
  readonly #left: Scope;
  readonly #alias: string;
  readonly #context: Context;
  readonly #known = new Map<string, Typed>();

  constructor(left: Scope, alias: string, context: Context) {
    this.#left = left;
    this.#alias = alias;
    this.#context = context;
  }

  /** The carried column for an expression on the left items alone; undefined for any other. */
  take(node: Node, flatten: Source): Typed | undefined {
    if (!this.owns(node, flatten)) return undefined;
    const key = shape(node);
    const known = this.#known.get(key) ?? this.#carry(this.#context.expression(node, this.#left));
    this.#known.set(key, known);
    return known;
  }

  /** A source whose columns are carried once something asks for them. */
  carried(source: Source): Source {
    return { ...source, columns: source.columns.map((column) => this.carriedColumn(column)) };
  }

  carriedColumn(column: ScopeColumn): ScopeColumn {
    let carried: Typed | undefined;
    const carry = (): Typed => (carried ??= this.#carry({ sql: column.sql, type: column.type }));
    return {
      name: column.name,
      type: column.type,
      get sql() {
        return carry().sql;
      },
    };
  }

  /** Whether an expression names columns of the left items and nothing else that changes from row to row. */
  owns(node: Node, flatten: Source): boolean {
    let named = 0;
    const walk = (value: unknown): boolean => {
      if (Array.isArray(value)) return value.every(walk);
      if (value === null || typeof value !== 'object') return true;
      const kind = kindOf(value as Node);
      if (NEVER.has(kind)) return false;
      const name = kind === 'column' || kind === 'dot' ? dottedName(value as Node, this.#context) : undefined;
      if (name) {
        named += 1;
        return this.#isLeft(name.parts, flatten);
      }
      if ((kind === 'function' || kind === 'aggregate_function') && !isPlain(value as Node)) return false;
      return Object.values(value as Node).every(walk);
    };
    return walk(node) && named > 0;
  }

  #isLeft(parts: readonly string[], flatten: Source): boolean {
    if (parts.length === 1 && flatten.columns.some((column) => column.name === parts[0])) return false;
    return this.#left.sources.some(
      (source) =>
        source.columns.some((column) => column.name === parts.at(-1)) &&
        !parts.at(-1)!.startsWith('$') &&
        (parts.length === 1 || source.parts.at(-1) === parts.at(-2)),
    );
  }

  #carry(value: Typed): Typed {
    const same = this.columns.find((column) => column.sql === value.sql);
    const name = same?.name ?? `h${this.columns.length + 1}`;
    if (!same) this.columns.push({ name, sql: value.sql });
    return { sql: `${this.#alias}.${name}`, type: value.type };
  }
}

const isPlain = (node: Node): boolean => {
  const name = (textAt(partsOf(node), 'name') ?? '').replace(MARK, '').toUpperCase();
  return !(name in AGGREGATES) && !(name in WINDOWS) && !VOLATILE.has(name) && !/^R\d+$/.test(name);
};
