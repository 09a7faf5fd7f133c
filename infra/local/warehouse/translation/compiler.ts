import type { Names, Relation } from '../contract.ts';
import type { Context, Query } from './context.ts';
import { EXPRESSION_RULES } from './expressions.ts';
import { Sites } from './external-call.ts';
import { unsupported } from './failures.ts';
import type { Place } from './failures.ts';
import { MARK } from './prepare/functions.ts';
import { tokenize } from '../sql/lexer.ts';
import { parse } from './parse.ts';
import { prepare } from './prepare/prepare.ts';
import type { Prepared } from './prepare/prepare.ts';
import { translateQuery } from './query.ts';
import type { Scope } from './scope.ts';
import { kindOf, nodesAt, partsOf } from './tree.ts';
import type { Node, Parts } from './tree.ts';
import type { Type, Typed } from './types.ts';

/** Translates one statement: finds the rule for each node, and holds what the preparation took out of the text. */
export class Compiler implements Context {
  readonly names: Names;
  readonly reads = new Set<Relation>();
  readonly #prepared: Prepared;

  readonly sites: Sites;

  constructor(prepared: Prepared, names: Names, sites = new Sites()) {
    this.#prepared = prepared;
    this.names = names;
    this.sites = sites;
  }

  expression(node: Node, scope: Scope): Typed {
    const carried = scope.hoist?.(node);
    if (carried) return carried;
    const kind = kindOf(node);
    const rule = EXPRESSION_RULES[kind];
    if (!rule) throw unsupported(kind.replaceAll('_', ' '));
    return rule(partsOf(node), this, scope);
  }

  query(node: Node, scope: Scope): Query {
    return translateQuery(node, this, scope);
  }

  identifier(identifier: unknown): string {
    const { name, quoted } =
      typeof identifier === 'string'
        ? { name: identifier, quoted: false }
        : (identifier as { name: string; quoted: boolean });
    const own = name.startsWith(MARK) ? name.slice(MARK.length) : name;
    return quoted ? own : own.toUpperCase();
  }

  string(value: string): string {
    return value.startsWith('~') ? this.#prepared.strings[Number(value.slice(1))]! : value;
  }

  type(name: string): Type {
    const type = this.#prepared.types[Number(name.slice(MARK.length + 1))];
    if (!type) throw unsupported(`type ${name}`);
    return type;
  }

  lambdaType(index: number): Type {
    return this.#prepared.types[index]!;
  }

  routine(index: number): readonly string[] {
    return this.#prepared.routines[index]!;
  }

  items(mark: number): readonly string[] {
    return this.#prepared.items[mark] ?? [];
  }

  elsewhere(sql: string, names: Names): { node: Node; context: Context } {
    const prepared = prepare(tokenize(sql), sql, names, 'SELECT ');
    const items = nodesAt(partsOf(parse(prepared)), 'expressions');
    if (items.length !== 1) throw unsupported('a function body of several expressions');
    return { node: items[0]!, context: new Compiler(prepared, names, this.sites) };
  }

  place(parts: Parts): Place | undefined {
    const span = parts['span'] as { start: number } | null | undefined;
    return span ? this.#prepared.tokenAt(span.start) : undefined;
  }
}
