import { quoteIdentifier } from '../sql/identifier.ts';
import { as } from './coerce.ts';
import type { Context } from './context.ts';
import { unsupported } from './failures.ts';
import type { FromItem } from './from-items.ts';
import { item } from './from-items.ts';
import { outputColumns } from './output-names.ts';
import { compared } from './rules/comparisons.ts';
import { unify } from './rules/conditionals.ts';
import { dottedName } from './rules/columns.ts';
import { Scope } from './scope.ts';
import { kindOf, nodeAt, nodesAt, partsOf, shape } from './tree.ts';
import type { Node, Parts } from './tree.ts';
import { TEXT } from './types.ts';
import type { Typed } from './types.ts';

type ToItem = (node: Node, context: Context, scope: Scope) => FromItem;

/** What a PIVOT or UNPIVOT reads, in a scope of its own. */
const input = (parts: Parts, toItem: ToItem, context: Context, scope: Scope): { inside: Scope; from: FromItem } => {
  const inside = new Scope(scope.parent);
  for (const [name, table] of scope.tables) inside.tables.set(name, table);
  const from = toItem(nodeAt(parts, 'this')!, context, inside);
  inside.sources.push(...from.sources);
  return { inside, from };
};

const named = (parts: Parts, context: Context): readonly string[] =>
  parts['alias'] ? [context.identifier(parts['alias'])] : [];

/** A value with the alias that PIVOT's or UNPIVOT's list gives it. */
const aliased = (node: Node): { value: Node; alias: Node | undefined } =>
  kindOf(node) === 'pivot_alias'
    ? { value: nodeAt(partsOf(node), 'this')!, alias: nodeAt(partsOf(node), 'alias') }
    : { value: node, alias: undefined };

/** PIVOT(aggregate FOR column IN (values)): one column a value, grouped by all columns that it does not name. */
export const pivotItem = (parts: Parts, toItem: ToItem, context: Context, scope: Scope): FromItem => {
  const { inside, from } = input(parts, toItem, context, scope);
  const [given, ...others] = nodesAt(parts, 'expressions');
  const suffix = given && kindOf(given) === 'alias' ? `_${context.identifier(partsOf(given)['alias'])}` : '';
  const aggregate = given && suffix ? nodeAt(partsOf(given), 'this') : given;
  const fallback = nodeAt(parts, 'default_on_null');
  const [field] = nodesAt(parts, 'fields');
  const list = field && kindOf(field) === 'in' ? partsOf(field) : undefined;
  const dynamic = list && nodesAt(list, 'expressions').some((node) => ['pivot_any', 'select'].includes(kindOf(node)));
  if (dynamic || (list && nodeAt(list, 'query'))) throw unsupported('PIVOT with ANY or a subquery');
  if (!aggregate || others.length > 0 || !list) throw unsupported('PIVOT with several aggregates');
  const key = context.expression(nodeAt(list, 'this')!, inside);
  const used = new Set([aggregate, nodeAt(list, 'this')!].flatMap((node) => columnNames(node, context)));
  const groups = inside.sources.flatMap((source) => source.columns.filter((column) => !used.has(column.name)));
  const pivoted = nodesAt(list, 'expressions').map((node) => {
    const { value, alias } = aliased(node);
    const wanted = context.expression(value, inside);
    const filtered = context.expression(aggregate, where(compared(key, wanted).join(' = '), inside));
    const name = alias ? dottedName(alias, context)!.parts[0]! : wanted.sql;
    return {
      name: suffixed(name, suffix),
      ...(fallback ? orElse(filtered, context.expression(fallback, inside)) : filtered),
    };
  });
  const all = [...groups.map(({ name, sql, type }) => ({ name, sql, type })), ...pivoted];
  const columns = outputColumns(all);
  const selected = all.map(({ sql }, i) => `${sql} AS ${quoteIdentifier(columns[i]!.duckName)}`);
  const grouping = groups.length > 0 ? ` GROUP BY ${groups.map(({ sql }) => sql).join(', ')}` : '';
  const names = nodesAt(parts, 'alias_columns').map((name) => context.identifier(name));
  return item(
    `(SELECT ${selected.join(', ')} FROM ${from.render()}${grouping})`,
    columns,
    names,
    named(parts, context),
    scope,
  );
};

