import { invalid } from '../catalog/errors.ts';
import { valuesText } from '../catalog/values-text.ts';
import { LOGINS } from '../metadata/logins.ts';
import { quoteString } from '../sql/string-literal.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import { namedArguments } from './named-arguments.ts';

const RANGE = ['TIME_RANGE_START', 'TIME_RANGE_END', 'RESULT_LIMIT'];

const loginHistory =
  (name: string, order: readonly string[]): TableFunctionProvider =>
  (args, scope) => {
    const given = namedArguments(args, order);
    const other = [...given.keys()].find((key) => !order.includes(key));
    if (other !== undefined) throw invalid(`invalid argument ${other} of ${name}`);
    const conditions = ['TRUE'];
    if (order.includes('USER_NAME'))
      conditions.push(`"USER_NAME" = upper(${given.get('USER_NAME') ?? quoteString(scope.user)})`);
    if (given.has('TIME_RANGE_START')) conditions.push(`"EVENT_TIMESTAMP" >= ${given.get('TIME_RANGE_START')}`);
    if (given.has('TIME_RANGE_END')) conditions.push(`"EVENT_TIMESTAMP" <= ${given.get('TIME_RANGE_END')}`);
    const all = valuesText(LOGINS.columns, LOGINS.rows(scope.warehouse, undefined, scope));
    return {
      database: scope.database ?? '',
      schema: 'INFORMATION_SCHEMA',
      name,
      kind: 'view',
      columns: LOGINS.columns,
      read: `(SELECT * FROM ${all} WHERE ${conditions.join(' AND ')} LIMIT ${given.get('RESULT_LIMIT') ?? '100'})`,
    };
  };

/** INFORMATION_SCHEMA.LOGIN_HISTORY and LOGIN_HISTORY_BY_USER: attempts to log in since the start, newest first. */
export const LOGIN_HISTORIES: readonly (readonly [string, TableFunctionProvider])[] = [
  ['INFORMATION_SCHEMA.LOGIN_HISTORY', loginHistory('LOGIN_HISTORY', RANGE)],
  ['INFORMATION_SCHEMA.LOGIN_HISTORY_BY_USER', loginHistory('LOGIN_HISTORY_BY_USER', ['USER_NAME', ...RANGE])],
];
