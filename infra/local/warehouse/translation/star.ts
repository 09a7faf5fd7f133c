import type { Context } from './context.ts';
import { compilationError, invalidIdentifier } from './failures.ts';
import { isHidden } from './hidden-columns.ts';
import { STAR_PATTERN } from './prepare/shapes.ts';
import type { Scope, ScopeColumn, Source } from './scope.ts';
import { nodeAt, nodesAt } from './tree.ts';
import type { Node, Parts } from './tree.ts';
import type { Typed } from './types.ts';

interface StarColumn {
  readonly name: string;
  readonly value: Typed;
}

/** The columns that `*` or `t.*` stands for, with EXCLUDE, ILIKE, REPLACE and RENAME. */
export const expandStar = (star: Parts, context: Context, scope: Scope): StarColumn[] => {
  const columns = starColumns(star, context, scope);
  const { excluded, pattern } = exclusions();
  const renames = new Map(
    ((star['rename'] ?? []) as [unknown, unknown][]).map(([from, to]) => [known(from), context.identifier(to)]),
  );
  const replaced = new Map(
    nodesAt(star, 'replace').map((one): [string, Node] => [known(one['alias']), nodeAt(one, 'this')!]),
  );
  return columns
    .filter((column) => !excluded.has(column.name) && (!pattern || pattern.test(column.name)))
    .map((column) => {
      const replacement = replaced.get(column.name);
      const value = replacement ? context.expression(replacement, scope) : { sql: column.sql, type: column.type };
      return { name: renames.get(column.name) ?? column.name, value };
    });

  function exclusions(): { excluded: Set<string>; pattern: RegExp | undefined } {
    const excluded = new Set<string>();
    let pattern: RegExp | undefined;
    for (const one of nodesAt(star, 'except')) {
      const name = context.identifier(one);
      if (name.startsWith(STAR_MARK)) pattern = likePattern(context.string(`~${name.slice(STAR_MARK.length)}`));
      else excluded.add(known(one));
    }
    return { excluded, pattern };
  }

  function known(identifier: unknown): string {
    const name = context.identifier(identifier);
    if (!columns.some((column) => column.name === name)) throw invalidIdentifier([name]);
    return name;
  }
};

/** As identifiers come back from the parser, without the mark in front. */
const STAR_MARK = STAR_PATTERN.slice(4);

const starColumns = (star: Parts, context: Context, scope: Scope): readonly ScopeColumn[] => {
  const table = star['table'];
  const qualifier = table ? context.identifier(table).split('.') : [];
  const sources = table ? scope.starSources(qualifier) : scope.sources;
  if (sources.length === 0)
    throw table ? invalidIdentifier(qualifier) : compilationError('002147', '42601', 'SELECT with no columns');
  if (!sources.some(({ columns }) => columns.length > 0))
    throw compilationError('002147', '42601', 'SELECT with no columns');
  return [...(table ? [] : scope.joined.values()), ...sources.flatMap((source) => visible(source, Boolean(table)))];
};

const visible = (source: Source, qualified: boolean): readonly ScopeColumn[] =>
  source.columns.filter((column) => !isHidden(column) && (qualified || !source.merged?.has(column.name)));

/** A LIKE pattern as JavaScript tests it, in any case. */
const likePattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    'is',
  );
