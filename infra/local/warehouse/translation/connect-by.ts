import { as } from './coerce.ts';
import type { Context } from './context.ts';
import { unsupported } from './failures.ts';
import type { From } from './from.ts';
import { Scope } from './scope.ts';
import type { Source } from './scope.ts';
import { nodeAt } from './tree.ts';
import type { Node, Parts } from './tree.ts';
import { BOOLEAN, INTEGER, TEXT } from './types.ts';
import type { Typed } from './types.ts';

/** What SYS_CONNECT_BY_PATH and CONNECT_BY_ROOT ask of the hierarchy around them. */
export interface Hierarchy {
  /** The texts of a value from the root down to each row, every one with the separator in front. */
  path(value: Node, separator: string): Typed;
  /** A value of the root above each row. */
  root(value: Node): Typed;
}

/** START WITH ... CONNECT BY: a recursive table over all that stands in FROM, which takes its place. */
export const connectBy = (clause: Parts, from: From, context: Context, scope: Scope): From => {
  if (clause['nocycle']) throw unsupported('NOCYCLE');
  const [rows, tree] = [scope.alias('ROWS'), scope.alias('TREE')];
  const flat = scope.sources.flatMap((source) => source.columns);
  const names = flat.map((_, i) => `c${i}`);
  const current = around(rows);
  current.prior = around(tree);
  const start = nodeAt(clause, 'start');
  const roots = start ? ` WHERE ${as(context.expression(start, current), BOOLEAN)}` : '';
  const step = as(context.expression(nodeAt(clause, 'connect')!, current), BOOLEAN);
  const carried: { first: string; next: (name: string) => string }[] = [];
  const carry = (first: string, next: (name: string) => string): string =>
    `${tree}.v${carried.push({ first, next }) - 1}`;
  scope.hierarchy = {
    path: (value, separator) => {
      const text = `${separator} || coalesce(${as(context.expression(value, current), TEXT)}, '')`;
      return { sql: carry(text, (name) => `${name} || ${text}`), type: TEXT };
    },
    root: (value) => {
      const { sql, type } = context.expression(value, current);
      return { sql: carry(sql, (name) => name), type };
    },
  };
  scope.sources.splice(0, scope.sources.length, ...sourcesAt(tree), {
    parts: [],
    columns: [{ name: 'LEVEL', sql: `${tree}.level`, type: INTEGER }],
    merged: new Set(['LEVEL']),
  });
  return {
    filter: (node) => as(context.expression(node, scope), BOOLEAN),
    render: () => {
      const inner = `(SELECT ${flat.map((column, i) => `${column.sql} AS c${i}`).join(', ')} FROM ${from.render()}) AS ${rows}`;
      const own = names.map((name) => `${rows}.${name}`);
      const first = [...own, '1', ...carried.map((one) => one.first)].join(', ');
      const next = [...own, `${tree}.level + 1`, ...carried.map((one, i) => one.next(`${tree}.v${i}`))].join(', ');
      const columns = [...names, 'level', ...carried.map((_, i) => `v${i}`)].join(', ');
      return `(WITH RECURSIVE ${tree}(${columns}) AS (SELECT ${first} FROM ${inner}${roots} UNION ALL SELECT ${next} FROM ${inner}, ${tree} WHERE ${step}) SELECT * FROM ${tree}) AS ${tree}`;
    },
  };

  /** The items of FROM with their columns in the recursive table. */
  function sourcesAt(alias: string): Source[] {
    let at = 0;
    return scope.sources.map((source) => ({
      ...source,
      columns: source.columns.map(({ name, type }) => ({ name, type, sql: `${alias}.c${at++}` })),
    }));
  }

  function around(alias: string): Scope {
    const inside = new Scope(scope.parent, scope);
    inside.sources.push(...sourcesAt(alias));
    for (const [name, table] of scope.tables) inside.tables.set(name, table);
    return inside;
  }
};
