import type { Argument } from '../contract.ts';
import type { Context } from './context.ts';
import { dottedName } from './rules/columns.ts';
import { unknownFunction, unsupported } from './failures.ts';
import type { FromItem } from './from-items.ts';
import { MARK } from './prepare/functions.ts';
import { displayName, nameParts } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import type { Scope } from './scope.ts';
import { item, relationItem, relationNamed } from './from-items.ts';
import { tableRoutineCall } from './routines.ts';
import { kindOf, nodeAt, nodesAt, partsOf, textAt } from './tree.ts';
import type { Node } from './tree.ts';
import { INTEGER } from './types.ts';

/** TABLE(name(args)), IDENTIFIER('name') and TABLE('name') in FROM. */
export const tableFunction = (
  node: Node,
  alias: string | undefined,
  names: readonly string[],
  context: Context,
  scope: Scope,
): FromItem => {
  const parts = partsOf(node);
  const own = alias === undefined ? [] : [alias];
  const name = textAt(parts, 'name')?.toUpperCase();
  const [first] = nodesAt(parts, 'args');
  if (kindOf(node) === 'lateral') return tableFunction(nodeAt(parts, 'this')!, alias, names, context, scope);
  if (
    (name === 'TABLE' || name === 'IDENTIFIER' || name === `${MARK}IDENTIFIER`) &&
    first &&
    kindOf(first) === 'literal'
  ) {
    const parts = nameParts(context.string(textAt(partsOf(first), 'value')!));
    const relation = relationNamed(parts, context);
    return relationItem(
      relation,
      alias === undefined ? [relation.database, relation.schema, relation.name] : own,
      names,
      scope,
    );
  }
  if (name === 'TABLE' && first && kindOf(first) === 'function') return call(first);
  if (name === 'TABLE' && first && kindOf(first) === 'window_function')
    throw unsupported('PARTITION BY of a table function');
  return call(node);

  function call(node: Node): FromItem {
    const dotted = calledName(node, context);
    const name = dotted.join('.');
    const nodes = nodesAt(partsOf(node), 'args');
    if (name === 'GENERATOR') return generator(nodes);
    if (name === 'GETNEXTVAL') throw unsupported('GETNEXTVAL');
    const rows = tableRoutineCall(dotted, nodes, context, scope);
    if (rows) return item(rows.sql, rows.columns, names, alias === undefined ? dotted : own, scope);
    const args = nodes.map((arg, i): Argument => {
      const table = name === 'VALIDATE' && i === 0 ? dottedName(arg, context)?.parts : undefined;
      if (table !== undefined) return { sql: quoteString(displayName(table)) };
      if (kindOf(arg) !== 'named_argument') return { sql: context.expression(arg, scope).sql };
      return {
        name: context.identifier(partsOf(arg)['name']),
        sql: context.expression(nodeAt(partsOf(arg), 'value')!, scope).sql,
      };
    });
    const relation = context.names.tableFunction(dotted, args);
    if (!relation) throw unknownFunction(dotted.join('.'));
    context.reads.add(relation);
    return relationItem(relation, own, names, scope);
  }

  function generator(nodes: readonly Node[]): FromItem {
    const rows = nodes.find(
      (arg) => kindOf(arg) === 'named_argument' && context.identifier(partsOf(arg)['name']) === 'ROWCOUNT',
    );
    if (!rows) throw unsupported('GENERATOR without ROWCOUNT');
    const count = context.expression(nodeAt(partsOf(rows), 'value')!, scope).sql;
    return generated(count, own, scope);
  }
};

/** The folded name of the function that a node calls. */
export const calledName = (node: Node, context: Context): readonly string[] => {
  const name = String(partsOf(node)['name']).replace(MARK, '').toUpperCase();
  return /^R\d+$/.test(name) ? context.routine(Number(name.slice(1))) : [name];
};

/** Rows without columns; SEQ4 and its kin count them. */
const generated = (count: string, own: readonly string[], scope: Scope): FromItem => {
  const made = item(
    `(SELECT range AS "row" FROM range(CAST(${count} AS BIGINT)))`,
    [ROW],
    [],
    own.length > 0 ? own : ['GENERATOR'],
    scope,
  );
  const [source] = made.sources;
  scope.generated ??= source!.columns[0]!.sql;
  return { ...made, sources: [{ ...source!, columns: [] }] };
};

const ROW = { name: 'row', duckName: 'row', type: INTEGER };
