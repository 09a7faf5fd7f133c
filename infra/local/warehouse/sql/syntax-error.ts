import { SnowflakeError } from '../contract.ts';
import type { Token } from './token.ts';

/** The error that Snowflake gives for a token it did not expect, with its line and position. */
export const unexpected = (token: Token): SnowflakeError => {
  const what = token.kind === 'end' ? '<EOF>' : token.text.length > 60 ? `${token.text.slice(0, 60)}...` : token.text;
  return syntaxError(`unexpected '${what}'`, token);
};

/** A syntax error at a place, worded as Snowflake words it. */
export const syntaxError = (what: string, at: { line: number; position: number }): SnowflakeError =>
  new SnowflakeError(
    '001003',
    '42000',
    `SQL compilation error:\nsyntax error line ${at.line} at position ${at.position} ${what}.`,
    at,
  );