/** A scope whose columns have values only in the rows that a condition picks: aggregates pass over the others. */
const where = (condition: string, scope: Scope): Scope => {
  const filtered = new Scope(scope.parent, scope);
  for (const [name, table] of scope.tables) filtered.tables.set(name, table);
  filtered.sources.push(
    ...scope.sources.map((source) => ({
      ...source,
      columns: source.columns.map((column) => ({ ...column, sql: `CASE WHEN ${condition} THEN ${column.sql} END` })),
    })),
  );
  return filtered;
};

/** The alias of the aggregate stands behind each name, within the quotes of a text. */
const suffixed = (name: string, suffix: string): string =>
  suffix && name.endsWith("'") ? `${name.slice(0, -1)}${suffix}'` : `${name}${suffix}`;

const orElse = (value: Typed, fallback: Typed): Typed => {
  const { type, sqls } = unify([value, fallback]);
  return { sql: `coalesce(${sqls.join(', ')})`, type };
};

const columnNames = (node: Node, context: Context): string[] => {
  const names: string[] = [];
  JSON.parse(shape(node), (_key, value: unknown) => {
    const name =
      value !== null && typeof value === 'object' && !Array.isArray(value) && kindOf(value as Node) === 'column'
        ? dottedName(value as Node, context)
        : undefined;
    if (name) names.push(name.parts.at(-1)!);
    return value;
  });
  return names;
};

/** UNPIVOT(value FOR name IN (columns)): one row a column, NULLs left out unless they are asked for. */
export const unpivotItem = (parts: Parts, toItem: ToItem, context: Context, scope: Scope): FromItem => {
  const { inside, from } = input(parts, toItem, context, scope);
  const listed = nodesAt(parts, 'columns').map((node) => {
    const { value, alias } = aliased(node);
    const name = dottedName(value, context);
    if (!name) throw unsupported('UNPIVOT of an expression');
    const label = alias
      ? (dottedName(alias, context)?.parts[0] ?? String(partsOf(alias)['value']))
      : name.parts.at(-1)!;
    return {
      name: name.parts.at(-1)!,
      label: label.startsWith('~') ? context.string(label) : label,
      value: inside.resolve(name.parts, name.at),
    };
  });
  const { type, sqls } = unify(listed.map(({ value }) => value));
  const kept = inside.sources.flatMap((source) =>
    source.columns.filter((column) => !listed.some(({ name }) => name === column.name)),
  );
  const pairs = listed.map(({ label }, i) => `{'name': ${as(text(label), TEXT)}, 'value': ${sqls[i]}}`);
  const all = [
    ...kept.map(({ name, type }) => ({ name, type })),
    { name: context.identifier(parts['name_column']), type: TEXT },
    { name: context.identifier(parts['value_column']), type },
  ];
  const columns = outputColumns(all);
  const carried = kept.map(({ sql }, i) => `${sql} AS ${quoteIdentifier(columns[i]!.duckName)}`);
  const outer = [...kept.map((_, i) => quoteIdentifier(columns[i]!.duckName)), 'pair.name', 'pair.value'];
  const selected = outer.map((sql, i) => `${sql} AS ${quoteIdentifier(columns[i]!.duckName)}`);
  const filter = parts['include_nulls'] === true ? '' : ' WHERE pair.value IS NOT NULL';
  const exploded = `SELECT ${[...carried, `unnest([${pairs.join(', ')}]) AS pair`].join(', ')} FROM ${from.render()}`;
  return item(
    `(SELECT ${selected.join(', ')} FROM (${exploded}) AS u${filter})`,
    columns,
    [],
    named(parts, context),
    scope,
  );
};

const text = (value: string): Typed => ({ sql: `'${value.replaceAll("'", "''")}'`, type: TEXT });
