import { unsupported } from '../catalog/errors.ts';
import { inside } from '../catalog/inside.ts';
import { qualify } from '../catalog/names.ts';
import type { NameScope } from '../catalog/name-scope.ts';
import type { CatalogObject, TableObject, ViewObject } from '../catalog/object.ts';
import { named } from '../catalog/table-relation.ts';
import type { Column, Names, Relation } from '../contract.ts';
import { isGuarded, type Guarded } from '../policies/policy-object.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { tokenize } from '../sql/lexer.ts';
import { Compiler } from '../translation/compiler.ts';
import { ROW_IS_NEW, ROW_KEY } from '../translation/hidden-columns.ts';
import { parse } from '../translation/parse.ts';
import { prepare } from '../translation/prepare/prepare.ts';
import { Scope } from '../translation/scope.ts';
import { keyed } from './view-shape.ts';

/** The rows of a table with their keys, as DuckDB text. */
export type RowsOf = (table: TableObject) => string;

const KEYS: readonly Column[] = [
  { name: ROW_KEY, type: 'text', length: 16_777_216 },
  { name: ROW_IS_NEW, type: 'boolean' },
];

/** A view over tables in some state, as a DuckDB subquery: its columns, then the rows' keys. Each table that it reads is told to `rowsOf`. */
export const viewState = (view: ViewObject, scope: NameScope, rowsOf: RowsOf): string => {
  const names = namesIn(inside(view, scope), rowsOf);
  const { query: text } = view.details;
  const prepared = prepare(tokenize(text), text, names);
  const { sql } = new Compiler(prepared, names).query(keyed(parse(prepared), text), new Scope());
  const columns = [...view.details.columns, ...KEYS].map(({ name }) => quoteIdentifier(name)).join(', ');
  return `(SELECT * FROM (${sql}) AS "view"(${columns}))`;
};

const namesIn = (scope: NameScope, rowsOf: RowsOf): Names => ({
  database: scope.database,
  schema: scope.schema,
  relation: (parts) => relationIn(scope, parts, rowsOf),
  past: () => undefined,
  routines: () => {
    throw unsupported('a stream on a view with user-defined functions');
  },
  variable: (name) => scope.variable(name),
  tableFunction: () => {
    throw unsupported('a stream on a view of a table function');
  },
});

const relationIn = (scope: NameScope, parts: readonly string[], rowsOf: RowsOf): Relation | undefined => {
  const object = scope.warehouse.catalog.relation(qualify(parts, scope));
  if (object === undefined) return undefined;
  const { kind, details } = object as CatalogObject<Guarded>;
  if (kind !== 'TABLE' && (kind !== 'VIEW' || (object as ViewObject).details.materialized))
    throw unsupported(`a stream on a view of a ${kind === 'VIEW' ? 'materialized view' : kind.toLowerCase()}`);
  if (isGuarded(details)) throw unsupported('a stream on a view of a table or view with policies');
  return {
    ...named(object),
    kind: 'view',
    read: kind === 'TABLE' ? rowsOf(object as TableObject) : viewState(object as ViewObject, scope, rowsOf),
    columns: [...details.columns, ...KEYS],
  };
};
