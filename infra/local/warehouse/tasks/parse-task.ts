import { invalid, unsupported } from '../catalog/errors.ts';
import { parseProperties, propertyText, type Property } from '../catalog/properties.ts';
import { PARAMETERS } from '../session/parameters.ts';
import type { Cursor } from '../sql/cursor.ts';
import { unexpected } from '../sql/syntax-error.ts';
import type { Statement } from '../sql/split.ts';
import { parseSchedule } from './schedule.ts';
import type { TaskDetails } from './task-object.ts';

/** What CREATE TASK says behind the name; names are as written. */
export interface TaskClauses {
  readonly properties: Readonly<Record<string, Property>>;
  readonly after: readonly (readonly string[])[];
  readonly condition: string | undefined;
  readonly definition: string;
}

const CALLS = new Set([
  'SYSTEM$STREAM_HAS_DATA',
  'SYSTEM$GET_PREDECESSOR_RETURN_VALUE',
  'AND',
  'OR',
  'NOT',
  'CAST',
  'IN',
  'NUMBER',
  'VARCHAR',
  'DECIMAL',
  'CHAR',
]);

/** Reads the clauses of CREATE TASK in any order, up to AS and the task's statement. */
export const parseTask = (cursor: Cursor, statement: Statement): TaskClauses => {
  const properties: Record<string, Property> = {};
  let after: string[][] = [];
  let condition: string | undefined;
  for (;;) {
    if (cursor.accept('COPY', 'GRANTS')) continue;
    if (cursor.accept('AFTER')) after = names(cursor);
    else if (cursor.accept('WHEN')) condition = readCondition(cursor, statement);
    else if (cursor.at('EXECUTE', 'AS')) throw unsupported('EXECUTE AS USER');
    else if (cursor.accept('AS')) break;
    else {
      const more = parseProperties(cursor);
      if (Object.keys(more).length === 0) throw unexpected(cursor.peek());
      Object.assign(properties, more);
    }
  }
  return { properties, after, condition, definition: definition(cursor, statement) };
};

/** Names between commas. */
export const names = (cursor: Cursor): string[][] => {
  const found: string[][] = [];
  do found.push(cursor.peek().kind === 'string' ? cursor.string().toUpperCase().split('.') : cursor.name());
  while (cursor.accept(','));
  return found;
};

/** The statement that stands behind AS. */
export const definition = (cursor: Cursor, { text, tokens }: Statement): string => {
  const first = cursor.peek();
  if (first.kind === 'end') throw unexpected(first);
  return text.slice(first.start - tokens[0]!.start);
};

/** Reads a condition up to AS or the end; it may call only what needs no warehouse. */
export const readCondition = (cursor: Cursor, { text, tokens }: Statement): string => {
  const from = cursor.peek().start;
  let end = from;
  for (let depth = 0; depth > 0 || !cursor.at('AS');) {
    const token = cursor.peek();
    if (token.kind === 'end') break;
    cursor.next();
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (token.kind === 'word' && cursor.at('(') && !CALLS.has(token.value))
      throw invalid(`Task condition may not call ${token.value}.`);
    end = token.end;
  }
  return text.slice(from - tokens[0]!.start, end - tokens[0]!.start);
};

/** Properties that are no session parameters and change nothing about the runs here. */
export const IGNORED = new Set([
  'USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE',
  'LOG_LEVEL',
  'TARGET_COMPLETION_INTERVAL',
  'SERVERLESS_TASK_MIN_STATEMENT_SIZE',
  'SERVERLESS_TASK_MAX_STATEMENT_SIZE',
  'COMMENT',
  'FINALIZE',
  'TASK_AUTO_RETRY_ATTEMPTS',
  'SUCCESS_INTEGRATION',
]);

type Settings = Pick<
  TaskDetails,
  | 'warehouse'
  | 'schedule'
  | 'suspendAfterFailures'
  | 'minimumTriggerSeconds'
  | 'timeoutMs'
  | 'overlapPolicy'
  | 'config'
  | 'errorIntegration'
  | 'parameters'
>;

/** What a task is set to when nothing is said. */
export const DEFAULTS: Settings = {
  warehouse: undefined,
  schedule: undefined,
  suspendAfterFailures: 10,
  minimumTriggerSeconds: 30,
  timeoutMs: 3_600_000,
  overlapPolicy: 'NO_OVERLAP',
  config: undefined,
  errorIntegration: undefined,
  parameters: {},
};

/** Settings with properties applied to them; unknown ones, and those that would not be honoured, are refused. */
export const applyProperties = (old: Settings, properties: Readonly<Record<string, Property>>): Settings => {
  let settings = old;
  for (const [name, property] of Object.entries(properties))
    settings = { ...settings, ...apply(settings, name, property) };
  return settings;
};

const apply = (settings: Settings, name: string, property: Property): Partial<Settings> => {
  const text = propertyText(property);
  switch (name) {
    case 'WAREHOUSE':
      return { warehouse: text };
    case 'SCHEDULE':
      parseSchedule(text);
      return { schedule: text };
    case 'SUSPEND_TASK_AFTER_NUM_FAILURES':
      return { suspendAfterFailures: whole(name, property, 0, 1_000_000) };
    case 'USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS':
      return { minimumTriggerSeconds: whole(name, property, 10, 604_800) };
    case 'USER_TASK_TIMEOUT_MS':
      return { timeoutMs: whole(name, property, 0, 604_800_000) };
    case 'TASK_AUTO_RETRY_ATTEMPTS':
      if (whole(name, property, 0, 30) > 0) throw unsupported('TASK_AUTO_RETRY_ATTEMPTS');
      return {};
    case 'ALLOW_OVERLAPPING_EXECUTION':
      return { overlapPolicy: property === true ? 'ALLOW_CHILD_OVERLAP' : 'NO_OVERLAP' };
    case 'OVERLAP_POLICY':
      if (text !== 'NO_OVERLAP' && text !== 'ALLOW_CHILD_OVERLAP') throw unsupported(`OVERLAP_POLICY = ${text}`);
      return { overlapPolicy: text };
    case 'CONFIG':
      return { config: text };
    case 'ERROR_INTEGRATION':
      return { errorIntegration: text };
    case 'SUCCESS_INTEGRATION':
      throw unsupported('SUCCESS_INTEGRATION');
    default:
      if (IGNORED.has(name)) return {};
      if (PARAMETERS[name] === undefined || typeof property === 'object')
        throw invalid(`invalid property '${name}' for 'TASK'`);
      return { parameters: { ...settings.parameters, [name]: property } };
  }
};

const whole = (name: string, property: Property, least: number, most: number): number => {
  if (typeof property !== 'number' || !Number.isInteger(property) || property < least || property > most)
    throw invalid(`invalid value [${propertyText(property)}] for parameter '${name}'`);
  return property;
};
