import type { Column, Names, Translated } from '../../contract.ts';
import type { Token } from '../../sql/token.ts';
import { Compiler } from '../compiler.ts';
import type { Query } from '../context.ts';
import { parse } from '../parse.ts';
import { prepare } from '../prepare/prepare.ts';
import { Scope } from '../scope.ts';
import { displayType, isStructured } from '../types.ts';
import type { Type } from '../types.ts';
import { readsOf } from './target.ts';

/** A query, on its own or inside a CREATE. */
export const compileQuery = (
  tokens: readonly Token[],
  sql: string,
  names: Names,
): { query: Query; compiler: Compiler } => {
  const prepared = prepare(tokens, sql, names);
  const compiler = new Compiler(prepared, names);
  return { query: compiler.query(parse(prepared), new Scope()), compiler };
};

/** A column's description as far as translation knows it. */
export const describe = (name: string, type: Type): Partial<Column> => ({
  name,
  ...(type.name === 'null' ? { type: 'text' as const } : type.name !== 'any' && { type: type.name }),
  ...(type.precision !== undefined && { precision: type.precision }),
  ...(type.scale !== undefined && { scale: type.scale }),
  ...(type.length !== undefined && { length: type.length }),
  ...(type.collation !== undefined && { collation: type.collation }),
  ...(isStructured(type) && { structure: displayType(type) }),
});

export const columnsOf = (query: Query): Partial<Column>[] =>
  query.columns.map(({ name, type, required }) => ({
    ...describe(name, type),
    ...(required === true && { nullable: false }),
  }));

export const translateSelectStatement = (tokens: readonly Token[], sql: string, names: Names): Translated => {
  const { query, compiler } = compileQuery(tokens, sql, names);
  return { kind: 'select', statements: [query.sql], reads: readsOf(compiler), writes: [], columns: columnsOf(query) };
};
