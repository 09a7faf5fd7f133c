import type { Context } from './context.ts';
import { compilationError, invalidIdentifier } from './failures.ts';
import { dottedName } from './rules/columns.ts';
import type { Scope, ScopeColumn, Source } from './scope.ts';
import { STAR_PATTERN } from './prepare/shapes.ts';
import { kindOf, nodeAt, nodesAt, partsOf, textAt } from './tree.ts';
import type { Node, Parts } from './tree.ts';
import type { Typed } from './types.ts';

/** One output column of a select. */
export interface SelectItem {
  readonly name: string;
  readonly value: Typed;
  /** Whether ORDER BY and GROUP BY can name it by an alias of its own. */
  readonly aliased: boolean;
}

/** A select's list: stars expanded, names as Snowflake gives them, aliases known to the rest of the select. */
export class SelectList {
  readonly #context: Context;
  readonly #scope: Scope;
  readonly #nodes: readonly Node[];
  readonly #texts: readonly string[];
  readonly #aliases = new Map<string, Node>();
  readonly #values = new Map<Node, Typed>();
  readonly #open = new Set<Node>();

  constructor(parts: Parts, context: Context, scope: Scope) {
    this.#context = context;
    this.#scope = scope;
    const nodes = nodesAt(parts, 'expressions');
    const mark =
      nodes[0] && kindOf(nodes[0]) === 'literal' ? /^#(\d+)$/.exec(textAt(partsOf(nodes[0]), 'value') ?? '') : null;
    this.#texts = mark ? context.items(Number(mark[1])) : [];
    this.#nodes = mark ? nodes.slice(1) : nodes;
    for (const node of this.#nodes) {
      if (kindOf(node) !== 'alias') continue;
      const name = context.identifier(partsOf(node)['alias']);
      if (!this.#aliases.has(name)) this.#aliases.set(name, node);
    }
    scope.aliases = (name) => this.alias(name);
  }

  /** The value that an alias stands for; undefined for no alias, and for one whose own expression asks. */
  alias(name: string): Typed | undefined {
    const node = this.#aliases.get(name);
    return node && !this.#open.has(node) ? this.#value(node) : undefined;
  }

  items(): SelectItem[] {
    return this.#nodes.flatMap((node, i) => {
      const kind = kindOf(node);
      if (kind === 'star') return this.#star(partsOf(node));
      if (kind === 'alias')
        return { name: this.#context.identifier(partsOf(node)['alias']), value: this.#value(node), aliased: true };
      const name = dottedName(node, this.#context)?.parts.at(-1) ?? (this.#texts[i] ?? '').toUpperCase();
      return { name, value: this.#value(node), aliased: dottedName(node, this.#context) !== undefined };
    });
  }

  #value(node: Node): Typed {
    const known = this.#values.get(node);
    if (known) return known;
    this.#open.add(node);
    const value = this.#context.expression(
      kindOf(node) === 'alias' ? nodeAt(partsOf(node), 'this')! : node,
      this.#scope,
    );
    this.#open.delete(node);
    this.#values.set(node, value);
    return value;
  }

  #star(star: Parts): SelectItem[] {
    const table = star['table'];
    const qualifier = table ? this.#context.identifier(table).split('.') : [];
    const sources = table ? this.#scope.starSources(qualifier) : this.#scope.sources;
    if (sources.length === 0)
      throw table ? invalidIdentifier(qualifier) : compilationError('002147', '42601', 'SELECT with no columns');
    const columns = [
      ...(table ? [] : this.#scope.joined.values()),
      ...sources.flatMap((source) => visible(source, Boolean(table))),
    ];
    const excluded = new Set<string>();
    let pattern: RegExp | undefined;
    for (const one of nodesAt(star, 'except')) {
      const name = this.#context.identifier(one);
      const mark = name.startsWith(STAR_PATTERN.slice(4)) ? name.slice(STAR_PATTERN.length - 4) : undefined;
      if (mark === undefined) excluded.add(this.#known(name, columns));
      else pattern = likePattern(this.#context.string(`~${mark}`));
    }
    const renames = new Map(
      ((star['rename'] ?? []) as [unknown, unknown][]).map(([from, to]) => [
        this.#known(this.#context.identifier(from), columns),
        this.#context.identifier(to),
      ]),
    );
    const replaced = new Map(
      nodesAt(star, 'replace').map((one) => [
        this.#known(this.#context.identifier(one['alias']), columns),
        nodeAt(one, 'this')!,
      ]),
    );
    return columns
      .filter((column) => !excluded.has(column.name) && (!pattern || pattern.test(column.name)))
      .map((column) => {
        const replacement = replaced.get(column.name);
        const value = replacement
          ? this.#context.expression(replacement, this.#scope)
          : { sql: column.sql, type: column.type };
        return { name: renames.get(column.name) ?? column.name, value, aliased: true };
      });
  }

  #known(name: string, columns: readonly ScopeColumn[]): string {
    if (!columns.some((column) => column.name === name)) throw invalidIdentifier([name]);
    return name;
  }
}

const visible = (source: Source, qualified: boolean): readonly ScopeColumn[] =>
  qualified || !source.merged ? source.columns : source.columns.filter((column) => !source.merged!.has(column.name));

const likePattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    'is',
  );
