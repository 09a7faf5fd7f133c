import type { Routine } from '../contract.ts';
import type { Context } from './context.ts';
import { unsupported } from './failures.ts';
import type { FromItem } from './from-items.ts';
import { argumentsJson, handlerCall, resultColumns } from './javascript-call.ts';
import { ordering } from './ordering.ts';
import { javascriptTable } from './routines.ts';
import type { Scope, ScopeColumn, Source } from './scope.ts';
import { calledName } from './table-functions.ts';
import { kindOf, nodeAt, nodesAt, partsOf, textAt } from './tree.ts';
import type { Node, Parts } from './tree.ts';

interface Call {
  readonly function: Node;
  readonly over: Parts | undefined;
  readonly alias: string | undefined;
}

/** The call in `TABLE(f(...) OVER (...)) AS alias`, with or without OVER and alias. */
const callIn = (node: Node, context: Context, alias?: string): Call | undefined => {
  const parts = partsOf(node);
  if (kindOf(node) === 'alias') {
    if (nodesAt(parts, 'column_aliases').length > 0) return undefined;
    return callIn(nodeAt(parts, 'this')!, context, context.identifier(parts['alias']));
  }
  if (kindOf(node) === 'lateral') return callIn(nodeAt(parts, 'this')!, context, alias);
  if (kindOf(node) !== 'function' || textAt(parts, 'name')?.toUpperCase() !== 'TABLE') return undefined;
  const [inner] = nodesAt(parts, 'args');
  if (inner === undefined) return undefined;
  if (kindOf(inner) === 'function') return { function: inner, over: undefined, alias };
  if (kindOf(inner) !== 'window_function') return undefined;
  const call = nodeAt(partsOf(inner), 'this')!;
  return kindOf(call) === 'function'
    ? { function: call, over: nodeAt(partsOf(inner), 'over') ?? {}, alias }
    : undefined;
};

/**
 * A table function in JavaScript that is told the rows on its left. Like FLATTEN it takes all items before it into itself, so that the rows
 * keep their order. With OVER, or if its handler keeps a state, it is told a partition at a time, which is gathered in a list.
 */
export const partitionedItem = (
  node: Node,
  before: FromItem | undefined,
  context: Context,
  scope: Scope,
): FromItem | undefined => {
  const call = before && callIn(node, context);
  if (call === undefined) return undefined;
  const name = calledName(call.function, context);
  const found = javascriptTable(name, nodesAt(partsOf(call.function), 'args'), context, scope);
  if (found === undefined) return undefined;
  if (scope.joined.size > 0) throw unsupported('a table function in JavaScript behind USING or NATURAL');

  const { routine, columns } = found;
  const left = scope.sources.flatMap((source) => source.columns);
  const alias = scope.alias('TOLD');
  const together = call.over !== undefined || routine.stateful === true;
  const results = resultColumns(routine, 'written', together ? 1 : 0);
  const inner = together
    ? partitions(routine, columns, left, call.over ?? {}, context, scope)
    : eachRow(routine, columns, left);
  let at = 0;
  const sources: Source[] = [
    ...scope.sources.map((source) => ({
      ...source,
      columns: source.columns.map((column) => ({ ...column, sql: `${alias}.c${at++}` })),
    })),
    {
      parts: call.alias === undefined ? name : [call.alias],
      columns: results.map((column, i) => ({ ...column, sql: `${alias}.r${i}` })),
    },
  ];
  const items = [...inner.carried, ...results.map(({ sql }, i) => `${sql} AS r${i}`)].join(', ');
  return { sources, render: () => `(SELECT ${items} FROM (${inner.from(before!.render())})) AS ${alias}` };
};

/** What stands below the results: how the columns on the left are carried, and the FROM that has them beside `written`. */
interface Told {
  readonly carried: readonly string[];
  from(before: string): string;
}

const rowsOf = (routine: Routine, told: string): string =>
  `unnest(CAST(CAST(${handlerCall(routine, told)} AS JSON) AS JSON[])) AS written`;

const eachRow = (routine: Routine, args: readonly ScopeColumn[], left: readonly ScopeColumn[]): Told => ({
  carried: left.map((_, i) => `c${i}`),
  from: (before) =>
    `SELECT ${[...left.map(({ sql }, i) => `${sql} AS c${i}`), rowsOf(routine, argumentsJson(args, 'true'))].join(', ')} FROM ${before}`,
});

const partitions = (
  routine: Routine,
  args: readonly ScopeColumn[],
  left: readonly ScopeColumn[],
  over: Parts,
  context: Context,
  scope: Scope,
): Told => {
  const keys = nodesAt(over, 'partition_by').map((key) => context.expression(key, scope).sql);
  const order = nodesAt(over, 'order_by').map((one) => ordering(one, context.expression(nodeAt(one, 'this')!, scope)));
  const fields = [...left.map(({ sql }, i) => `c${i} := ${sql}`), `arguments := ${argumentsJson(args)}`];
  const sorted = order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '';
  const grouped = keys.length > 0 ? `GROUP BY ${keys.join(', ')}` : 'HAVING COUNT(*) > 0';
  const told = `'["partition",' || array_to_string(list_transform(told, lambda row: row.arguments), ',') || ']'`;
  return {
    carried: left.map(({ sql }, i) => {
      // Rows of `finalize` know only what all rows of their partition share.
      const row = keys.includes(sql) ? '1' : 'CAST(written->>0 AS INTEGER) + 1';
      return `told[${row}].c${i} AS c${i}`;
    }),
    from: (before) =>
      `SELECT told, ${rowsOf(routine, told)} FROM (SELECT list(struct_pack(${fields.join(', ')})${sorted}) AS told FROM ${before} ${grouped})`,
  };
};
