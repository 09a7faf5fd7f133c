import type { Context } from './context.ts';
import { unsupported } from './failures.ts';
import type { FromItem } from './from-items.ts';
import { item, relationItem, relationNamed } from './from-items.ts';
import { pivotItem, unpivotItem } from './pivots.ts';
import { NO_ALIAS } from './prepare/shapes.ts';
import { pastNamed } from './past.ts';
import { sampleClause } from './samples.ts';
import { Scope } from './scope.ts';
import { tableFunction } from './table-functions.ts';
import { kindOf, nodeAt, nodesAt, partsOf } from './tree.ts';
import type { Node, Parts } from './tree.ts';

/** A table, view, stream, common table, subquery, VALUES or table function in FROM. */
export const sourceItem = (node: Node, context: Context, scope: Scope): FromItem => {
  const parts = partsOf(node);
  const sample = nodeAt(parts, kindOf(node) === 'table' ? 'table_sample' : 'sample');
  if (sample) return sampled(node, sample, context, scope);
  const names = nodesAt(parts, 'column_aliases').map((name) => context.identifier(name));
  switch (kindOf(node)) {
    case 'table':
      return tableItem(parts, names, context, scope);
    case 'subquery':
    case 'values':
      return queryItem(node, parts, names, context, scope);
    case 'paren':
      return queryItem({ subquery: {} }, parts, names, context, scope);
    case 'alias':
      return aliased(parts, names, context, scope);
    case 'function':
    case 'lateral':
      return tableFunction(node, aliasOf(parts, context), names, context, scope);
    case 'pivot':
      return pivotItem(parts, sourceItem, context, scope);
    case 'unpivot':
      return unpivotItem(parts, sourceItem, context, scope);
    default:
      throw unsupported(`${kindOf(node).replaceAll('_', ' ')} in FROM`);
  }
};

const sampled = (node: Node, sample: Parts, context: Context, scope: Scope): FromItem => {
  const parts = partsOf(node);
  const whole = kindOf(node) === 'table' ? { table: { ...parts, table_sample: null } } : nodeAt(parts, 'this')!;
  const item = sourceItem(whole, context, scope);
  const clause = sampleClause(sample, context);
  return { ...item, render: () => `${item.render()}${clause}` };
};

const aliasOf = (parts: Parts, context: Context): string | undefined => {
  const alias = parts['alias'];
  if (!alias) return undefined;
  const name = context.identifier(alias);
  return name === NO_ALIAS.slice(4) ? undefined : name;
};

const aliased = (parts: Parts, names: readonly string[], context: Context, scope: Scope): FromItem => {
  const inner = nodeAt(parts, 'this')!;
  if (kindOf(inner) === 'function') return tableFunction(inner, aliasOf(parts, context), names, context, scope);
  return sourceItem(
    { [kindOf(inner)]: { ...partsOf(inner), alias: parts['alias'], column_aliases: names } },
    context,
    scope,
  );
};

const queryItem = (node: Node, parts: Parts, names: readonly string[], context: Context, scope: Scope): FromItem => {
  const lateral = parts['lateral'] === true;
  const body =
    kindOf(node) === 'values' ? { values: { ...parts, alias: null, column_aliases: [] } } : nodeAt(parts, 'this')!;
  const { sql, columns } = context.query(body, lateral ? scope : outside(scope));
  const alias = aliasOf(parts, context);
  return item(`${lateral ? 'LATERAL ' : ''}(${sql})`, columns, names, alias === undefined ? [] : [alias], scope);
};

/** What a subquery in FROM sees: the queries around this one and its WITH, not its neighbours. */
const outside = (scope: Scope): Scope => {
  const seen = new Scope(scope.parent);
  for (const [name, table] of scope.tables) seen.tables.set(name, table);
  return seen;
};

/** The name parts that a table node holds, folded. */
export const tableName = (parts: Parts, context: Context): string[] =>
  [parts['catalog'], parts['schema'], parts['name']].filter(Boolean).map((part) => context.identifier(part));

const tableItem = (parts: Parts, names: readonly string[], context: Context, scope: Scope): FromItem => {
  const name = tableName(parts, context);
  const alias = aliasOf(parts, context);
  if (parts['when'] || parts['changes']) {
    const relation = pastNamed(name, parts, context);
    return relationItem(relation, alias === undefined ? name.slice(-1) : [alias], names, scope);
  }
  const common = name.length === 1 ? scope.table(name[0]!) : undefined;
  if (name.length === 1 && name[0] === 'DUAL' && !context.names.relation(name))
    return item('(SELECT 1)', [], [], [alias ?? 'DUAL'], scope);
  if (common) {
    const columns = common.columns.map((column) => ({ name: column.name, duckName: column.sql, type: column.type }));
    return item(common.sql, columns, names, [alias ?? name[0]!], scope);
  }
  const relation = relationNamed(name, context);
  return relationItem(
    relation,
    alias === undefined ? [relation.database, relation.schema, relation.name] : [alias],
    names,
    scope,
  );
};
