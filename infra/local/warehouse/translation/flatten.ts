import { quoteIdentifier } from '../sql/identifier.ts';
import { as, coerce } from './coerce.ts';
import type { Context } from './context.ts';
import { compilationError, unsupported } from './failures.ts';
import { flattenText } from './flatten-text.ts';
import type { FlattenPlan } from './flatten-text.ts';
import type { FromItem } from './from-items.ts';
import { Hoist } from './hoist.ts';
import { MARK } from './prepare/functions.ts';
import { Scope } from './scope.ts';
import { SPLIT_COLUMNS, splitCall } from './split-tables.ts';
import type { SplitColumn } from './split-tables.ts';
import type { ScopeColumn } from './scope.ts';
import { kindOf, nodeAt, nodesAt, partsOf, textAt } from './tree.ts';
import type { Node } from './tree.ts';
import { BOOLEAN, fixed, isSemiStructured, TEXT, VARIANT } from './types.ts';
import type { Typed } from './types.ts';

const same = (sql: string): string => sql;

const COLUMNS: readonly SplitColumn[] = [
  { from: 'SEQ', type: fixed(38, 0), of: same },
  { from: 'KEY', type: TEXT, of: same },
  { from: 'PATH', type: TEXT, of: same },
  { from: 'INDEX', type: fixed(38, 0), of: same },
  { from: 'VALUE', type: VARIANT, of: same },
  { from: 'THIS', type: VARIANT, of: same },
];

/** The call of FLATTEN, or of a function that splits a text, in a FROM item: LATERAL FLATTEN(...) or TABLE(FLATTEN(...)), aliased or not. */
const flattenCall = (node: Node): Node | undefined => {
  const kind = kindOf(node);
  const parts = partsOf(node);
  if (kind === 'alias' || kind === 'lateral') return flattenCall(nodeAt(parts, 'this')!);
  if (kind !== 'function') return undefined;
  const name = textAt(parts, 'name')?.toUpperCase();
  if (name === 'TABLE') return flattenCall(nodesAt(parts, 'args')[0] ?? { none: null });
  return name === `${MARK}FLATTEN` || splitCall(node) ? node : undefined;
};

export const isFlatten = (node: Node): boolean => flattenCall(node) !== undefined;

/** A FROM item that takes all items before it into itself. */
export interface FlattenItem extends FromItem {
  /** Takes a condition on the items before, to be tested before documents are exploded. */
  push(condition: Node): boolean;
}

/**
 * FLATTEN over what stands left of it. Each document is read once: a common table below the unnest computes the list of elements and every
 * expression of the query that needs only the items on the left, so that exploded rows carry values instead of documents.
 */
export const flattenItem = (
  node: Node,
  before: FromItem | undefined,
  outerJoin: boolean,
  context: Context,
  scope: Scope,
): FlattenItem => {
  const left = new Scope(scope.parent);
  left.sources.push(...scope.sources);
  for (const [name, table] of scope.tables) left.tables.set(name, table);
  for (const [name, column] of scope.joined) left.joined.set(name, column);
  left.hoist = scope.hoist;

  const parts = partsOf(node);
  const aliasPart = parts['alias'];
  const name = aliasPart ? context.identifier(aliasPart) : undefined;
  const alias = scope.alias(name ?? 'FLATTEN');
  const hoist = new Hoist(left, alias, context);
  const plan = planOf(flattenCall(node)!, outerJoin, context, left);
  const conditions: string[] = [];

  const names = nodesAt(parts, 'column_aliases').map((one) => context.identifier(one));
  const shown = splitCall(flattenCall(node)!) ? SPLIT_COLUMNS : COLUMNS;
  const columns = shown.map(({ from, type, of }, i): ScopeColumn => ({
    name: names[i] ?? from,
    type,
    get sql() {
      plan.used.add(from);
      return of(`${alias}.${quoteIdentifier(from)}`);
    },
  }));
  const own = { parts: name === undefined ? [] : [name], columns };
  const carried = scope.sources.map((source) => hoist.carried(source));
  scope.sources.splice(0, scope.sources.length, ...carried);
  for (const [key, column] of scope.joined) scope.joined.set(key, hoist.carriedColumn(column));
  scope.hoist = (expression) => hoist.take(expression, own);

  return {
    sources: [own],
    push(condition) {
      if (!hoist.owns(condition, own)) return false;
      conditions.push(as(context.expression(condition, left), BOOLEAN));
      return true;
    },
    render: () => flattenText(plan, hoist.columns, before?.render(), conditions, alias),
  };
};

const planOf = (call: Node, outerJoin: boolean, context: Context, left: Scope): FlattenPlan => {
  const split = splitCall(call);
  const args = split ? [split] : nodesAt(partsOf(call), 'args');
  const named = new Map(
    args
      .filter((arg) => kindOf(arg) === 'named_argument')
      .map((arg) => [context.identifier(partsOf(arg)['name']), nodeAt(partsOf(arg), 'value')!]),
  );
  const input = named.get('INPUT') ?? args.find((arg) => kindOf(arg) !== 'named_argument');
  if (!input) throw compilationError('001015', '42601', 'required parameter INPUT of FLATTEN missing');
  for (const name of named.keys())
    if (!['INPUT', 'PATH', 'OUTER', 'RECURSIVE', 'MODE'].includes(name)) throw unsupported(`FLATTEN with ${name}`);
  const mode = (text('MODE') ?? 'BOTH').toUpperCase();
  if (mode !== 'BOTH' && mode !== 'ARRAY' && mode !== 'OBJECT') throw unsupported(`FLATTEN with MODE ${mode}`);
  return {
    input: document(context.expression(input, left)),
    path: text('PATH') ?? '',
    mode,
    outer: outerJoin || flag('OUTER'),
    recursive: flag('RECURSIVE'),
    used: new Set(),
  };

  function text(name: string): string | undefined {
    const node = named.get(name);
    if (!node) return undefined;
    if (kindOf(node) !== 'literal') throw unsupported(`FLATTEN with a computed ${name}`);
    return context.string(textAt(partsOf(node), 'value')!);
  }

  function flag(name: string): boolean {
    const node = named.get(name);
    if (!node) return false;
    const value = partsOf(node)['value'];
    if (kindOf(node) !== 'boolean') throw unsupported(`FLATTEN with a computed ${name}`);
    return value === true;
  }
};

/** DuckDB takes the elements of a NULL for no list where it knows beforehand that it is one. */
const NOTHING: Typed = { sql: `CASE WHEN random() < 0 THEN CAST('[]' AS JSON) END`, type: VARIANT };

const document = (value: Typed): Typed => {
  if (value.type.name === 'null' || value.sql === 'CAST(NULL AS JSON)') return NOTHING;
  if (isSemiStructured(value.type)) return value;
  if (value.type.name === 'any') return coerce(value, VARIANT);
  throw compilationError(
    '001044',
    '42P13',
    `Invalid argument types for function 'FLATTEN': (INPUT => ${value.type.name.toUpperCase()})`,
  );
};
