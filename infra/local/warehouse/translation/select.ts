import { quoteIdentifier } from '../sql/identifier.ts';
import { as } from './coerce.ts';
import { uncollated } from './collations.ts';
import { commonTables } from './common-tables.ts';
import { connectBy } from './connect-by.ts';
import type { Context, Query } from './context.ts';
import { unsupported } from './failures.ts';
import { translateFrom } from './from.ts';
import { groupClause } from './group-by.ts';
import { limitClause } from './limits.ts';
import { orderItems, ordinal } from './order-by.ts';
import { ordering, sortKey } from './ordering.ts';
import { withOuterJoins } from './outer-joins.ts';
import { outputColumns } from './output-names.ts';
import { dottedName } from './rules/columns.ts';
import { Scope } from './scope.ts';
import { SelectList } from './select-list.ts';
import type { SelectItem } from './select-list.ts';
import { nodeAt, nodesAt } from './tree.ts';
import type { Parts } from './tree.ts';
import { BOOLEAN } from './types.ts';
import { windowOf } from './window.ts';

const REFUSED = ['distinct_on', 'lateral_views', 'cluster_by', 'distribute_by', 'sort_by', 'sample', 'into', 'locks'];

/** Tells of DuckDB texts whether they are never NULL in a select's rows: constants, and columns that are so in their table. */
const neverNull = (parts: Parts, scope: Scope): ((sql: string) => boolean) => {
  const kinds = nodesAt(parts, 'joins').map((join) => String(join['kind']));
  const kept = kinds.every((kind) => kind in OPTIONAL) && !parts['group_by'] && !parts['connect'];
  // Each join brings one source, behind those of FROM.
  const first = scope.sources.length - kinds.length;
  const sources = kept ? scope.sources.filter((_, i) => !OPTIONAL[kinds[i - first] ?? 'Inner']) : [];
  const texts = new Set(
    sources.flatMap(({ columns }) => columns.filter(({ required }) => required).map(({ sql }) => sql)),
  );
  return (sql) => texts.has(sql) || /^(?:\d+(?:\.\d+)?|'(?:[^']|'')*')$/.test(sql);
};

/** Joins that keep the rows before them, with whether what they bring may be missing. */
const OPTIONAL: Readonly<Record<string, boolean>> = {
  Inner: false,
  Cross: false,
  Natural: false,
  Left: true,
  NaturalLeft: true,
};

/** A SELECT with all its clauses. */
export const translateSelect = (given: Parts, context: Context, outer: Scope): Query => {
  const parts = withOuterJoins(given, context);
  for (const key of REFUSED) {
    const value = parts[key];
    if (Array.isArray(value) ? value.length > 0 : value) throw unsupported(key.replaceAll('_', ' ').toUpperCase());
  }
  const scope = new Scope(outer);
  const tables = commonTables(parts, context, scope);
  const early = new SelectList(parts, context, scope);
  scope.aliases = undefined;
  scope.joinAliases = (name) => early.alias(name);
  const read = translateFrom(parts, context, scope);
  scope.joinAliases = undefined;
  const hierarchy = nodeAt(parts, 'connect');
  const from = hierarchy ? connectBy(hierarchy, read, context, scope) : read;
  const list = new SelectList(parts, context, scope);
  const items = list.items();
  if (parts['distinct']) for (const { value } of items) uncollated(value, 'DISTINCT');
  const never = neverNull(parts, scope);
  const columns = outputColumns(items.map(({ name, value }) => ({ name, type: value.type }))).map((column, i) =>
    never(items[i]!.value.sql) ? { ...column, required: true } : column,
  );
  const selected = items.map(({ value }, i) => `${value.sql} AS ${quoteIdentifier(columns[i]!.duckName)}`);
  const where = nodeAt(parts, 'where_clause');
  const conditions = where ? from.filter(nodeAt(where, 'this')!) : '';
  const group = groupClause(parts, items, context, scope);
  const rest = [
    conditions && ` WHERE ${conditions}`,
    group,
    condition('having', 'HAVING'),
    windows(),
    condition('qualify', 'QUALIFY'),
    order(items),
    limitClause(parts, context, scope),
  ].join('');
  const fromText = from.render();
  return {
    sql: `${tables}SELECT ${parts['distinct'] ? 'DISTINCT ' : ''}${selected.join(', ')}${fromText && ` FROM ${fromText}`}${rest}`,
    columns,
  };

  function condition(key: string, word: string): string {
    const clause = nodeAt(parts, key);
    return clause ? ` ${word} ${as(context.expression(nodeAt(clause, 'this')!, scope), BOOLEAN)}` : '';
  }

  function windows(): string {
    const named = nodesAt(parts, 'windows').map(
      (window) =>
        `${quoteIdentifier(context.identifier(window['name']))} AS ${windowOf(nodeAt(window, 'spec')!, context, scope).sql}`,
    );
    return named.length > 0 ? ` WINDOW ${named.join(', ')}` : '';
  }

  function order(items: readonly SelectItem[]): string {
    const sorted = orderItems(parts).flatMap((item) => {
      const node = nodeAt(item, 'this')!;
      const name = dottedName(node, context);
      if (name?.parts.length === 1 && name.parts[0] === 'ALL' && !scope.find(name.parts))
        return items.map(({ value }, i) => ordering(item, value, keyAt(i)));
      const place = ordinal(node, items.length);
      const at = place
        ? place - 1
        : name?.parts.length === 1
          ? items.findIndex((one) => one.aliased && one.name === name.parts[0])
          : -1;
      if (at >= 0) return ordering(item, items[at]!.value, keyAt(at));
      return ordering(item, context.expression(node, scope));
    });
    return sorted.length > 0 ? ` ORDER BY ${sorted.join(', ')}` : '';

    /** A selected column by its place, unless it is sorted by something other than itself. */
    function keyAt(at: number): string {
      const { sql, type } = items[at]!.value;
      const key = sortKey(sql, type);
      return key === sql ? String(at + 1) : key;
    }
  }
};
