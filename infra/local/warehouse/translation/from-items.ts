import type { Relation } from '../contract.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import type { Context } from './context.ts';
import { compilationError, noSuchObject } from './failures.ts';
import type { Scope, ScopeColumn, Source } from './scope.ts';
import { typeOfColumn } from './type-of-column.ts';

import type { Type } from './types.ts';

/** One item of FROM; its text is asked for last, when it is known what the rest of the query needs of it. */
export interface FromItem {
  readonly sources: readonly Source[];
  render(): string;
}

interface Named {
  readonly name: string;
  readonly duckName: string;
  readonly type: Type;
  readonly required?: boolean;
}

/** A FROM item out of DuckDB text and its columns, under an alias of its own. */
export const item = (
  sql: string,
  columns: readonly Named[],
  names: readonly string[],
  parts: readonly string[],
  scope: Scope,
): FromItem => {
  const alias = scope.alias(parts.at(-1) ?? 'S');
  if (names.length > columns.length)
    throw compilationError(
      '002009',
      '42601',
      `Number of column aliases (${names.length}) exceeds the number of columns (${columns.length}).`,
    );
  const own: ScopeColumn[] = columns.map(({ name, duckName, type, required = false }, i) => ({
    name: names[i] ?? name,
    sql: `${alias}.${quoteIdentifier(duckName)}`,
    type,
    ...(required && { required }),
  }));
  return { sources: [{ parts, columns: own }], render: () => `${sql} AS ${alias}` };
};

/** The relation that a name means to this statement, noted among those it reads. */
export const relationNamed = (name: readonly string[], context: Context): Relation => {
  const relation = context.names.relation(name);
  if (!relation) throw noSuchObject(name);
  context.reads.add(relation);
  return relation;
};

export const relationItem = (
  relation: Relation,
  parts: readonly string[],
  names: readonly string[],
  scope: Scope,
): FromItem =>
  item(
    relation.read,
    relation.columns.map((column) => ({
      name: column.name,
      duckName: column.name,
      type: typeOfColumn(column),
      required: column.nullable === false && !relation.guard?.masks.has(column.name),
    })),
    names,
    parts,
    scope,
  );
