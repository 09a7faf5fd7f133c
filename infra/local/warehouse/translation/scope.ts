import { ambiguousColumn, invalidIdentifier } from './failures.ts';
import type { Place } from './failures.ts';
import type { Hierarchy } from './connect-by.ts';
import type { Node, Parts } from './tree.ts';
import type { Type, Typed } from './types.ts';
import { quoteIdentifier } from '../sql/identifier.ts';

/** A column that an expression can name. */
export interface ScopeColumn extends Typed {
  readonly name: string;
  /** Whether its table takes no NULL there. */
  readonly required?: boolean;
}

/** One item of FROM: what it is called and the columns it brings. */
export interface Source {
  /** The parts by which columns can be qualified, alias or full name. */
  readonly parts: readonly string[];
  readonly columns: readonly ScopeColumn[];
  /** Columns that a star leaves out, since an earlier source brings them (USING, NATURAL). */
  readonly merged?: ReadonlySet<string>;
}

/** A common table expression: its quoted DuckDB name, and the columns it gives with theirs, not quoted. */
export interface CommonTable {
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly sql: string; readonly type: Type }[];
}

/** What names mean at one place of a statement. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly sources: Source[] = [];
  readonly tables = new Map<string, CommonTable>();
  /** Columns that a join merged: unqualified, they mean the merged value. */
  readonly joined = new Map<string, ScopeColumn>();
  /** The select list's aliases, translated when first named. */
  aliases: ((name: string) => Typed | undefined) | undefined;
  /** The same while FROM is read: only conditions of joins ask for them. */
  joinAliases: ((name: string) => Typed | undefined) | undefined;
  /** Takes an expression that can be computed below an unnest, and gives the column that carries it. */
  hoist: ((node: Node) => Typed | undefined) | undefined;
  /** Whether something within named a column from around. */
  crossed = false;
  /** What a window function means where DuckDB takes none. */
  lagged: ((parts: Parts) => Typed) | undefined;
  /** The row number of a GENERATOR in FROM, as DuckDB text. */
  generated: string | undefined;
  /** Where PRIOR looks, in the condition of CONNECT BY. */
  prior: Scope | undefined;
  /** The hierarchy that CONNECT BY makes. */
  hierarchy: Hierarchy | undefined;
  /** DuckDB aliases in use here and around. */
  readonly #taken: Set<string>;

  /** `around`: whose DuckDB aliases stay taken, also where its names are not seen. */
  constructor(parent?: Scope, around: Scope | undefined = parent) {
    this.parent = parent;
    this.#taken = new Set(around ? around.#taken : []);
  }

  /** A quoted DuckDB alias that no other source in reach has. */
  alias(name: string): string {
    let unique = name;
    for (let i = 2; this.#taken.has(unique.toLowerCase()); i += 1) unique = `${name}_${i}`;
    this.#taken.add(unique.toLowerCase());
    return quoteIdentifier(unique);
  }

  table(name: string): CommonTable | undefined {
    return this.tables.get(name) ?? this.parent?.table(name);
  }

  /** The column that a dotted name means, from the innermost query outwards; select aliases come after columns. */
  resolve(parts: readonly string[], at?: Place): Typed {
    const found = this.find(parts, at);
    if (found) return found;
    throw invalidIdentifier(parts, at);
  }

  find(parts: readonly string[], at?: Place): Typed | undefined {
    const own = this.findColumn(parts, at);
    if (own) return own;
    const outer = this.parent?.find(parts, at);
    if (outer) this.crossed = true;
    return outer;
  }

  findColumn(parts: readonly string[], at?: Place): Typed | undefined {
    const name = parts.at(-1)!;
    if (parts.length === 1 && this.joined.has(name)) return this.joined.get(name);
    const qualifier = parts.slice(0, -1);
    const place = /^\$(\d+)$/.exec(name);
    const found = this.sources
      .filter((source) => isSuffix(qualifier, source.parts))
      .flatMap((source) =>
        place
          ? source.columns.slice(Number(place[1]) - 1, Number(place[1]))
          : source.columns.filter((column) => column.name === name),
      );
    if (found.length > 1) throw ambiguousColumn(name, at);
    return found[0] ?? (parts.length === 1 ? this.aliases?.(name) : undefined);
  }

  /** The sources that a qualified star means. */
  starSources(qualifier: readonly string[]): readonly Source[] {
    return this.sources.filter((source) => isSuffix(qualifier, source.parts));
  }
}

const isSuffix = (suffix: readonly string[], parts: readonly string[]): boolean =>
  suffix.length <= parts.length && suffix.every((part, i) => part === parts[parts.length - suffix.length + i]);
