import { quoteIdentifier } from '../sql/identifier.ts';
import type { Context, Query } from './context.ts';
import { compilationError } from './failures.ts';
import { outputColumns } from './output-names.ts';
import type { Scope } from './scope.ts';
import { isSetOperation, side } from './set-operations.ts';
import { kindOf, nodeAt, nodesAt, partsOf, shape } from './tree.ts';
import type { Node, Parts } from './tree.ts';
import { fixed, TEXT } from './types.ts';
import type { Type } from './types.ts';

/** Translates WITH, makes its tables known in the scope, and gives its text, which ends in a space; empty where there is none. */
export const commonTables = (parts: Parts, context: Context, scope: Scope): string => {
  const clause = nodeAt(parts, 'with');
  if (!clause) return '';
  const tables = nodesAt(clause, 'ctes').map((table) => commonTable(table, context, scope));
  return `WITH ${tables.some((table) => table.recursive) ? 'RECURSIVE ' : ''}${tables.map((table) => table.sql).join(', ')} `;
};

const commonTable = (table: Parts, context: Context, scope: Scope): { sql: string; recursive: boolean } => {
  const name = context.identifier(table['alias']);
  const names = nodesAt(table, 'columns').map((column) => context.identifier(column));
  const body = nodeAt(table, 'this')!;
  const duckName = scope.alias(name);
  const recursive = refersTo(body, name) && isSetOperation(body) && partsOf(body)['all'] === true;
  const query = recursive ? recursiveQuery(body) : context.query(body, scope);
  register(query);
  const columns = renamed(query);
  return {
    sql: `${duckName}(${columns.map((column) => quoteIdentifier(column.duckName)).join(', ')}) AS (${query.sql})`,
    recursive,
  };

  function renamed(query: Query): ReturnType<typeof outputColumns> {
    if (names.length > 0 && names.length !== query.columns.length)
      throw compilationError(
        '002009',
        '42601',
        `Number of columns in the column list (${names.length}) does not match the query (${query.columns.length}).`,
      );
    return outputColumns(query.columns.map(({ name, type }, i) => ({ name: names[i] ?? name, type })));
  }

  function register(query: Query): void {
    const columns = renamed(query).map(({ name, duckName: sql, type }) => ({ name, sql, type }));
    scope.tables.set(name, { sql: duckName, columns });
  }

  /** The anchor decides the columns; their numbers are widened, so that what recursion adds up fits. */
  function recursiveQuery(node: Node): Query {
    const union = partsOf(node);
    const anchor = context.query(nodeAt(union, 'left')!, scope);
    const types = anchor.columns.map(({ type }) => widened(type));
    const known: Query = { ...anchor, columns: anchor.columns.map((column, i) => ({ ...column, type: types[i]! })) };
    register(known);
    const step = context.query(nodeAt(union, 'right')!, scope);
    return { sql: `${side(anchor, types)} UNION ALL ${side(step, types)}`, columns: known.columns };
  }
};

const widened = (type: Type): Type => {
  if (type.name === 'fixed') return fixed(38, type.scale);
  return type.name === 'text' || type.name === 'null' ? TEXT : type;
};

const refersTo = (body: Node, name: string): boolean => {
  const pattern = new RegExp(`"table":\\{"name":\\{"name":"${name.replaceAll(/[^A-Za-z0-9_]/g, '.')}"`, 'i');
  return kindOf(body) !== 'select' && pattern.test(shape(body));
};
