import { as } from './coerce.ts';
import type { Context } from './context.ts';
import { compilationError, invalidIdentifier, unsupported } from './failures.ts';
import type { FromItem } from './from-items.ts';
import { isHidden } from './hidden-columns.ts';
import { compared } from './rules/comparisons.ts';
import { unify } from './rules/conditionals.ts';
import type { Scope, ScopeColumn, Source } from './scope.ts';
import { sourceItem } from './sources.ts';
import { nodeAt, nodesAt } from './tree.ts';
import type { Node, Parts } from './tree.ts';
import { BOOLEAN } from './types.ts';

const WORDS: Record<string, string> = {
  Inner: 'JOIN',
  Left: 'LEFT JOIN',
  Right: 'RIGHT JOIN',
  Full: 'FULL JOIN',
  Cross: 'CROSS JOIN',
  Natural: 'JOIN',
  NaturalLeft: 'LEFT JOIN',
  NaturalRight: 'RIGHT JOIN',
  NaturalFull: 'FULL JOIN',
  AsOf: 'ASOF LEFT JOIN',
};

/** A JOIN; USING and NATURAL become ON, with one merged column in the place of each pair. */
export const translateJoin = (join: Parts, before: FromItem, context: Context, scope: Scope): FromItem => {
  const kind = String(join['kind']);
  const word = WORDS[kind];
  if (!word) throw unsupported(`${kind} JOIN`);
  const leftSources = [...scope.sources];
  const item = sourceItem(nodeAt(join, 'this')!, context, scope);
  const right = item.sources[0]!;
  const names = kind.startsWith('Natural')
    ? shared(leftSources, right)
    : nodesAt(join, 'using').map((name) => context.identifier(name));
  const merged = names.map((name) => merge(name, leftSources, right, kind, scope));
  scope.sources.push(names.length > 0 ? { ...right, merged: new Set(names) } : right);
  if (names.length > 0) hideMerged(scope, leftSources, new Set(names));
  const on = nodeAt(join, 'on');
  const match = nodeAt(join, 'match_condition');
  const tests = [
    ...merged,
    ...(names.length === 0 && on ? [condition(on)] : []),
    ...(match ? [as(context.expression(match, scope), BOOLEAN)] : []),
  ];
  const joint = tests.length > 0 ? tests.join(' AND ') : undefined;
  if (joint === undefined && kind !== 'Cross' && kind !== 'Inner')
    throw compilationError('001003', '42000', `${kind} JOIN without a condition`);
  const text = joint === undefined ? 'CROSS JOIN' : word;
  return {
    sources: [],
    render: () => `${before.render()} ${text} ${item.render()}${joint === undefined ? '' : ` ON ${joint}`}`,
  };

  /** The condition of a join can name what the select list computes. */
  function condition(node: Node): string {
    scope.aliases = scope.joinAliases;
    const sql = as(context.expression(node, scope), BOOLEAN);
    scope.aliases = undefined;
    return sql;
  }
};

const shared = (left: readonly Source[], right: Source): string[] =>
  right.columns
    .filter((column) => !isHidden(column))
    .map((column) => column.name)
    .filter((name) => left.some((source) => source.columns.some((column) => column.name === name)));

const merge = (name: string, left: readonly Source[], right: Source, kind: string, scope: Scope): string => {
  const theirs = right.columns.find((column) => column.name === name);
  const ours: ScopeColumn | undefined =
    scope.joined.get(name) ?? left.flatMap((source) => source.columns.filter((column) => column.name === name))[0];
  if (!ours || !theirs) throw invalidIdentifier([name]);
  const { type, sqls } = unify([ours, theirs]);
  const isRight = kind.endsWith('Right');
  const sql = kind.endsWith('Full') ? `coalesce(${sqls.join(', ')})` : isRight ? theirs.sql : ours.sql;
  scope.joined.set(name, { name, sql, type: kind.endsWith('Full') ? type : isRight ? theirs.type : ours.type });
  return compared(ours, theirs).join(' = ');
};

/** An unqualified star shows each merged column once, before all others. */
const hideMerged = (scope: Scope, left: readonly Source[], names: ReadonlySet<string>): void => {
  for (const source of left) {
    const at = scope.sources.indexOf(source);
    scope.sources[at] = { ...source, merged: new Set([...(source.merged ?? []), ...names]) };
  }
};
