import { displayName } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import type { NameScope } from './name-scope.ts';

/** DuckDB text of a name that a string gives: in upper case, unless it has quotes. */
export const spelled = (sql: string): string => `CASE WHEN contains(${sql}, '"') THEN ${sql} ELSE upper(${sql}) END`;

/** DuckDB texts of the names by which the session may call an object, between commas. */
export const spellings = (
  { path }: { readonly path: readonly string[] },
  { database, schema }: Pick<NameScope, 'database' | 'schema'>,
): string => {
  const names = [path];
  if (path[0] === database) names.push(path.slice(1));
  if (path[0] === database && path[1] === (schema ?? 'PUBLIC')) names.push(path.slice(2));
  return names.map((name) => quoteString(displayName(name))).join(', ');
};
