import { start } from '../session/execute.ts';
import type { QueryRecord } from '../session/query-history.ts';
import type { Session } from '../session/session.ts';
import { tokenize } from '../sql/lexer.ts';
import { quoteSnowflakeString } from '../sql/string-literal.ts';
import type { Warehouse } from '../warehouse.ts';
import type { AlertObject } from './alert-object.ts';

/** One evaluation of an alert. */
export interface AlertRun {
  readonly alert: AlertObject;
  readonly state: 'SCHEDULED' | 'TRIGGERED' | 'CONDITION_FALSE' | 'CONDITION_FAILED' | 'ACTION_FAILED';
  readonly scheduledAt: Date;
  readonly scheduledFrom: 'SCHEDULE' | 'EXECUTE ALERT';
  readonly completedAt?: Date;
  readonly condition?: QueryRecord;
  readonly action?: QueryRecord;
}

/** Asks an alert's condition, and where that gives a row does what the alert is for: as the role that owns it. */
export const runAlert = async (
  warehouse: Warehouse,
  alert: AlertObject,
  { scheduledAt, scheduledFrom }: Pick<AlertRun, 'scheduledAt' | 'scheduledFrom'>,
  lastSuccess: Date,
): Promise<AlertRun> => {
  const session = await warehouse.openSession({
    user: 'SYSTEM',
    role: alert.owner,
    database: alert.path[0]!,
    schema: alert.path[1]!,
    ...(alert.details.warehouse !== undefined && { warehouse: alert.details.warehouse }),
  });
  const run = { alert, scheduledAt, scheduledFrom };
  const times = { SCHEDULED_TIME: time(scheduledAt), LAST_SUCCESSFUL_SCHEDULED_TIME: time(lastSuccess) };
  try {
    const condition = await ended(session, replaced(alert.details.condition, times));
    const ending = (state: AlertRun['state'], action?: QueryRecord): AlertRun => ({
      ...run,
      state,
      condition,
      completedAt: warehouse.clock(),
      ...(action && { action }),
    });
    if (condition.error !== undefined) return ending('CONDITION_FAILED');
    if ((condition.rows ?? 0) === 0) return ending('CONDITION_FALSE');
    const calls = { ...times, GET_CONDITION_QUERY_UUID: quoteSnowflakeString(condition.id) };
    const action = await ended(session, replaced(alert.details.action, calls));
    return ending(action.error === undefined ? 'TRIGGERED' : 'ACTION_FAILED', action);
  } finally {
    await session.close();
  }
};

const ended = async (session: Session, text: string): Promise<QueryRecord> => {
  const record = start(session, text);
  await record.done;
  return record;
};

const time = (at: Date): string => `'${at.toISOString()}'::TIMESTAMP_LTZ`;

/** A statement in which the functions of the schema SNOWFLAKE.ALERT are what they give in this run. */
const replaced = (text: string, values: Readonly<Record<string, string>>): string => {
  const tokens = tokenize(text);
  let result = text;
  for (let i = tokens.length - 1; i >= 0; i -= 1) {
    const words = tokens.slice(i, i + 7).map(({ value, text: written, kind }) => (kind === 'word' ? value : written));
    const [first, dot, schema, other, name, open, close] = words;
    const value = values[name ?? ''];
    if (first !== 'SNOWFLAKE' || dot !== '.' || schema !== 'ALERT' || other !== '.' || value === undefined) continue;
    if (open !== '(' || close !== ')') continue;
    result = result.slice(0, tokens[i]!.start) + value + result.slice(tokens[i + 6]!.end);
  }
  return result;
};
