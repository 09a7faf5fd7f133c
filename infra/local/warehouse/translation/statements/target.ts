import type { Column, Relation } from '../../contract.ts';
import { SnowflakeError } from '../../contract.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import type { Context } from '../context.ts';
import { compilationError, noSuchObject } from '../failures.ts';
import type { Names } from '../../contract.ts';
import type { Source } from '../scope.ts';
import { typeOfColumn } from '../type-of-column.ts';

/** A relation that DML may write. */
export interface Target extends Relation {
  readonly write: string;
}

/** The table that a DML statement writes. */
export const targetNamed = (name: readonly string[], names: Names): Target => {
  const relation = names.relation(name);
  if (!relation) throw noSuchObject(name);
  if (relation.write === undefined)
    throw new SnowflakeError(
      '002043',
      '02000',
      `SQL compilation error:\nObject found is of type '${relation.kind.toUpperCase()}', not specified type 'TABLE'.`,
    );
  return relation as Target;
};

/** The target as an expression sees it, under a DuckDB alias. */
export const targetSource = (target: Target, alias: string | undefined, duckAlias: string): Source => ({
  parts: alias === undefined ? [target.database, target.schema, target.name] : [alias],
  columns: target.columns.map((column) => ({
    name: column.name,
    sql: `${duckAlias}.${quoteIdentifier(column.name)}`,
    type: typeOfColumn(column),
  })),
});

export const targetColumn = (target: Target, name: string): Column => {
  const column = target.columns.find((one) => one.name === name);
  if (!column) throw compilationError('000904', '42000', `invalid identifier '${name}'`);
  return column;
};

export const readsOf = (context: Context): readonly Relation[] => [...context.reads];
