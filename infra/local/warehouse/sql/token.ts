/**
 * What one token of Snowflake's SQL is: `word` an unquoted identifier or keyword, `quoted` a "quoted identifier", `stage` an @stage
 * with its path, `uri` a file:// address, `variable` a $name or $1, `bind` a `?`, `:1` or `:name` that stands for a value.
 */
export type TokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'number'
  | 'operator'
  | 'variable'
  | 'bind'
  | 'stage'
  | 'uri'
  | 'end';

/** One token with its place in the text; `position` counts from 0 in its line, as Snowflake's messages do. */
export interface Token {
  readonly kind: TokenKind;
  /** Exactly as written. */
  readonly text: string;
  /** What it means: words in upper case, identifiers and strings without quotes and escapes, variables and binds without their sign. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly position: number;
}
