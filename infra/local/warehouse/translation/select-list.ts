import type { Context } from './context.ts';
import { dottedName } from './rules/columns.ts';
import type { Scope } from './scope.ts';
import { expandStar } from './star.ts';
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

/** The parser draws `AS x` after a list in parentheses (`a LIKE ANY (...) AS x`, `(a, b) = (1, 2) AS x`) into the list; it belongs to all before it. */
const liftAlias = (node: Node): Node => {
  const [kind, parts] = [kindOf(node), partsOf(node)];
  const key = kind === 'not' ? 'this' : 'right';
  const inner = kind === 'alias' || kind === 'star' ? undefined : nodeAt(parts, key);
  if (!inner) return node;
  const lifted = kind === 'not' ? liftAlias(inner) : inner;
  if (kindOf(lifted) !== 'alias') return node;
  const within = nodeAt(partsOf(lifted), 'this')!;
  return { alias: { ...partsOf(lifted), this: { [kind]: { ...parts, [key]: within } } } };
};

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
    this.#nodes = (mark ? nodes.slice(1) : nodes).map(liftAlias);
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
      if (kind === 'star')
        return expandStar(partsOf(node), this.#context, this.#scope).map((column) => ({ ...column, aliased: true }));
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
}
