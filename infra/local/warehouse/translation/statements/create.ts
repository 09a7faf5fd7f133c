import type { Names, Translated } from '../../contract.ts';
import { SnowflakeError } from '../../contract.ts';
import { Cursor } from '../../sql/cursor.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import type { Token } from '../../sql/token.ts';
import { coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { duckType, TEXT } from '../types.ts';
import { columnDefinitions } from './column-definitions.ts';
import type { ColumnDefinition } from './column-definitions.ts';
import { columnsOf, compileQuery, describe } from './query.ts';
import { duckName, newName, readsOf } from './target.ts';

const MODIFIERS = ['LOCAL', 'GLOBAL', 'TEMP', 'TEMPORARY', 'VOLATILE', 'TRANSIENT', 'SECURE', 'RECURSIVE'];

/** CREATE TABLE, CREATE TABLE AS and CREATE VIEW: what DuckDB has to do for them; kinds and options of tables are the catalog's. */
export const translateCreate = (tokens: readonly Token[], sql: string, names: Names): Translated => {
  const cursor = new Cursor(tokens);
  cursor.expect('CREATE');
  const orReplace = cursor.accept('OR', 'REPLACE');
  while (cursor.acceptAny(MODIFIERS));
  const isView = cursor.accept('VIEW');
  if (!isView) cursor.expect('TABLE');
  const ifNotExists = cursor.accept('IF', 'NOT', 'EXISTS');
  const name = newName(cursor.name(), names);
  const create = `CREATE ${orReplace ? 'OR REPLACE ' : ''}${isView ? 'VIEW' : 'TABLE'} ${ifNotExists ? 'IF NOT EXISTS ' : ''}${duckName(name)}`;
  if (cursor.at('CLONE') || cursor.at('LIKE') || cursor.at('USING'))
    throw unsupported(`CREATE TABLE ... ${cursor.peek().value}`);
  if (isView) return view();
  const definitions = cursor.at('(') ? columnDefinitions(cursor, sql, names) : [];
  skipOptions();
  if (cursor.accept('AS')) return asSelect(definitions);
  if (definitions.length === 0) throw unexpected(cursor.peek());
  return plain(definitions);

  function plain(columns: readonly ColumnDefinition[]): Translated {
    const sequences = columns
      .filter((column) => column.identity)
      .map(
        (column) =>
          `CREATE SEQUENCE IF NOT EXISTS ${sequence(column)} START ${column.identity!.start} INCREMENT ${column.identity!.step}`,
      );
    const parts = columns.map((column) => {
      const fallback = column.identity
        ? ` DEFAULT nextval('${sequence(column).replaceAll("'", "''")}')`
        : column.fallback === undefined
          ? ''
          : ` DEFAULT ${column.fallback}`;
      return `${quoteIdentifier(column.name)} ${duckType(column.type)}${fallback}${column.notNull ? ' NOT NULL' : ''}`;
    });
    return {
      kind: 'create-table',
      statements: [...sequences, `${create} (${parts.join(', ')})`],
      reads: [],
      writes: [name],
      columns: columns.map((column) => ({ ...describe(column.name, column.type), nullable: !column.notNull })),
    };
  }

  function sequence(column: ColumnDefinition): string {
    return duckName({ ...name, name: `${name.name}.${column.name}.IDENTITY` });
  }

  function asSelect(columns: readonly ColumnDefinition[]): Translated {
    const { query, compiler } = compileQuery(cursor.rest(), sql, names);
    if (columns.length > 0 && columns.length !== query.columns.length)
      throw new SnowflakeError('002009', '42601', 'SQL compilation error:\nInvalid column definition list');
    const given = query.columns.map((column, i) => {
      const type = columns[i]?.type ?? (column.type.name === 'null' || column.type.name === 'any' ? TEXT : column.type);
      return { name: columns[i]?.name ?? column.name, type, from: column };
    });
    const repeated = given.find((column, i) => given.findIndex((one) => one.name === column.name) !== i);
    if (repeated)
      throw new SnowflakeError('002025', '42S21', `SQL compilation error:\nduplicate column name '${repeated.name}'`);
    const selected = given.map(({ name, type, from }) => {
      const value = coerce(
        { sql: `s.${quoteIdentifier(from.duckName)}`, type: from.type },
        type.name === 'text' ? TEXT : type,
      ).sql;
      return `CAST(${value} AS ${duckType(type)}) AS ${quoteIdentifier(name)}`;
    });
    return {
      kind: 'create-table-as',
      statements: [`${create} AS SELECT ${selected.join(', ')} FROM (${query.sql}) AS s`],
      reads: readsOf(compiler),
      writes: [name],
      columns: given.map((column) => describe(column.name, column.type)),
    };
  }

  function view(): Translated {
    const listed = cursor.at('(') ? cursor.list(viewColumn) : [];
    skipOptions();
    cursor.expect('AS');
    const { query, compiler } = compileQuery(cursor.rest(), sql, names);
    if (listed.length > 0 && listed.length !== query.columns.length)
      throw new SnowflakeError('002009', '42601', 'SQL compilation error:\nInvalid column definition list');
    const columns = columnsOf(query).map((column, i) => ({ ...column, name: listed[i] ?? column.name! }));
    const list = columns.map((column) => quoteIdentifier(column.name)).join(', ');
    return {
      kind: 'create-view',
      statements: [`${create} (${list}) AS ${query.sql}`],
      reads: readsOf(compiler),
      writes: [name],
      columns,
    };
  }

  function viewColumn(): string {
    const column = cursor.identifier();
    if (cursor.accept('COMMENT')) cursor.string();
    return column;
  }

  /** Options such as COMMENT = '...' and CLUSTER BY (...) change nothing in DuckDB. */
  function skipOptions(): void {
    while (!cursor.atEnd && !cursor.at('AS') && !cursor.at(';')) {
      if (cursor.at('(')) skipParentheses(cursor);
      else cursor.next();
    }
  }
};

const skipParentheses = (cursor: Cursor): void => {
  let depth = 0;
  do {
    const token = cursor.next();
    if (token.text === '(') depth += 1;
    else if (token.text === ')') depth -= 1;
    else if (token.kind === 'end') throw unexpected(token);
  } while (depth > 0);
};
