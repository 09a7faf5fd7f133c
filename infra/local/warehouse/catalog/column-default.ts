import { SnowflakeError } from '../contract.ts';
import type { StatementContext } from '../session/command.ts';
import { scopeOf } from '../session/plan.ts';
import type { Cursor } from '../sql/cursor.ts';
import { displayName } from '../sql/identifier.ts';
import { unexpected } from '../sql/syntax-error.ts';
import type { Token } from '../sql/token.ts';
import { translate } from '../translation/translate.ts';
import { displayType, duckType } from './column-types.ts';
import { invalid } from './errors.ts';
import { qualify, StatementNames } from './names.ts';
import type { DeclaredColumn } from './object.ts';

const ENDS_DEFAULT = new Set([
  'NOT',
  'COMMENT',
  'UNIQUE',
  'PRIMARY',
  'CONSTRAINT',
  'REFERENCES',
  'FOREIGN',
  'COLLATE',
  'WITH',
  'MASKING',
  'TAG',
  'CHECK',
  'NULL',
]);
/** What stands behind DEFAULT, for a column of a known type. */
export const parseDefault = (
  cursor: Cursor,
  context: StatementContext,
  column: DeclaredColumn,
): { defaultText: string; defaultSql: string } => {
  const tokens: Token[] = [];
  for (let depth = 0; ;) {
    const token = cursor.peek();
    if (token.kind === 'end') break;
    if (depth === 0 && (token.text === ',' || token.text === ')')) break;
    if (depth === 0 && tokens.length > 0 && token.kind === 'word' && ENDS_DEFAULT.has(token.value)) break;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    tokens.push(cursor.next());
  }
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first === undefined || last === undefined) throw unexpected(cursor.peek());
  const isTime = column.type === 'date' || column.type.startsWith('time');
  if (isTime && first === last && first.kind === 'string') throw mismatched(column, first.value);
  const { text, tokens: all } = context.statement;
  const written = text.slice(first.start - all[0]!.start, last.end - all[0]!.start);
  return {
    defaultText: nextOf(tokens, context) ?? written,
    defaultSql: `CAST(${expression(written, context)} AS ${duckType(column)})`,
  };
};

/** `seq.nextval` with the whole name of the sequence, as Snowflake remembers it. */
const nextOf = (tokens: readonly Token[], { session }: StatementContext): string | undefined => {
  const parts = tokens.filter(({ text }) => text !== '.');
  const isName =
    parts.length * 2 - 1 === tokens.length && parts.every(({ kind }) => kind === 'word' || kind === 'quoted');
  if (!isName || parts.length < 2 || parts.at(-1)!.value !== 'NEXTVAL') return undefined;
  return displayName([
    ...qualify(
      parts.slice(0, -1).map(({ value }) => value),
      session,
    ),
    'NEXTVAL',
  ]);
};

/** A default is not converted from text to a date or time. */
const mismatched = (column: DeclaredColumn, text: string): SnowflakeError =>
  new SnowflakeError(
    '002023',
    '22000',
    `SQL compilation error:\nExpression type does not match column data type, expecting ${displayType(column)} but got VARCHAR(${text.length}) for column ${column.name}`,
  );

/** The DuckDB text of an expression that stands alone. */
const expression = (written: string, { session }: StatementContext): string => {
  const { statements } = translate(`SELECT ${written} AS "value"`, new StatementNames(scopeOf(session)));
  const [, sql] = /^SELECT\s+([\s\S]*?)\s+AS\s+"value"\s*$/i.exec(statements.at(-1) ?? '') ?? [];
  if (statements.length !== 1 || sql === undefined) throw invalid(`Default expression '${written}' cannot be used.`);
  return sql;
};
