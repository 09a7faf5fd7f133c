import { valuesText } from '../catalog/values-text.ts';
import type { NameScope } from '../catalog/name-scope.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import type { Argument, Relation } from '../contract.ts';
import { quoteString } from '../sql/string-literal.ts';
import { namedArguments } from './named-arguments.ts';
import { STATEMENTS } from '../metadata/statements.ts';
import type { Cell } from './outcome.ts';

/** What each of the functions asks for first, the column that it is compared with, and what it is otherwise. */
const NAMED: Readonly<
  Record<
    string,
    { readonly argument: string; readonly column: string; readonly own: (scope: NameScope) => Cell } | undefined
  >
> = {
  QUERY_HISTORY: undefined,
  QUERY_HISTORY_BY_SESSION: { argument: 'SESSION_ID', column: 'SESSION_ID', own: ({ sessionId }) => sessionId },
  QUERY_HISTORY_BY_USER: { argument: 'USER_NAME', column: 'USER_NAME', own: ({ user }) => user },
  QUERY_HISTORY_BY_WAREHOUSE: { argument: 'WAREHOUSE_NAME', column: 'WAREHOUSE_NAME', own: () => undefined },
};

/** The names of QUERY_HISTORY and its kin. */
export const QUERY_HISTORIES = Object.keys(NAMED);

const COMMON = ['END_TIME_RANGE_START', 'END_TIME_RANGE_END', 'RESULT_LIMIT', 'INCLUDE_CLIENT_GENERATED_STATEMENT'];

/** INFORMATION_SCHEMA.QUERY_HISTORY and its kin; RESULT_LIMIT and the END_TIME_RANGE are applied, newest first. */
export const queryHistoryFunction =
  (name: string) =>
  (args: readonly Argument[], scope: NameScope): Relation => {
    const by = NAMED[name];
    const order = [...(by === undefined ? [] : [by.argument]), ...COMMON];
    const given = namedArguments(args, order);
    const other = [...given.keys()].find((key) => !order.includes(key));
    if (other !== undefined) throw invalid(`invalid argument ${other} of ${name}`);
    if (by !== undefined && given.get(by.argument) === undefined && by.own(scope) === undefined)
      throw unsupported(`${name} without ${by.argument}`);
    const conditions = [
      by && chosen(by.column, given.get(by.argument) ?? constant(by.own(scope))),
      ended('>=', given.get('END_TIME_RANGE_START')),
      ended('<=', given.get('END_TIME_RANGE_END')),
    ].filter((condition) => condition !== undefined);
    const rows = STATEMENTS.rows(scope.warehouse, undefined, scope);
    const most = Number(given.get('RESULT_LIMIT') ?? '100');
    // Without conditions nothing behind the limit matters.
    const all = valuesText(
      STATEMENTS.columns,
      conditions.length > 0 || Number.isNaN(most) ? rows : rows.slice(0, most),
    );
    const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
    const numbered = `SELECT *, row_number() OVER () AS row_number FROM ${all}${where}`;
    const limit = `row_number <= CAST(${given.get('RESULT_LIMIT') ?? '100'} AS BIGINT)`;
    return {
      database: scope.database ?? '',
      schema: 'INFORMATION_SCHEMA',
      name,
      kind: 'view',
      columns: STATEMENTS.columns,
      read: `(SELECT * EXCLUDE (row_number) FROM (${numbered}) WHERE ${limit})`,
    };
  };

const constant = (value: Cell): string => (value === null || value === undefined ? 'NULL' : quoteString(String(value)));

const chosen = (column: string, sql: string): string =>
  column === 'SESSION_ID'
    ? `"SESSION_ID" = CAST(${sql} AS BIGINT)`
    : `"${column}" = CASE WHEN contains(${sql}, '"') THEN trim(${sql}, '"') ELSE upper(${sql}) END`;

const ended = (operator: string, sql: string | undefined): string | undefined =>
  sql === undefined ? undefined : `("EXECUTION_STATUS" = 'RUNNING' OR "END_TIME" ${operator} ${sql})`;
