import { SnowflakeError } from '../contract.ts';
import { parseMasking } from '../policies/attach.ts';
import type { StatementContext } from '../session/command.ts';
import type { Cursor } from '../sql/cursor.ts';
import { displayIdentifier, quoteIdentifier } from '../sql/identifier.ts';
import { unexpected } from '../sql/syntax-error.ts';
import { collated } from '../translation/collations.ts';
import { parseDefault } from './column-default.ts';
import { duckType, parseColumnType } from './column-types.ts';
import { unsupported } from './errors.ts';
import { qualify } from './names.ts';
import type { DeclaredColumn, Key, KeyTarget } from './object.ts';

const KEY_WORDS = [
  'ENFORCED',
  'DEFERRABLE',
  'INITIALLY',
  'DEFERRED',
  'IMMEDIATE',
  'ENABLE',
  'DISABLE',
  'VALIDATE',
  'NOVALIDATE',
  'RELY',
  'NORELY',
];

/** Reads one column of CREATE TABLE or ALTER TABLE ADD: its type, default, nullability, keys and comment. */
export const parseColumn = (cursor: Cursor, context: StatementContext): DeclaredColumn => {
  const name = cursor.identifier();
  const type = parseColumnType(cursor);
  let column: DeclaredColumn = { name, ...type, nullable: true };
  for (;;) {
    if (cursor.accept('NOT', 'NULL')) column = { ...column, nullable: false };
    else if (cursor.accept('NULL')) continue;
    else if (cursor.accept('DEFAULT')) column = { ...column, ...parseDefault(cursor, context, column) };
    else if (cursor.acceptAny(['AUTOINCREMENT', 'IDENTITY'])) column = { ...column, autoincrement: parseSteps(cursor) };
    else if (cursor.accept('CONSTRAINT')) cursor.identifier();
    else if (cursor.accept('PRIMARY', 'KEY')) column = { ...column, primaryKey: true, nullable: false };
    else if (cursor.accept('UNIQUE')) column = { ...column, unique: true };
    else if (cursor.accept('COLLATE')) column = withCollation(column, cursor.string());
    else if (cursor.accept('COMMENT')) column = { ...column, comment: cursor.string() };
    else if (cursor.at('MASKING') || cursor.at('WITH', 'MASKING'))
      column = { ...column, masking: parseMasking(cursor, context, name)! };
    else if (cursor.accept('FOREIGN', 'KEY') || cursor.at('REFERENCES'))
      column = { ...column, references: parseReference(cursor, context) };
    else if (cursor.accept('NOT')) cursor.expect(KEY_WORDS.find((word) => cursor.at(word)) ?? 'NULL');
    else if (cursor.acceptAny(KEY_WORDS) === undefined) break;
  }
  const refused = ['CHECK', 'TAG', 'WITH', 'PROJECTION', 'AS'].find((word) => cursor.at(word));
  if (refused !== undefined) throw unsupported(`${refused} in a column definition`);
  return column;
};

const withCollation = (column: DeclaredColumn, specification: string): DeclaredColumn => {
  const { collation } = collated({ name: column.type }, specification);
  return collation === undefined ? column : { ...column, collation };
};

/** Reads an out-of-line constraint, if one comes next: keys are remembered (Snowflake does not enforce them), CHECK is refused. */
export const parseConstraint = (cursor: Cursor, context: StatementContext): Key | undefined => {
  const named = cursor.at('CONSTRAINT') && cursor.peek(1).kind !== 'operator';
  if (named) cursor.expect('CONSTRAINT');
  const name = named ? { name: cursor.identifier() } : {};
  const columns = (): string[] => cursor.list(() => cursor.identifier());
  let found: Key | undefined;
  if (cursor.accept('PRIMARY', 'KEY')) found = { kind: 'PRIMARY KEY', ...name, columns: columns() };
  else if (cursor.at('UNIQUE') && cursor.peek(1).text === '(') {
    cursor.expect('UNIQUE');
    found = { kind: 'UNIQUE', ...name, columns: columns() };
  } else if (cursor.accept('FOREIGN', 'KEY'))
    found = { kind: 'FOREIGN KEY', ...name, columns: columns(), target: parseReference(cursor, context) };
  else if (cursor.at('CHECK', '(')) throw unsupported('CHECK constraints');
  else if (named) throw unexpected(cursor.peek());
  if (found !== undefined) while (cursor.accept('NOT') || cursor.acceptAny(KEY_WORDS) !== undefined);
  return found;
};

const parseReference = (cursor: Cursor, { session }: StatementContext): KeyTarget => {
  cursor.expect('REFERENCES');
  const path = qualify(cursor.name(), session);
  const columns = cursor.at('(') ? cursor.list(() => cursor.identifier()) : [];
  for (;;) {
    if (cursor.accept('MATCH')) cursor.identifier();
    else if (cursor.accept('ON')) {
      cursor.identifier();
      if (cursor.accept('NO')) cursor.expect('ACTION');
      else if (cursor.accept('SET')) cursor.identifier();
      else cursor.identifier();
    } else return { path, columns };
  }
};

const parseSteps = (cursor: Cursor): { start: number; step: number } => {
  let [start, step] = [1, 1];
  if (cursor.at('(')) [start = 1, step = 1] = cursor.list(() => cursor.number());
  for (;;) {
    if (cursor.accept('START')) {
      cursor.accept('WITH');
      cursor.accept('=');
      start = cursor.number();
    } else if (cursor.accept('INCREMENT')) {
      cursor.accept('BY');
      cursor.accept('=');
      step = cursor.number();
    } else if (cursor.acceptAny(['ORDER', 'NOORDER']) === undefined) return { start, step };
  }
};

/** DuckDB's text of a column in CREATE TABLE. */
export const duckColumn = (column: DeclaredColumn, sequence: string | undefined): string => {
  const byDefault = sequence === undefined ? column.defaultSql : `nextval('${sequence.replaceAll("'", "''")}')`;
  return `${quoteIdentifier(column.name)} ${duckType(column)}${byDefault ? ` DEFAULT (${byDefault})` : ''}${column.nullable === false ? ' NOT NULL' : ''}`;
};

/** Two columns whose names DuckDB cannot tell apart are refused: it compares names without regard to case. */
export const checkColumnNames = (columns: readonly { name: string }[]): void => {
  const seen = new Map<string, string>();
  for (const { name } of columns) {
    const other = seen.get(name.toUpperCase());
    if (other === name)
      throw new SnowflakeError(
        '002025',
        '42S21',
        `SQL compilation error:\nduplicate column name '${displayIdentifier(name)}'`,
      );
    if (other !== undefined) throw unsupported(`column names that differ only in case: "${other}" and "${name}"`);
    seen.set(name.toUpperCase(), name);
  }
};
