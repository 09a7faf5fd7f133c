import { invalid, unsupported } from '../catalog/errors.ts';
import { propertyText, type Property } from '../catalog/properties.ts';
import type { StatementContext } from '../session/command.ts';
import type { Cursor } from '../sql/cursor.ts';
import { parseSchedule } from '../tasks/schedule.ts';
import type { AlertDetails } from './alert-object.ts';

type Settings = Pick<AlertDetails, 'warehouse' | 'schedule' | 'runbook'>;

/** What properties say of an alert, besides its comment. */
export const settingsOf = (properties: Readonly<Record<string, Property>>): Partial<Settings> => {
  const settings: { -readonly [K in keyof Settings]?: Settings[K] } = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = propertyText(property);
    if (name === 'WAREHOUSE') settings.warehouse = value;
    else if (name === 'RUNBOOK') settings.runbook = value;
    else if (name === 'SCHEDULE') {
      parseSchedule(value);
      settings.schedule = value;
    } else if (name === 'CONFIG' || name === 'SUSPEND_ALERT_AFTER_NUM_FAILURES')
      throw unsupported(`${name} of an alert`);
    else if (name !== 'COMMENT') throw invalid(`invalid property '${name}' for 'ALERT'`);
  }
  return settings;
};

/** Reads `EXISTS ( statement )`. */
export const parseCondition = (cursor: Cursor, context: StatementContext): string => {
  cursor.expect('EXISTS', '(');
  const from = cursor.peek();
  let end = from.end;
  for (let depth = 0; depth > 0 || !cursor.at(')');) {
    const token = cursor.next();
    if (token.kind === 'end') cursor.expect(')');
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    end = token.end;
  }
  cursor.expect(')');
  return written(context, from.start, end);
};

/** What is left of the statement: what an alert does. */
export const parseAction = (cursor: Cursor, context: StatementContext): string => {
  const tokens = cursor.rest().filter(({ kind }) => kind !== 'end');
  while (tokens.at(-1)?.text === ';') tokens.pop();
  if (tokens.length === 0) cursor.expect('<action>');
  return written(context, tokens[0]!.start, tokens.at(-1)!.end);
};

const written = ({ statement: { text, tokens } }: StatementContext, from: number, end: number): string =>
  text.slice(from - tokens[0]!.start, end - tokens[0]!.start);
