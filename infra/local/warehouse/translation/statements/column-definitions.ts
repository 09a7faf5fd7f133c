import type { Names } from '../../contract.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import type { Token } from '../../sql/token.ts';
import { coerce } from '../coerce.ts';
import { Compiler } from '../compiler.ts';
import { unsupported } from '../failures.ts';
import { parse } from '../parse.ts';
import { dataType } from '../prepare/data-type.ts';
import { prepare } from '../prepare/prepare.ts';
import { Scope } from '../scope.ts';
import { nodesAt, partsOf } from '../tree.ts';
import { TEXT } from '../types.ts';
import type { Type } from '../types.ts';

/** One column of CREATE TABLE. */
export interface ColumnDefinition {
  readonly name: string;
  readonly type: Type;
  readonly notNull: boolean;
  /** DuckDB text of the default. */
  readonly fallback?: string;
  readonly identity?: { readonly start: number; readonly step: number };
}

const CONSTRAINTS = ['PRIMARY', 'UNIQUE', 'FOREIGN', 'CONSTRAINT', 'CHECK'];

/** The columns between the parentheses of CREATE TABLE; constraints other than NOT NULL are not enforced, as on Snowflake. */
export const columnDefinitions = (cursor: Cursor, sql: string, names: Names): ColumnDefinition[] => {
  const columns: ColumnDefinition[] = [];
  cursor.list(() => {
    if (CONSTRAINTS.some((word) => cursor.at(word))) return skipItem(cursor);
    columns.push(columnDefinition(cursor, sql, names));
  });
  return columns;
};

const columnDefinition = (cursor: Cursor, sql: string, names: Names): ColumnDefinition => {
  const name = cursor.identifier();
  const untyped = cursor.at(',') || cursor.at(')');
  const type = untyped ? TEXT : dataType(cursor);
  let notNull = false;
  let fallback: string | undefined;
  let identity: ColumnDefinition['identity'];
  while (!cursor.at(',') && !cursor.at(')')) {
    if (cursor.accept('NOT', 'NULL')) notNull = true;
    else if (cursor.accept('NULL')) notNull = false;
    else if (cursor.accept('DEFAULT')) fallback = defaultText(takeExpression(cursor), type, sql, names);
    else if (cursor.accept('AUTOINCREMENT') || cursor.accept('IDENTITY')) identity = identityOf(cursor);
    else if (cursor.accept('COMMENT')) cursor.string();
    else if (cursor.accept('COLLATE')) throw unsupported(`COLLATE ${cursor.string()}`);
    else if (CONSTRAINTS.some((word) => cursor.at(word))) skipItem(cursor);
    else throw unexpected(cursor.peek());
  }
  return { name, type, notNull, ...(fallback !== undefined && { fallback }), ...(identity && { identity }) };
};

const identityOf = (cursor: Cursor): { start: number; step: number } => {
  let [start, step] = [1, 1];
  if (cursor.at('(')) [start = 1, step = 1] = cursor.list(() => cursor.number());
  if (cursor.accept('START')) {
    cursor.accept('WITH');
    cursor.accept('=');
    start = cursor.number();
  }
  if (cursor.accept('INCREMENT')) {
    cursor.accept('BY');
    cursor.accept('=');
    step = cursor.number();
  }
  cursor.acceptAny(['ORDER', 'NOORDER']);
  return { start, step };
};

const ENDS = ['NOT', 'NULL', 'PRIMARY', 'UNIQUE', 'COMMENT', 'CONSTRAINT', 'REFERENCES', 'WITH', 'COLLATE'];

/** The tokens of a DEFAULT's expression: up to the next comma or constraint outside of parentheses. */
const takeExpression = (cursor: Cursor): Token[] => {
  const tokens: Token[] = [];
  let depth = 0;
  while (!cursor.atEnd) {
    if (
      depth === 0 &&
      (cursor.at(',') || cursor.at(')') || (tokens.length > 0 && ENDS.some((word) => cursor.at(word))))
    )
      break;
    if (cursor.at('(')) depth += 1;
    if (cursor.at(')')) depth -= 1;
    tokens.push(cursor.next());
  }
  return tokens;
};

const defaultText = (tokens: readonly Token[], type: Type, sql: string, names: Names): string => {
  const last = tokens.at(-1)!;
  const end: Token = { ...last, kind: 'end', text: '', value: '', start: last.end, end: last.end };
  const prepared = prepare([...tokens, end], sql, names, 'SELECT');
  const compiler = new Compiler(prepared, names);
  const [node] = nodesAt(partsOf(parse(prepared)), 'expressions');
  const value = compiler.expression(node!, new Scope());
  return value.type.name === 'null' ? 'NULL' : `(${coerce(value, type.name === 'text' ? TEXT : type).sql})`;
};

const skipItem = (cursor: Cursor): void => {
  let depth = 0;
  while (!cursor.atEnd && !(depth === 0 && (cursor.at(',') || cursor.at(')')))) {
    if (cursor.at('(')) depth += 1;
    if (cursor.at(')')) depth -= 1;
    cursor.next();
  }
};
