import type { Names, Translated } from '../contract.ts';
import { tokenize } from '../sql/lexer.ts';
import { syntaxError, unexpected } from '../sql/syntax-error.ts';
import type { Token } from '../sql/token.ts';
import { directories } from './prepare/directories.ts';
import { isOperator, isWord } from './prepare/edits.ts';
import { namedTargets } from './prepare/named-targets.ts';
import { translateDelete } from './statements/delete.ts';
import { translateInsert } from './statements/insert.ts';
import { translateMerge } from './statements/merge.ts';
import { translateMultiInsert } from './statements/multi-insert.ts';
import { translateSelectStatement } from './statements/query.ts';
import { translateTruncate } from './statements/truncate.ts';
import { translateUpdate } from './statements/update.ts';

/** One Snowflake query or DML statement in DuckDB's dialect; anything else is a syntax error. */
export const translate = (sql: string, names: Names): Translated => {
  const tokens = namedTargets(directories(withoutSemicolon(tokenize(sql))), names);
  const [first, second] = tokens;
  if (!first || first.kind === 'end') throw syntaxError("unexpected '<EOF>'", { line: 1, position: 0 });
  if (isOperator(first, '(')) return translateSelectStatement(tokens, sql, names);
  switch (first.kind === 'word' ? first.value : '') {
    case 'SELECT':
    case 'WITH':
    case 'VALUES':
      return translateSelectStatement(tokens, sql, names);
    case 'INSERT':
      return isMultiple(tokens) ? translateMultiInsert(tokens, sql, names) : translateInsert(tokens, sql, names);
    case 'UPDATE':
      return translateUpdate(tokens, sql, names);
    case 'DELETE':
      return translateDelete(tokens, sql, names);
    case 'MERGE':
      return translateMerge(tokens, sql, names);
    case 'TRUNCATE':
      return translateTruncate(tokens, names);
    default:
      throw unexpected(second ? first : tokens.at(-1)!);
  }
};

const isMultiple = (tokens: readonly Token[]): boolean =>
  isWord(tokens[1], 'ALL', 'FIRST') || (isWord(tokens[1], 'OVERWRITE') && isWord(tokens[2], 'ALL', 'FIRST'));

const withoutSemicolon = (tokens: Token[]): Token[] => {
  while (isOperator(tokens.at(-2), ';')) tokens.splice(-2, 1);
  return tokens;
};
