import type { Column, Relation } from '../../contract.ts';
import { SnowflakeError } from '../../contract.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import { as } from '../coerce.ts';
import type { Context } from '../context.ts';
import { compilationError, noSuchObject } from '../failures.ts';
import type { Names } from '../../contract.ts';
import { Scope } from '../scope.ts';
import type { Source } from '../scope.ts';
import { typeOfColumn } from '../type-of-column.ts';
import { BOOLEAN } from '../types.ts';
import type { Typed } from '../types.ts';

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

/** The target as an expression sees it, under a DuckDB alias: with what policies put in the place of its columns. */
export const targetSource = (
  target: Target,
  alias: string | undefined,
  duckAlias: string,
  context: Context,
): { readonly own: Source; readonly seen: string } => {
  const columns = target.columns.map((column) => ({
    name: column.name,
    sql: `${duckAlias}.${quoteIdentifier(column.name)}`,
    type: typeOfColumn(column),
  }));
  const parts = alias === undefined ? [target.database, target.schema, target.name] : [alias];
  const { guard } = target;
  if (guard === undefined) return { own: { parts, columns }, seen: '' };
  const raw = new Scope();
  raw.sources.push({ parts: ['RAW'], columns });
  const policy = (text: string): Typed => {
    const inner = context.elsewhere(text, guard.names);
    return inner.context.expression(inner.node, raw);
  };
  const masked = columns.map((column) => {
    const mask = guard.masks.get(column.name);
    return mask === undefined ? column : { ...column, sql: `(${as(policy(mask), column.type)})` };
  });
  return { own: { parts, columns: masked }, seen: guard.rows === undefined ? '' : as(policy(guard.rows), BOOLEAN) };
};

/** Both conditions, of which either may be empty. */
export const both = (...conditions: readonly string[]): string =>
  conditions
    .filter((condition) => condition !== '')
    .map((condition, _, { length }) => (length > 1 ? `(${condition})` : condition))
    .join(' AND ');

export const targetColumn = (target: Target, name: string): Column => {
  const column = target.columns.find((one) => one.name === name);
  if (!column) throw compilationError('000904', '42000', `invalid identifier '${name}'`);
  return column;
};

export const readsOf = (context: Context): readonly Relation[] => [...context.reads];
