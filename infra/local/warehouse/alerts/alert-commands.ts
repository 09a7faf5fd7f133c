import { createHead } from '../catalog/create-head.ts';
import { notFound, unsupported } from '../catalog/errors.ts';
import { alterObject, createObject, dropObject, lockKey, pathIn } from '../catalog/lifecycle.ts';
import type { CatalogObject } from '../catalog/object.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { showCommand } from '../catalog/show.ts';
import { insufficient } from '../roles/role-access.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { STATEMENT_TYPE, status, table, text, timestamp, type Cell, type Outcome } from '../session/outcome.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import type { AlertDetails, AlertObject } from './alert-object.ts';
import { alerterOf } from './alerter.ts';
import { parseAction, parseCondition, settingsOf } from './parse-alert.ts';

const COLUMNS = [
  timestamp('created_on'),
  ...['name', 'database_name', 'schema_name', 'owner', 'comment', 'warehouse', 'schedule', 'state'].map(text),
  ...['condition', 'action', 'owner_role_type', 'runbook', 'config', 'was_auto_suspended'].map(text),
];

const row = (object: CatalogObject): Cell[] => {
  const { path, createdOn, owner, comment, details } = object as AlertObject;
  const { warehouse, schedule, started, condition, action, runbook } = details;
  const state = started ? 'started' : 'suspended';
  return [
    new Date(createdOn),
    path[2],
    path[0],
    path[1],
    owner,
    comment,
    warehouse ?? null,
    schedule,
    state,
    condition,
    action,
    'ROLE',
    runbook ?? null,
    null,
    null,
  ];
};

const find = ({ session, warehouse }: StatementContext, path: readonly string[]): AlertObject => {
  const found = warehouse.catalog.find('ALERT', path);
  if (found === undefined || !session.access.visible(found)) throw notFound('ALERT', path);
  return found as AlertObject;
};

/** CREATE, ALTER, DROP, EXECUTE, SHOW and DESCRIBE of alerts. */
export const alertCommands: readonly Command[] = [
  command('CREATE ALERT', (context) => create(context)),
  command('ALTER ALERT', (context) => alter(context)),
  command('DROP ALERT', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'ALERT');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    return dropObject(context, 'ALERT', path, ifExists);
  }),
  command('EXECUTE ALERT', async (context) => {
    const cursor = context.cursor();
    cursor.expect('EXECUTE', 'ALERT');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    const alert = find(context, path);
    context.session.access.require('OPERATE', alert);
    alerterOf(context.warehouse).execute(alert);
    return status(`Alert ${displayIdentifier(path[2]!)} is scheduled to run immediately.`);
  }),
  showCommand({ words: 'ALERTS', kinds: ['ALERT'], columns: COLUMNS, row, terse: ['created_on', 'name', 'state'] }),
  ...['DESCRIBE', 'DESC'].map((verb) =>
    command(`${verb} ALERT`, async (context) => {
      const cursor = context.cursor();
      cursor.next();
      cursor.expect('ALERT');
      const path = pathIn(context, cursor.name());
      cursor.finish();
      return table(COLUMNS, [row(find(context, path))], STATEMENT_TYPE.select);
    }),
  ),
];

const create = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  const { name, orAlter, ...head } = createHead(cursor, 'ALERT');
  for (const words of ['CLONE', 'FROM', 'WITH', 'TAG'])
    if (cursor.at(words)) throw unsupported(`CREATE ALERT ${words}`);
  const properties = parseProperties(cursor);
  const settings = settingsOf(properties);
  const { schedule } = settings;
  if (schedule === undefined) throw unsupported('an alert on new data (without SCHEDULE)');
  cursor.expect('IF', '(');
  const condition = parseCondition(cursor, context);
  cursor.expect(')', 'THEN');
  const details: AlertDetails = {
    warehouse: settings.warehouse,
    schedule,
    runbook: settings.runbook,
    condition,
    action: parseAction(cursor, context),
    started: false,
    base: context.startedAt.toISOString(),
  };
  const comment = propertyText(properties['COMMENT']);
  const path = pathIn(context, name);
  if (orAlter && context.warehouse.catalog.find('ALERT', path) !== undefined)
    return alterObject<AlertDetails>(context, 'ALERT', path, async (alert) => ({
      ...alert,
      comment,
      details: { ...details, started: alert.details.started, base: alert.details.base },
    }));
  return createObject<AlertDetails>(context, { ...head, kind: 'ALERT', path, comment, make: async () => details });
};

const alter = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('ALTER', 'ALERT');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  if (ifExists && context.warehouse.catalog.find('ALERT', path) === undefined)
    return status('Statement executed successfully.');
  const put = (next: (alert: CatalogObject<AlertDetails>) => CatalogObject<AlertDetails>): Promise<Outcome> =>
    alterObject<AlertDetails>(context, 'ALERT', path, async (alert) => next(alert));
  const set = (next: Partial<AlertDetails>): Promise<Outcome> =>
    put((alert) => ({ ...alert, details: { ...alert.details, ...next } }));
  const word = cursor.acceptAny(['RESUME', 'SUSPEND']);
  if (word !== undefined) {
    cursor.finish();
    return toggle(context, path, word === 'RESUME');
  }
  if (cursor.accept('MODIFY', 'CONDITION')) {
    const condition = parseCondition(cursor, context);
    cursor.finish();
    return set({ condition });
  }
  if (cursor.accept('MODIFY', 'ACTION')) return set({ action: parseAction(cursor, context) });
  if (cursor.accept('UNSET', 'COMMENT')) return put((alert) => ({ ...alert, comment: '' }));
  if (cursor.accept('UNSET', 'WAREHOUSE')) return set({ warehouse: undefined });
  if (cursor.accept('UNSET', 'RUNBOOK')) return set({ runbook: undefined });
  if (cursor.at('FROM') || cursor.at('UNSET') || cursor.at('SET', 'TAG'))
    throw unsupported(`ALTER ALERT ${cursor.peek().value} ${cursor.peek(1).value}`);
  cursor.expect('SET');
  const properties = parseProperties(cursor);
  const settings = settingsOf(properties);
  cursor.finish();
  return put((alert) => ({
    ...alert,
    comment: propertyText(properties['COMMENT'], alert.comment),
    details: { ...alert.details, ...settings },
  }));
};

/** RESUME and SUSPEND need no ownership; an interval counts from when it is resumed. */
const toggle = async (context: StatementContext, path: readonly string[], started: boolean): Promise<Outcome> => {
  const { access } = context.session;
  if (started && !access.onAccount('EXECUTE ALERT')) throw insufficient('ALERT', path);
  return context.define([{ key: lockKey('ALERT', path), mode: 'define' }], async (_, change) => {
    const alert = find(context, path);
    access.require('OPERATE', alert);
    const base = started ? context.startedAt.toISOString() : alert.details.base;
    await change.put({ ...alert, details: { ...alert.details, started, base } });
    return status('Statement executed successfully.');
  });
};
