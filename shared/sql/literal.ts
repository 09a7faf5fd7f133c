import { trusted, type Fragment } from './statement.ts';

/**
 * Text as an SQL literal, for DDL, which takes no binds. Backslashes are doubled: Snowflake reads them as escapes.
 * @example literal("it's").text // "'it''s'"
 */
export const literal = (text: string): Fragment => trusted(`'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
