import { valuesText } from '../catalog/values-text.ts';
import { namedArguments } from '../session/named-arguments.ts';
import { integer, text, timestamp } from '../session/outcome.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import { alerterOf } from './alerter.ts';

const COLUMNS = [
  text('NAME'),
  text('DATABASE_NAME'),
  text('SCHEMA_NAME'),
  text('CONDITION'),
  text('CONDITION_QUERY_ID'),
  text('ACTION'),
  text('ACTION_QUERY_ID'),
  text('STATE'),
  integer('SQL_ERROR_CODE'),
  text('SQL_ERROR_MESSAGE'),
  timestamp('SCHEDULED_TIME'),
  timestamp('COMPLETED_TIME'),
  text('SCHEDULED_FROM'),
];

/** INFORMATION_SCHEMA.ALERT_HISTORY: evaluations since the start and those to come, newest first, cut off before any WHERE. */
export const alertHistory: TableFunctionProvider = (args, scope) => {
  const given = namedArguments(args, [
    'SCHEDULED_TIME_RANGE_START',
    'SCHEDULED_TIME_RANGE_END',
    'RESULT_LIMIT',
    'ALERT_NAME',
  ]);
  const alerter = alerterOf(scope.warehouse);
  const rows = [...alerter.history, ...alerter.coming()]
    .filter(({ alert }) => scope.visible(alert))
    .map(({ alert, state, scheduledAt, scheduledFrom, completedAt, condition, action }) => {
      const error = action?.error ?? condition?.error;
      const { details, path } = alert;
      return [
        path[2],
        path[0],
        path[1],
        details.condition,
        condition?.id,
        details.action,
        action?.id,
        state,
        error === undefined ? null : Number(error.code),
        error?.message,
        scheduledAt,
        completedAt,
        scheduledFrom,
      ];
    });
  const conditions = [
    'TRUE',
    given.has('SCHEDULED_TIME_RANGE_START') &&
      `"SCHEDULED_TIME" >= CAST(${given.get('SCHEDULED_TIME_RANGE_START')} AS TIMESTAMPTZ)`,
    given.has('SCHEDULED_TIME_RANGE_END') &&
      `"SCHEDULED_TIME" <= CAST(${given.get('SCHEDULED_TIME_RANGE_END')} AS TIMESTAMPTZ)`,
    given.has('ALERT_NAME') && `"NAME" = upper(${given.get('ALERT_NAME')})`,
  ].filter((condition) => typeof condition === 'string');
  const list = COLUMNS.map(({ name }) => displayIdentifier(name)).join(', ');
  return {
    database: '',
    schema: 'INFORMATION_SCHEMA',
    name: 'ALERT_HISTORY',
    kind: 'view',
    columns: COLUMNS,
    read: `(SELECT ${list} FROM ${valuesText(COLUMNS, rows)} AS runs WHERE ${conditions.join(' AND ')} ORDER BY "SCHEDULED_TIME" DESC LIMIT ${given.get('RESULT_LIMIT') ?? '100'})`,
  };
};
